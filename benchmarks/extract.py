"""Speed and memory of finding claims: sentences a second on one core against SoMaJo's sentence splitting, growth, hostile text.

    .venv/bin/python benchmarks/extract.py [--seconds 5] [RELEASES.jsonl ...]

Without files the text is the demo's and the tests' invented releases. SoMaJo needs `make peers`; without it the ratio is left
out. Times are CPU seconds of one process, whose garbage collector passes over the loaded tables as it does in the worker
(`jobs.find.keep_tables`); sizes from 1 KB to 5 MB show whether the cost grows with the text.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from claims import find_claims
from claims.text.clean import clean
from claims.text.statements import statements
from jobs.demo.texts import demo_releases

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2024, 5, 1)
SIZES = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)
PEER = ROOT / ".venv-peers" / "bin" / "python"

HOSTILE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "a" * n,
    "digits": lambda n: "1" * n,
    "dotted digits": lambda n: "1." * (n // 2),
    "nested quotes": lambda n: "„" * (n // 2) + "“" * (n // 2),
    "quotes and words": lambda n: "„Wir “" * (n // 6),
    "hyphenated names": lambda n: "Anna-" * (n // 5),
    "roles": lambda n: "die Sprecherin Anna Beispiel, " * (n // 30),
    "commas": lambda n: "wir, " * (n // 5),
    "particles": lambda n: "stellen bereit, " * (n // 16),
    "amounts": lambda n: "25 Mio. Euro " * (n // 13),
    "full stops": lambda n: "A. " * (n // 3),
    "line breaks": lambda n: "\n" * n,
    "control marks": lambda n: "\x00\x1b\u202e" * (n // 3),
    "emoji": lambda n: "🙂 " * (n // 2),
    "right to left": lambda n: "שלום " * (n // 5),
}


def read(text: str) -> float:
    """CPU seconds of one text."""
    began = time.process_time()
    find_claims(text, released=DAY, factions=["SPD"], parliament="NRW")
    return time.process_time() - began


def peak() -> float:
    """Largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shipped_texts() -> list[str]:
    texts = [f"{release.title}\n\n{release.body}" for release in demo_releases()]
    for path in sorted((ROOT / "tests" / "claims" / "releases").glob("*.jsonl")):
        texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return texts


def somajo(texts: list[str]) -> tuple[int, float] | None:
    """Sentences and CPU seconds of SoMaJo's splitting of the same texts; None where it is not installed."""
    if not PEER.exists():
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n\n".join(texts))
        file.flush()
        command = [PEER, ROOT / "benchmarks" / "peers" / "somajo_split.py", file.name]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    row = json.loads(answer.stdout)
    return row["sentences"], row["seconds"]


def body_of(texts: list[str]) -> str:
    """The running text of all releases, without the labels and contacts at which reading would end."""
    found = []
    for text in texts:
        cleaned = clean(text).text
        found += [statement.text for statement in statements(cleaned)]
    return "\n\n".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    given = parser.parse_args()
    texts = [
        json.loads(line)["text"] for path in given.files for line in path.read_text(encoding="utf-8").splitlines()
    ] or shipped_texts()
    sentences = sum(len(statements(clean(text).text)) for text in texts)
    for text in texts:
        read(text)
    gc.collect()
    gc.freeze()
    print(f"{len(texts)} releases, {sentences} sentences; memory after one pass {peak():.0f} MB (limit 250)")
    spent, rounds = 0.0, 0
    while spent < given.seconds:
        spent += sum(map(read, texts))
        rounds += 1
    ours = spent / rounds
    theirs = somajo(texts)
    print(
        f"beimwort, whole extraction: {sentences / ours:,.0f} sentences a CPU second (target 8,000), {ours:.2f} s for all texts"
    )
    if theirs is None:
        print("SoMaJo is not installed (make peers)")
    else:
        count, seconds = theirs
        print(
            f"SoMaJo, splitting alone: {count / seconds:,.0f} sentences a CPU second, {seconds:.2f} s for all texts; "
            f"ratio of times {seconds / ours:.1f} (target 8)"
        )
    one = body_of(texts)
    costs = []
    for size in SIZES:
        text = (one * (size // len(one) + 1))[:size]
        before = peak()
        repeats = max(1, 50_000 // size)
        costs.append(sum(read(text) for _ in range(repeats)) / repeats / size * 1e6)
        grown = peak() - before
        print(
            f"{size:>9,} characters: {costs[-1]:.2f} microseconds a character, "
            f"memory +{grown:.0f} MB ({grown * 1e6 / size:.0f} bytes a character)"
        )
    print(f"cost per character, 5 MB to 1 KB: {costs[-1] / costs[0]:.2f}")
    for name, text_of in HOSTILE.items():
        small, large = read(text_of(100_000)), read(text_of(1_000_000))
        print(f"hostile, {name}: {large:.2f} s for 1 MB, {large / max(small, 1e-4):.1f} times 100 KB")


if __name__ == "__main__":
    sys.exit(main())
