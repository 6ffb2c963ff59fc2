"""Whether two texts say opposite things in nearly the same words."""

import re

_UP = re.compile(
    r"\b(?:mehr\b(?! als)|erhöh|anheb|angehoben|steig|gestieg|stieg|wächs|wachs|gewachsen|zunahme|zugenommen|aufstock|ausbau|spitzenreiter|vorreiter|höchst)"
)
_DOWN = re.compile(
    r"\b(?:weniger\b(?! als)|senk|gesenkt|sink|gesunken|sank|kürz|gekürzt|fiel\b|gefallen|rückgang|abnahme|abgenommen|reduzier|streich|gestrichen|abbau|schlusslicht|niedrigst)"
)
_NOT = re.compile(r"\b(?:nicht(?! nur)|kein(?:e[mnrs]?)?|nie|niemals|ablehn|lehn\w+ ab)\b")


def opposed(a: str, b: str) -> bool:
    """Whether one says more and the other less, or one denies what the other says."""
    first, second = a.casefold(), b.casefold()
    if bool(_NOT.search(first)) != bool(_NOT.search(second)):
        return True
    up, down = (bool(_UP.search(first)), bool(_UP.search(second))), (bool(_DOWN.search(first)), bool(_DOWN.search(second)))
    return (up[0] and not down[0] and down[1] and not up[1]) or (down[0] and not up[0] and up[1] and not down[1])
