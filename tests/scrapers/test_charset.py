import codecs

import pytest

from scrapers.charset import decode

TEXT = "<p>Größere Züge für Köln, sagt Ödipus Müßig – „endlich“.</p>"


@pytest.mark.parametrize(
    ("content", "announced", "evidence"),
    [
        pytest.param(TEXT.encode(), "utf-8", "header", id="as announced"),
        pytest.param(TEXT.encode("cp1252"), "iso-8859-1", "header", id="latin-1 is windows-1252, as in browsers"),
        pytest.param(TEXT.encode("cp1252"), "ISO-8859-1", "header", id="names in capitals"),
        pytest.param(TEXT.encode("iso-8859-15", "ignore").replace(b"", b""), "iso-8859-15", "header", id="latin-9"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "windows-1252", "bom", id="a BOM wins over the header"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "bom", id="UTF-16"),
        pytest.param(b'<meta charset="windows-1252">' + TEXT.encode("cp1252"), "utf-8", "meta", id="the header is wrong"),
        pytest.param(b'<meta charset="utf-8">' + TEXT.encode(), "x-klingon", "meta", id="the header names no charset"),
        pytest.param(
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">' + TEXT.encode("cp1252"),
            None,
            "meta",
            id="the old form of meta",
        ),
        pytest.param(b"<meta charset='utf-16'>" + TEXT.encode(), None, "meta", id="a meta that can be read is not in UTF-16"),
        pytest.param(TEXT.encode(), None, "detection", id="UTF-8 that nobody announced"),
        pytest.param(TEXT.encode("cp1252"), None, "detection", id="windows-1252 that nobody announced"),
        pytest.param(TEXT.encode("cp1252"), "utf-8", "detection", id="windows-1252 announced as UTF-8"),
        pytest.param(TEXT.encode(), "idna", "detection", id="a codec that is no charset of pages"),
        pytest.param(TEXT.encode(), "unicode_escape", "detection", id="a codec that would rewrite the text"),
        pytest.param(TEXT.encode(), "undefined", "detection", id="a codec that always fails"),
        pytest.param(TEXT.encode(), "hex", "detection", id="a codec of bytes"),
        pytest.param(TEXT.encode(), "iso-8859-1", "detection", id="UTF-8 announced as latin-1"),
        pytest.param(b'<meta charset="iso-8859-1">' + TEXT.encode(), "utf-8", "header", id="UTF-8 whose page says latin-1"),
        pytest.param(TEXT.encode() * 20 + b"\xfc", "utf-8", "header", id="UTF-8 with a stray byte"),
        pytest.param(TEXT.encode("cp1252") * 20 + TEXT.encode(), "utf-8", "detection", id="windows-1252 with a part in UTF-8"),
        pytest.param(TEXT.encode("cp1252") + b"\x81", "windows-1252", "header", id="windows-1252 with a byte it does not have"),
    ],
)
def test_umlauts_survive_whatever_is_said_of_the_charset(content, announced, evidence):
    text, found = decode(content, announced)
    assert "Größere Züge für Köln, sagt Ödipus Müßig" in text
    assert found == evidence


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x81\x8d", b"\xc3(" * 50])
def test_bytes_that_are_no_text_do_not_crash(content):
    text, _evidence = decode(content, None)
    assert isinstance(text, str)


def test_pure_ascii_is_what_is_announced():
    assert decode(b"Moore", "iso-8859-1") == ("Moore", "header")
    assert decode(b"Moore", None) == ("Moore", "detection")
    assert decode("Größe".encode("iso2022_jp", "ignore") + b"\x1b$B%m\x1b(B", "iso-2022-jp")[0].endswith("ロ")
