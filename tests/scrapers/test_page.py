import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from scrapers.page import LARGEST, Page, PageTooLargeError, SelectorError, Within, check_selector, outermost, text_of


def page(html, address="https://muster.invalid/presse"):
    return Page.of(html.encode(), "utf-8", address)


def words(html, selector="#x"):
    return text_of(page(html).select(selector, "the text")[0])


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
    assert [element.text for element in found] == ["a", "b", "c"]


TAGS = st.sampled_from(["div", "section", "em"])
CLASSES = st.sampled_from(["", "a", "b", "a b"])
TREES = st.recursive(
    st.builds("<{0} class='{1}'>x</{0}>".format, TAGS, CLASSES),
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class='{name}'>{''.join(parts)}</{tag}>", TAGS, CLASSES, st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)
SELECTORS = st.lists(
    st.sampled_from(
        [
            "div",
            ".a",
            ".b",
            "div .a",
            "section > .b",
            ".a + .b",
            "em:first-child",
            "div:has(.a)",
            ":is(div, em).b",
            ".a ~ em",
            "[class]",
        ]
    ),
    min_size=1,
    max_size=4,
).map(", ".join)


@given(TREES, SELECTORS)
def test_a_selector_finds_what_it_finds_elsewhere(html, selector):
    html = f"<!doctype html><body>{html}</body>"
    found = page(html).find(selector)
    assert [element.source for element in found] == [
        str(element).replace("'", '"') for element in BeautifulSoup(html, "lxml").select(selector)
    ]


@pytest.mark.parametrize("selector", ["h2 a[", "a:not(", "p >> q", "", " ", "p,,q", "p:foo", "::before", "p:lang(de)", "p{", "5"])
def test_what_is_no_selector_is_an_error_that_names_it(selector):
    for use in (check_selector, page("<p>a</p>").find, page("<p>a</p>").drop, page("<p>a</p>").first):
        with pytest.raises(SelectorError) as caught:
            use(selector)
        assert repr(selector) in str(caught.value)


def test_a_page_that_is_too_large_is_not_parsed_and_not_cut():
    with pytest.raises(PageTooLargeError, match=rf"https://muster.invalid has {LARGEST + 1} bytes; more than {LARGEST}"):
        Page.of(b"x" * (LARGEST + 1), None, "https://muster.invalid")
    assert Page.of(b"x" * LARGEST, None, "").first("body") is not None


def test_an_element_knows_its_place():
    inner = page("<main><article class=a hidden><p id=x>Text</p><p>zwei</p></article></main>").first("#x")
    assert [around.name for around in inner.around()] == ["article", "main", "body", "html"]
    assert inner.parent.get("class") == "a"
    assert inner.parent.has("hidden")
    assert not inner.parent.has("class2")
    assert [child.text for child in inner.parent.children()] == ["Text", "zwei"]
    assert inner == inner.parent.select("p")[0]
    assert inner != inner.parent
    assert repr(inner) == "<p 'x' ''>"


def test_elements_within_others_are_told_apart():
    subject = page("<div><p>a<em>b</em></p></div><p>c</p>")
    assert [element.name for element in outermost(subject.find("em, p, div"))] == ["div", "p"]
    within = Within(lambda element: element.name == "div")
    assert [within(element) for element in subject.find("em, p")] == [True, True, False]
    # Asked again, it remembers.
    assert within(subject.find("p")[0])


def test_scripts_are_read_as_they_stand():
    assert page('<script>{"a": "b &amp; c < d"}</script>').first("script").raw_text == '{"a": "b &amp; c < d"}'


def test_dropping_nothing_is_fine():
    subject = page("<p>a</p><aside>b</aside>")
    subject.drop(".fehlt")
    subject.drop("aside")
    assert subject.first("body").text == "a"
    assert "aside" not in subject.source
    # What is explored is the page as it was served.
    assert subject.soup.select_one("aside").get_text() == "b"


def test_dropping_an_element_and_what_stands_in_it_is_fine():
    subject = page("<p>a</p><div class=x><div class=x>b</div></div>")
    subject.drop(".x, .x div")
    assert subject.first("body").text == "a"


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


def test_nesting_20_000_deep_does_not_crash():
    subject = page("<div id=x>oben" + "<div>" * 20_000 + "unten")
    assert text_of(subject.select("#x", "the text")[0]) == "oben\nunten"
