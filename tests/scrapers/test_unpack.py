"""Compression that nobody asked for, in pieces of any size, whole and damaged."""

import gzip
import tracemalloc
import zlib

import pytest

from scrapers.trouble import FetchError
from scrapers.unpack import Unpacker

PAGE = b"<h1>Moore f\xc3\xbcr Musterland</h1>" * 50
RAW = zlib.compress(PAGE)[2:-4]


def unpacked(data, *encodings, limit=10_000, piece=7, cut=False):
    body = Unpacker("http://muster.invalid/", encodings, limit, cut=cut)
    for start in range(0, len(data), piece):
        body.feed(data[start : start + piece])
    return body.close()


def trouble(data, *encodings, **more):
    with pytest.raises(FetchError) as caught:
        unpacked(data, *encodings, **more)
    assert "http://muster.invalid/" in str(caught.value)
    return caught.value.kind


@pytest.mark.parametrize("piece", [1, 2, 3, 1000, 100_000])
@pytest.mark.parametrize(
    ("data", "encodings"),
    [
        (PAGE, ()),
        (PAGE, ("",)),
        (PAGE, ("identity",)),
        (PAGE, ("identity, identity",)),
        (gzip.compress(PAGE), ("gzip",)),
        (gzip.compress(PAGE), (" GZip ",)),
        (gzip.compress(PAGE), ("x-gzip",)),
        (gzip.compress(PAGE), ("identity", "gzip")),
        (gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), ("gzip",)),
        (gzip.compress(PAGE) + b"\0" * 100, ("gzip",)),
        (gzip.compress(PAGE) + b"rubbish", ("gzip",)),
        (zlib.compress(PAGE), ("deflate",)),
        (RAW, ("deflate",)),
        (zlib.compress(PAGE) + b"rubbish", ("deflate",)),
    ],
)
def test_a_body_is_unpacked_whatever_the_pieces(data, encodings, piece):
    assert unpacked(data, *encodings, piece=piece) == PAGE


@pytest.mark.parametrize("piece", [1, 1000, 100_000])
@pytest.mark.parametrize(
    ("data", "encodings"),
    [
        (gzip.compress(PAGE)[:-1], ("gzip",)),
        (gzip.compress(PAGE)[:10], ("gzip",)),
        (gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])[:-9], ("gzip",)),
        (gzip.compress(PAGE)[:-6] + b"\0\0" + gzip.compress(PAGE)[-4:], ("gzip",)),
        (zlib.compress(PAGE)[:-1], ("deflate",)),
        (RAW[:-3], ("deflate",)),
        (b"\x78", ("deflate",)),
        (PAGE, ("gzip",)),
        (gzip.compress(PAGE), ("deflate",)),
        (gzip.compress(b"") * 200, ("gzip",)),
        (gzip.compress(gzip.compress(PAGE)), ("gzip, gzip",)),
        (gzip.compress(gzip.compress(PAGE)), ("gzip", "gzip")),
        (PAGE, ("br",)),
        (PAGE, ("zstd",)),
        (PAGE, ("klingon",)),
    ],
)
def test_damage_and_what_we_do_not_read_are_named(data, encodings, piece):
    assert trouble(data, *encodings, piece=piece) == "bad_encoding"


def test_no_bytes_at_all_are_an_empty_body_whatever_its_encoding():
    assert unpacked(b"", "gzip") == unpacked(b"", "deflate") == unpacked(b"") == b""


@pytest.mark.parametrize(("data", "encodings"), [(PAGE, ()), (gzip.compress(PAGE), ("gzip",)), (RAW, ("deflate",))])
def test_the_limit_is_kept_to_the_byte(data, encodings):
    assert unpacked(data, *encodings, limit=len(PAGE)) == PAGE
    assert trouble(data, *encodings, limit=len(PAGE) - 1) == "too_large"
    assert unpacked(data, *encodings, limit=100, cut=True) == PAGE[:100]


@pytest.mark.parametrize(
    ("bomb", "encoding"),
    [
        (gzip.compress(b"0" * 50_000_000), "gzip"),
        (gzip.compress(b"0" * 9000) * 5000, "gzip"),
        (zlib.compress(b"0" * 50_000_000), "deflate"),
        (gzip.compress(gzip.compress(b"0" * 50_000_000)), "gzip, gzip"),
    ],
)
def test_a_bomb_costs_no_more_memory_than_the_limit_allows(bomb, encoding):
    tracemalloc.start()
    try:
        assert trouble(bomb, encoding, limit=100_000, piece=65_536) in {"too_large", "bad_encoding"}
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
