"""Who is to act, as the words name it: the federation, the Land, the municipalities, Europe."""

import re

ACTOR = re.compile(
    r"(?P<federation>bund(?:es)?|bundesregierung|bundestag(?:es|s)?|bundesminister\w*|ampel(?:koalition)?|ampelregierung)"
    r"|(?P<land>land(?:es)?|landesregierung|landtag(?:es|s)?|landesminister\w*|landeshaushalt(?:es|s)?|freistaat(?:es|s)?)"
    r"|(?P<municipality>kommunen?|städten?|stadt|gemeinden?|kreise?n?|landkreise?n?)"
    r"|(?P<europe>eu|europäische|europa|eu-kommission)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Before these a word names a place: "in unserem Land", "überall im Land", "in den Städten".
_PLACE = frozenset({"in", "im", "ganzen", "unserem", "unser", "diesem"})


def actors_named(text: str) -> frozenset[str]:
    """Those who are named; municipalities beside another one mostly receive, so they count only alone."""
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    found = set()
    for place, word in enumerate(words):
        match = ACTOR.fullmatch(word)
        if match is not None and not _PLACE & set(words[max(0, place - 2) : place]):
            found.add(str(match.lastgroup))
    return frozenset(found - {"municipality"} or found)
