"""Sitemaps (sitemaps.org): one file, or an index of several, packed or not; the entries that changed last come first."""

import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from scrapers.addresses import canonical
from scrapers.checked import address_pattern
from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import (
    LONGEST_ADDRESS,
    Found,
    ListPage,
    ServedList,
    day_of_hint,
    list_page,
    require,
    what_it_is,
)
from scrapers.page import ReadError

LARGEST = 50 * 1024 * 1024  # bytes unpacked: what the protocol allows
MOST = 50_000  # addresses of one file: what the protocol allows
MOST_PARTS = 1000
GZIP = b"\x1f\x8b"


def read_sitemap(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of a sitemap, the newest first, or the sitemaps of an index. Raises `SelectorError` and `ReadError`."""
    content = _unpacked(served)
    try:
        kind, found = _locations(content)
    except etree.XMLSyntaxError as error:
        plain = what_it_is(content) or f"It is no XML ({error.msg or 'broken off'})"
        return require(ListPage(entries=()), served, declared, f"{plain} and no sitemap")
    if kind == "sitemap":
        parts = _parts(found, served, declared)
        return ListPage(entries=(), parts=parts, found=len(found)) if parts else require(ListPage(entries=()), served, declared)
    page = list_page(_newest_first(found), served, declared, most=MOST)
    # One part of several may hold no release at all; that the whole names some is for the walk to see.
    return page if served.number else require(page, served, declared, "" if found else "It is a sitemap without addresses")


def _unpacked(served: ServedList) -> bytes:
    if not served.content.startswith(GZIP):
        return served.content
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(served.content, LARGEST + 1)
    except zlib.error as error:
        raise ReadError(f"{served.address} is packed and damaged: {error}.") from error
    if len(content) > LARGEST:
        raise ReadError(f"{served.address} unpacks to more than {LARGEST} bytes; it is not read.")
    if not unpacker.eof:
        raise ReadError(f"{served.address} is packed and damaged: it breaks off.")
    return content


def _locations(content: bytes) -> tuple[str, list[Found]]:
    """What a file lists (url or sitemap) and its places with their days. Raises `XMLSyntaxError` unless something was read."""
    events = etree.iterparse(
        BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    kind = "url"
    found: list[Found] = []
    for _event, element in events:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in {"url", "sitemap"} and len(found) <= MOST:
            kind = name
            found.append((_said(element, "loc"), "", _said(element, "lastmod")))
        if name in {"url", "sitemap"}:
            element.clear()
    return kind, found


def _said(element: etree._Element, name: str) -> str:
    return next(
        (child.text or "" for child in element if isinstance(child.tag, str) and etree.QName(child).localname == name), ""
    )


def _newest_first(found: list[Found]) -> Iterator[Found]:
    """By their days, the undated last; otherwise in the file's order."""
    dated = [(day.toordinal() if (day := day_of_hint(one[2])) else 0, one) for one in found]
    return (one for _day, one in sorted(dated, key=lambda pair: -pair[0]))


def _parts(found: list[Found], served: ServedList, declared: ListDeclaration) -> tuple[str, ...]:
    wanted = address_pattern(declared.parts)
    addresses = (canonical(raw, served.address) for raw, _title, _day in _newest_first(found) if len(raw) <= LONGEST_ADDRESS)
    return tuple(dict.fromkeys(address for address in addresses if address and wanted.search(address)))[:MOST_PARTS]
