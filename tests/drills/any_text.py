"""Ten thousand strings: no exception, quotations verbatim, the same answer twice and in another process.

    .venv/bin/python tests/drills/any_text.py [--examples 10000] [--seed 1]

Prints how many strings were read and what was compared; ends with 0 if nothing differed.
"""

import argparse
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

from claims import find_claims

DAY = date(2024, 5, 1)
WORDS = (
    "Wir werden", "im kommenden Jahr", "25 Millionen Euro", "bereitstellen", "stellen", "bereit", ".", "!", "?", "„", "“", "\n\n", "\n", "so",
    "Anna Beispiel (SPD):", "Kein anderes Land", "-", "\u00ad", " ", "z. B.", "12,5 Prozent", "(", ")", "», «", "1.", "…", "Dr.", "bis 2027",
    "\x00", "🙂", "\u202e", "Die Landesregierung hat", "abgelehnt", "höchste Quote", "seit 2010", "muss", "jede fünfte", "verdoppelt", "ß", "İ", "ﬁ",
    "e\u0301", "שלום", "１２", "99999999999999999999", "1.000.000.000.000.000 Euro", "Platz 3", ",", ";", ":", "–", "’", "‚", "‘", "\t", "\r", "\u2028",
)  # fmt: skip


def texts(count: int, seed: int) -> Iterator[str]:
    """Strings of words that mean something to the rules, of any characters, and of both."""
    chance = random.Random(seed)
    for n in range(count):
        length = chance.randint(0, 60)
        if n % 3 == 0:
            yield "".join(
                chr(chance.choice((chance.randint(0, 0x2FF), chance.randint(0, 0xD7FF), chance.randint(0xE000, 0x1FFFF))))
                for _ in range(length * 4)
            )
        elif n % 3 == 1:
            yield chance.choice(("", " ")).join(chance.choice(WORDS) for _ in range(length))
        else:
            yield " ".join(
                chance.choice((chance.choice(WORDS), chr(chance.randint(1, 0x2FFF)) * chance.randint(1, 9)))
                for _ in range(length)
            )


def fingerprint(count: int, seed: int) -> str:
    """A hash over everything that is found; raises AssertionError where a quotation is not verbatim."""
    digest = hashlib.sha256()
    for text in texts(count, seed):
        found = find_claims(text, released=DAY, factions=["SPD"], parliament="Bundestag")
        assert [text[f.start : f.end] for f in found] == [f.quote for f in found], text
        assert all(a.end <= b.start for a, b in itertools.pairwise(found)), text
        assert all(f.reasons and 0 <= f.score <= 1 for f in found), text
        digest.update(json.dumps([f.as_row() for f in found], sort_keys=True).encode())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--print-only", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    first = fingerprint(given.examples, given.seed)
    if given.print_only:
        print(first)
        return 0
    again = fingerprint(given.examples, given.seed)
    command = [sys.executable, __file__, "--examples", str(given.examples), "--seed", str(given.seed), "--print-only"]
    # Another order of sets and dictionaries of strings must not show.
    other = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "4711"}
    ).stdout.strip()
    print(f"{given.examples} strings: no exception, quotations verbatim; twice {'equal' if first == again else 'DIFFERENT'}, "
          f"in another process {'equal' if first == other else 'DIFFERENT'}")  # fmt: skip
    return 0 if first == again == other else 1


if __name__ == "__main__":
    sys.exit(main())
