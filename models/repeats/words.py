"""What a claim is about: its words without endings, numbers, times, actors and the verbs that every pledge has."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from models.repeats.actors import ACTOR
from models.repeats.figures import NUMBER_WORD
from models.repeats.periods import PERIOD_WORD

_WORD = re.compile(r"[^\W\d_]{3,}")
_LAST_VOWEL = re.compile(r"a(?=u[^aou_]*$)|(?<!a)[aou](?=[^aou_]*$)(?!ng$|nd$|ft$)")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_ENDING = re.compile(r"(?<=.{4})(?:ern|em|er|en|es|e|n|s)$")
# Words that say nothing about the purpose; verbs are written without their endings.
_EMPTY = frozenset(
    """
    aber alle allem allen aller alles als also auch auf aus bei beim bereits bis bislang damit dann dass dazu dem den denn der deren des
    dessen die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines erneut etwa fast für ganz ganze
    ganzen gut haben hat hatte ihr ihre ihrem ihren ihrer immer ins ist jede jeden jeder jedes jetzt kann kein keine können künftig
    lediglich mal man mehr mit nach neu neue neuen neuer neues noch nun nur oder ohne rund sein seine seit seiner sich sie sind sofort
    sogar soll sollen sondern sowie statt über uns unser unsere unserem unseren unserer unter viel viele vom von vor war waren
    wegen weitere weiteren weiterer wenn werde werden weniger wie wieder will wir wird wollen wollten worden wurde wurden zudem zum zur
    zusätzlich zusätzliche zusätzlichen zwischen zwar insgesamt allein nicht nie mindestens höchstens knapp mehrere
    """.split()  # noqa: SIM905  a list of words is read as a text
)
_GENERIC = re.compile(
    r"(?:be|an|zu|aus)?(?:ge)?(?:bereit)?(?:ge)?(?:stell|geb|gib|gab|fliess|floss|leg|reich|setz|wend|gewend)(?:t|te|ten|et)?"
    r"|investier\w*|investition\w*|forder(?:t|n|te|ung|mittel)?|gefordert|unterstutz\w*|finanzier\w*|ermoglich\w*|zug?esag\w*|sagt?|sag"
    r"|versproch\w*|versprech\w*|angekundigt|ankundig\w*|kundig\w*|bereit\w*|verfug\w*|euro|prozent|mittel|geld|million\w*|milliard\w*|mio|mrd"
    r"|insgesamt|summe|hohe|weg|bring|plan\w*|geplant|sorg\w*|schaff\w*|geschaff\w*|lass\w*|mach\w*|gemacht|bekomm\w*|erhalt\w*|steht|steh|steck\w*|gibt"
)
CONTAINED = 5  # letters from which a word inside another one counts: "Platz" does, "Rat" in "Beratung" does not
_NEARLY = 84.0  # of 100, rapidfuzz; below it words merely look alike
_IN_COMPOUND = 0.85
_HALF = 6  # letters of a compound's first and last part by which it is looked for
_HEAVIEST = 12  # letters; longer words count no more


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case, without umlauts and without its ending."""
    return _ENDING.sub("", word.casefold().translate(_FOLDED))


def content_words(text: str) -> tuple[str, ...]:
    """The folded words that say what a claim is about, each once, in their order."""
    return tuple(dict.fromkeys(fold(word) for word in _telling(text)))


def patterns(text: str, most: int = 12) -> list[str]:
    """LIKE patterns for the most telling (longest) words of a text, and for both ends of what may be compounds.

    Open where an umlaut stands or may stand in the plural, so that "Krankenhaus" finds "Krankenhäuser".
    """
    whole: dict[str, None] = {}
    ends: dict[str, None] = {}
    for word in sorted(_telling(text), key=len, reverse=True):
        bare = _ENDING.sub("", re.sub("[äöü]", "_", word).replace("ß", "%"))
        whole[f"%{_LAST_VOWEL.sub('_', bare)}%"] = None
        if len(bare) >= 2 * _HALF:
            ends |= {f"%{bare[:_HALF]}%": None, f"%{bare[-_HALF:]}%": None}
    return list(dict.fromkeys([*list(whole)[: most - most // 3], *list(ends)[: most // 3]]))


def _telling(text: str) -> list[str]:
    words = (match[0].casefold() for match in _WORD.finditer(text.replace("\u00ad", "")))
    return [word for word in words if not _is_noise(word)]


@lru_cache(maxsize=50_000)
def _is_noise(word: str) -> bool:
    noise = word in _EMPTY or NUMBER_WORD.fullmatch(word) or PERIOD_WORD.fullmatch(word) or ACTOR.fullmatch(word)
    return bool(noise or _GENERIC.fullmatch(fold(word)))


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How much two claims speak of the same thing, 0 to 1; a claim inside a wordier one is nearly as alike as its twin."""
    if not a or not b:
        return 0.0
    covered = sorted((_covered(a, b), _covered(b, a)))
    return 0.4 * covered[0] + 0.6 * covered[1]


def _covered(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    weights = [min(len(word), _HEAVIEST) for word in words]
    found = [weight * max(_alike(word, other) for other in others) for word, weight in zip(words, weights, strict=True)]
    return sum(found) / sum(weights)


def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    short, long = sorted((word, other), key=len)
    if len(short) >= CONTAINED and short in long:
        return _IN_COMPOUND
    ratio = fuzz.ratio(word, other, score_cutoff=_NEARLY)
    return ratio / 100 if min(len(word), len(other)) >= CONTAINED else 0.0
