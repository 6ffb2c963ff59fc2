"""Our own words in German and English: gettext catalogues, and dates, numbers and money as each language writes them.

The English text in the code is the key; `locale/<language>/LC_MESSAGES/beimwort.po` holds the others. The catalogue is read
as it is, so there is no compiled file to go stale.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

LOCALES = Path(__file__).resolve().parent / "locale"
LANGUAGES = {"de": "Deutsch", "en": "English"}
SOURCE_LANGUAGE = "en"
MILLION = 1_000_000


def marked(text: str) -> str:
    """A text that stands in a table and is translated when it is shown; marks it for the catalogue."""
    return text


@dataclass(frozen=True)
class Texts:
    """One language's words. Call it with the English text: `texts("{n} releases", n=3)`."""

    language: str
    timezone: str = "Europe/Berlin"

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, with its `{fields}` filled; a text without translation stays English."""
        translated = _catalogue(self.language).get(text, text)
        return translated.format(**values) if values else translated

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The singular or plural text for a number; both may use `{n}`, written with thousands separators."""
        forms = _plurals(self.language).get((one, many), (one, many))
        return forms[0 if n == 1 else 1].format(n=self.number(n), **values)

    def number(self, value: float | Decimal, digits: int = 0) -> str:
        """A number with this language's separators, rounded to `digits` places."""
        return format_decimal(
            round(float(value), digits), format="#,##0" + ("." + "0" * digits if digits else ""), locale=self._locale
        )

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as whole percent."""
        return format_percent(share, locale=self._locale)

    def euros(self, amount: float | Decimal) -> str:
        """An amount in EUR, short from a million on ("25 Mio. €", "€25M"), whole euros without cents."""
        amount = round(float(amount), 2)
        unit = next((unit for unit in (MILLION**2, MILLION * 1000, MILLION) if abs(amount) >= unit), None)
        if unit is None:
            digits = "" if amount == int(amount) else ".00"
            pattern = {"de": f"#,##0{digits}\xa0¤", "en": f"¤#,##0{digits}"}[self.language]
            return format_currency(amount, "EUR", format=pattern, locale=self._locale, currency_digits=False)
        units = round(amount / unit, 1)
        digits_needed = 0 if units == int(units) else 1
        return format_compact_currency(units * unit, "EUR", locale=self._locale, fraction_digits=digits_needed)

    def day(self, value: date, length: str = "medium") -> str:
        """A date ("27.11.2019" or "27 Nov 2019"; length short, medium, long or full)."""
        return format_date(value, format=length, locale=self._locale)

    def month(self, value: date) -> str:
        """A month with its year ("November 2019")."""
        return format_date(value, format="MMMM y", locale=self._locale)

    def moment(self, value: datetime, length: str = "short") -> str:
        """A moment in the desk's time zone, given as an aware datetime."""
        return format_datetime(value, format=length, tzinfo=ZoneInfo(self.timezone), locale=self._locale)

    @property
    def _locale(self) -> str:
        return {"de": "de_DE", "en": "en_GB"}[self.language]


@cache
def texts_in(language: str, timezone: str = "Europe/Berlin") -> Texts:
    """The words of a language; one nobody knows is English."""
    return Texts(language if language in LANGUAGES else SOURCE_LANGUAGE, timezone)


def load_catalogue(language: str) -> Catalog:
    """The catalogue file of a language other than English."""
    with (LOCALES / language / "LC_MESSAGES" / "beimwort.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == SOURCE_LANGUAGE:
        return {}
    return {str(m.id): str(m.string) for m in load_catalogue(language) if m.id and isinstance(m.id, str) and m.string}


@cache
def _plurals(language: str) -> dict[tuple[str, str], tuple[str, str]]:
    if language == SOURCE_LANGUAGE:
        return {}
    return {
        (m.id[0], m.id[1]): (m.string[0], m.string[1])
        for m in load_catalogue(language)
        if isinstance(m.id, tuple) and isinstance(m.string, tuple) and all(m.string)
    }
