"""JSON as sites answer it to "Mehr laden": an array of entries, or HTML in one or many texts, as Drupal's commands hold it."""

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

from scrapers.charset import decode
from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import Found, ListPage, ServedList, list_page, require, what_it_is
from scrapers.lists.pages import links_in
from scrapers.page import LARGEST, Page, PageTooLargeError, SelectorError

MOST_VALUES = 10_000  # that a path may lead to


def read_json(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of an answer in JSON. Raises `SelectorError`."""
    document = parsed(served)
    values = list(follow(document, declared.items))
    if not values:
        raise SelectorError(
            f"The path {declared.items!r} leads to nothing in {served.address}. The answer may have changed; "
            "correct the declaration."
        )
    found = _in_html(values, served, declared) if declared.item else _in_entries(values, declared)
    return require(list_page(found, served, declared), served, declared, "The path or selector of the entries may fit no longer")


def parsed(served: ServedList) -> Any:
    """The document of an answer. Raises `SelectorError` for what is no JSON."""
    if len(served.content) > LARGEST:
        raise PageTooLargeError(f"{served.address} has {len(served.content)} bytes; more than {LARGEST} are not read.")
    text, _evidence = decode(served.content, served.charset or "utf-8")
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        plain = what_it_is(served.content) or "It is no JSON"
        raise SelectorError(
            f"The list {served.address} names 0 releases. {plain} where JSON was declared; correct the declaration."
        ) from error


def follow(document: Any, path: str) -> Iterator[Any]:
    """What a dotted path leads to: names of objects, places in arrays, `*` for all; a name asked of an array goes to each in it.

    An array at the end stands for what is in it.
    """
    values = [document]
    for step in path.split(".") if path else []:
        values = [inner for value in values for inner in _inner(value, step)][:MOST_VALUES]
    for value in values:
        yield from value if isinstance(value, list) else [value]


def text_at(value: Any, path: str) -> str:
    """The first text or number that a path leads to; empty if there is none."""
    found = (one for one in follow(value, path) if isinstance(one, str | int) and not isinstance(one, bool))
    return str(next(found, "")) if path else ""


def plain(markup: str) -> str:
    """A title as text: WordPress and others write it as HTML."""
    if "<" not in markup:
        return unescape(markup)
    root = Page.of(markup.encode(), "utf-8", "").first("body")
    return root.text if root else ""


def _inner(value: Any, step: str) -> list[Any]:
    if isinstance(value, list):
        if step.isdecimal():
            return value[int(step) : int(step) + 1]
        return value if step == "*" else [inner for one in value if isinstance(one, dict) for inner in _inner(one, step)]
    if isinstance(value, dict):
        return list(value.values()) if step == "*" else [value[step]] if step in value else []
    return []


def _in_entries(values: list[Any], declared: ListDeclaration) -> Iterator[Found]:
    for value in values:
        yield text_at(value, declared.link), plain(text_at(value, declared.title)), text_at(value, declared.date)


def _in_html(values: list[Any], served: ServedList, declared: ListDeclaration) -> list[Found]:
    texts = [value for value in values if isinstance(value, str) and "<" in value]
    page = Page.of("\n".join(texts).encode("utf-8", "replace"), "utf-8", served.address)
    return links_in(page, declared.item)
