"""What is known of a claim as a list of facts: words in, HTML out."""

from collections.abc import Mapping
from datetime import date

from dashboard import safe
from settings.texts import Texts


def facts_html(rows: Mapping[str, str | None]) -> str:
    """Names with their values; those without one are left out."""
    shown = "".join(f"<div><dt>{safe.text(name)}</dt><dd>{safe.text(value)}</dd></div>" for name, value in rows.items() if value)
    return f'<dl class="bw-facts">{shown}</dl>'


def amount_words(low: float | None, high: float | None, t: Texts, *, per_year: bool = False) -> str | None:
    """An amount in EUR: exact, from, up to, or a span."""
    both = [t.euros(value) for value in dict.fromkeys((low, high)) if value is not None]
    if not both:
        return None
    if high is None:
        words = t("at least {amount}", amount=both[0])
    elif low is None:
        words = t("up to {amount}", amount=both[0])
    else:
        words = " – ".join(both)
    return f"{words} {t('a year')}" if per_year else words


def deadline_words(deadline: date | None, phrase: str | None, stand: str, t: Texts) -> str | None:
    """A deadline with where it stands; a phrase without a day is no deadline and says so."""
    if deadline is not None:
        return f"{t.day(deadline)} ({stand})" if stand else t.day(deadline)
    return t("“{phrase}” is no deadline", phrase=phrase) if phrase else None
