"""Speed of finding claims: sentences a second on one core, and cost against length.

    .venv/bin/python benchmarks/extract.py [--seconds 5]

The text is the demo's invented releases. Linear growth shows as a constant cost per character; the ratio of the
largest to the smallest is printed.
"""

import argparse
import resource
import time
from datetime import date

from claims import find_claims
from claims.clean import clean
from claims.statements import statements
from jobs.demo.texts import demo_releases

DAY = date(2024, 5, 1)
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    texts = [f"{release.title}\n\n{release.body}" for release in demo_releases()]
    sentences = sum(len(statements(clean(text).text)) for text in texts)
    for text in texts:
        find_claims(text, released=DAY, factions=["SPD"])
    rounds, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for text in texts:
            find_claims(text, released=DAY, factions=["SPD"])
        rounds += 1
    spent = time.process_time() - began
    print(f"{len(texts)} releases, {sentences} sentences: {rounds * sentences / spent:,.0f} sentences a CPU second")
    one = "\n\n".join(texts)
    costs = []
    for size in SIZES:
        text = (one * (size // len(one) + 1))[:size]
        began = time.process_time()
        find_claims(text, released=DAY, factions=["SPD"])
        costs.append((time.process_time() - began) / size * 1e6)
        print(f"{size:>9,} characters: {costs[-1]:.2f} microseconds a character")
    print(f"cost per character, largest text to smallest: {costs[-1] / costs[0]:.2f}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
