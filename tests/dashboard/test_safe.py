import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import context, safe

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>x</script>",
    "![a](http://evil.example/x.png)",
    ":material/home:",
    "'\"><b>",
    "&lt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_becomes_markup(text):
    for html in (safe.text(text), safe.chip(text), context.marked_text(text, [(0, 2)]), context.word_changes("a", text)):
        bare = html
        for own in ('<span class="bw-chip">', "</span>", "<mark>", "</mark>", "<ins>", "</ins>", "<del>", "</del>"):
            bare = bare.replace(own, "")
        assert "<" not in bare


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "ftp://x", None])
def test_only_web_addresses_become_links(address):
    assert "<a" not in safe.web_link(address, "words")


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_comparison_keeps_every_character(before, after):
    html = context.word_changes(before, after)
    assert html.count("<ins>") == html.count("</ins>")
    assert "<script" not in html


@given(st.text(min_size=1, max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_quotation_is_marked_where_it_stands(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert f"<mark>{safe.text(text[start:end])}</mark>" in context.quote_in_context(text, start, end)
