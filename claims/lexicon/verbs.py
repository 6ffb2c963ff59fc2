"""German verb forms from an infinitive: what a class of verbs looks like in a sentence.

Regular forms are computed, irregular ones come from `strong.csv`. A separable verb is written with a bar ("auf|stocken").
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Parts = tuple[str, str, str]  # present, preterite (third person singular), past participle

_INSEPARABLE = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "über", "unter", "wider", "voll", "durch")
_NEEDS_E = ("t", "d", "chn", "ffn", "gn", "tm", "dm")
# Words that only look like these verbs ("die Kosten", "der Rat") are sorted out by the cues around them.


class Form(NamedTuple):
    """A word as it stands in a text, what form it is, and the particle that must stand apart from it ("" if none)."""

    word: str
    form: str
    particle: str = ""


def verb_forms(verb: str, strong: Mapping[str, Parts]) -> Iterator[Form]:
    """All forms of a verb that a release uses: third persons, infinitives, participles, plain and inflected."""
    particle, _, base = verb.rpartition("|")
    # "abschaffen" is weak, "schaffen" is strong: the whole verb may have parts of its own.
    present, preterite, participle = strong.get(verb) or principal_parts(base, strong)
    plural_past = preterite + ("n" if preterite.endswith("e") else "en")
    subjunctive = _stem(base) + "e"
    split = (
        (base, "fin"), (present, "fin"), (preterite, "pret"), (plural_past, "pret"), (subjunctive, "konj"),
    )  # fmt: skip
    yield Form(particle + base, "inf")
    yield Form(f"{particle}zu{base}" if particle else base, "zu" if particle else "inf")
    yield Form(particle + participle, "part")
    for ending in ("e", "en", "er", "es", "em"):
        yield Form(particle + participle + ending, "adj")
    for word, form in split:
        if particle:
            yield Form(word, form, particle)
            # In a subordinate clause the parts stand together: "dass das Land aufstockt".
            yield Form(particle + word, form)
        elif word != base:
            yield Form(word, form)


def principal_parts(base: str, strong: Mapping[str, Parts]) -> Parts:
    """Present, preterite and participle of a verb without separable particle."""
    if base in strong:
        return strong[base]
    for prefix in _INSEPARABLE:
        rest = base.removeprefix(prefix)
        if rest != base and rest in strong:
            present, preterite, participle = strong[rest]
            return prefix + present, prefix + preterite, prefix + participle.removeprefix("ge")
    stem = _stem(base)
    link = "e" if stem.endswith(_NEEDS_E) else ""
    bare = base.startswith(_INSEPARABLE) or base.endswith("ieren")
    return stem + link + "t", stem + link + "te", ("" if bare else "ge") + stem + link + "t"


def _stem(base: str) -> str:
    return base[:-1] if base.endswith(("ern", "eln")) else base[:-2]
