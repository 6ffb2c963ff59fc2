"""The word lists beside this package's code: plain text in `lexicon/`, one word or several a line, `#` for remarks."""

from functools import cache
from pathlib import Path

LEXICON = Path(__file__).resolve().parent.parent / "lexicon"


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The words of `lexicon/<name>.txt` in their order."""
    lines = (LEXICON / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
