"""The checks that declarations share: strict keys, CSS selectors, web addresses, patterns of addresses."""

import re
from fnmatch import translate
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

from scrapers.page import SelectorError, check_selector

ONLY_IN_EXPRESSIONS = re.compile(r"[\^$()\[\]\\|+{}]|\.\*")


class Strict(BaseModel):
    """A table whose keys are all known; a misspelt one is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def checked_selector(value: str) -> str:
    """A CSS selector, or nothing. Raises `ValueError`."""
    if not value:
        return value
    # Read twice: one says best what is wrong with a selector, the other is the one that will look for it.
    try:
        compile_selector(value)
    except (SelectorSyntaxError, NotImplementedError) as error:
        raise ValueError(f"{value!r} is no CSS selector ({str(error).splitlines()[0]})") from error
    try:
        check_selector(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is a CSS selector of a kind that is not understood; use a plainer one") from error
    return value


def checked_web_address(value: str) -> str:
    """A web address. Raises `ValueError`."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} is no web address; it must begin with http:// or https://")
    return value


def address_pattern(written: str) -> re.Pattern[str]:
    """A pattern of addresses: `*/presse/*` with wildcards, or a regular expression sought anywhere in an address.

    Wildcards count from the end of an address, and from its beginning where they begin with the scheme. Raises `ValueError`.
    """
    if ("*" in written or "?" in written) and not ONLY_IN_EXPRESSIONS.search(written):
        return re.compile(translate(written if written.startswith(("*", "http")) else f"*{written}"))
    try:
        return re.compile(written)
    except re.error as error:
        raise ValueError(f"{written!r} is neither wildcards nor a regular expression ({error})") from error


def _checked_pattern(value: str) -> str:
    address_pattern(value)
    return value


Selector = Annotated[str, AfterValidator(checked_selector)]
WebAddress = Annotated[str, AfterValidator(checked_web_address)]
AddressPattern = Annotated[str, AfterValidator(_checked_pattern)]
