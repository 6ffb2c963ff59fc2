import codecs

import pytest

from scrapers.page import Page, SelectorError, decode, text_of

TEXT = "<p>Größere Züge für Köln, sagt Ödipus Müßig – „endlich“.</p>"


def page(html, address="https://muster.invalid/presse"):
    return Page.of(html.encode(), "utf-8", address)


def words(html, selector="#x"):
    return text_of(page(html).select(selector, "the text")[0])


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


def test_a_selector_that_finds_too_little_names_itself_the_page_and_the_count():
    with pytest.raises(SelectorError) as caught:
        page("<p class=a>eins</p>").select("p.a", "the body", minimum=2)
    message = str(caught.value)
    assert "the body" in message
    assert "'p.a'" in message
    assert "found 1 of at least 2" in message
    assert "https://muster.invalid/presse" in message


def test_selected_elements_come_in_the_order_of_the_page_and_once():
    found = page("<p>a</p><h2>b</h2><p>c</p>").select("h2, p, p:first-child", "everything")
    assert [element.get_text() for element in found] == ["a", "b", "c"]


def test_dropping_nothing_is_fine():
    subject = page("<p>a</p><aside>b</aside>")
    subject.drop(".fehlt")
    subject.drop("aside")
    assert subject.soup.get_text() == "a"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p id=x>Torf<em>moos</em> ist <b>g</b>ut</p>", "Torfmoos ist gut"),
        ("<p id=x>Eins<br>zwei<br/><br/>drei</p>", "Eins\nzwei\ndrei"),
        ("<p id=x>  viel \n\t  Luft  </p>", "viel Luft"),
        ("<div id=x><p>Eins.</p><p>Zwei.</p></div>", "Eins.\nZwei."),
        ("<div id=x><p>Eins.</p>Zwei.</div>", "Eins.\nZwei."),
        ("<div id=x>Eins.<div>Zwei.</div>Drei.</div>", "Eins.\nZwei.\nDrei."),
        ("<ul id=x><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table id=x><tr><th>Jahr</th><td>2019</td></tr><tr><th>Meter</th><td>12</td></tr></table>", "Jahr 2019\nMeter 12"),
        ("<figure id=x><img><figcaption>Am Pult</figcaption>Text</figure>", "Am Pult\nText"),
        ("<div id=x>a<script>b()</script><style>c{}</style><!-- d --><template><p>e</p></template>f</div>", "af"),
        ("<div id=x>a<noscript><p>Bitte JavaScript einschalten</p></noscript><svg><title>Symbol</title></svg></div>", "a"),
        ("<p id=x>25&nbsp;Millionen &amp; mehr</p>", "25\u00a0Millionen & mehr"),
        ("<p id=x></p>", ""),
    ],
)
def test_the_words_of_an_element_are_those_a_reader_sees(html, text):
    assert words(html) == text


def test_nesting_50_000_deep_does_not_crash():
    subject = page("<div id=x>oben" + "<div>" * 50_000 + "unten")
    assert text_of(subject.select("#x", "the text")[0]) == "oben\nunten"
