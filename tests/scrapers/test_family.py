import pytest

from scrapers.declaration import SourceError, read_source
from scrapers.family import families

SHORT = """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"
family = "{family}"
[[list]]
address = "https://muster.invalid/presse"
"""
WORDPRESS = SHORT.format(family="wordpress")


@pytest.mark.parametrize("family", families())
def test_a_source_of_a_shipped_family_needs_only_its_address(family):
    source = read_source(SHORT.format(family=family), "muster.toml")
    assert source.lists[0].item
    assert source.lists[0].next
    assert (source.release.title, source.release.body) != ("", "")


def test_at_least_three_families_are_shipped():
    assert {"wordpress", "drupal", "typo3"} <= set(families())


def test_an_unknown_family_is_named_with_those_there_are():
    with pytest.raises(
        SourceError, match=r"muster\.toml: family: there is no family 'joomla'; there are: drupal, typo3, wordpress"
    ):
        read_source(SHORT.format(family="joomla"), "muster.toml")


def test_what_a_declaration_says_itself_counts():
    text = WORDPRESS + 'item = ".meldung a"\n[release]\ntitle = "h2"\ndrop = ""\n'
    source = read_source(text, "muster.toml")
    assert (source.lists[0].item, source.release.title, source.release.drop) == (".meldung a", "h2", "")
    assert ".entry-content p" in source.release.body


def test_who_declares_numbered_pages_does_not_get_the_family_s_next_link():
    source = read_source(WORDPRESS + 'pages = "page/{page}/"\n', "muster.toml")
    assert (source.lists[0].next, source.lists[0].pages) == ("", "page/{page}/")


def test_defaults_are_those_of_a_list_s_kind():
    text = SHORT.format(family="drupal") + '[[list]]\nkind = "json"\naddress = "https://muster.invalid/views/ajax?page={page}"\n'
    text += '[[list]]\nkind = "feed"\naddress = "https://muster.invalid/rss.xml"\n'
    page, json, feed = read_source(text, "muster.toml").lists
    assert page.next
    assert (json.items, json.next) == ("*.data", "")
    assert feed.item == ""


def test_only_the_rules_of_today_get_the_family_s():
    text = WORDPRESS + '[[release]]\n[[release]]\nuntil = 2020-01-01\ntitle = "h3"\nbody = ".alt p"\n'
    source = read_source(text, "muster.toml")
    assert ".entry-content p" in source.release.body
    assert source.earlier[1].date == ""
    with pytest.raises(SourceError, match=r"release\.1\.body"):
        read_source(text.replace('body = ".alt p"\n', ""), "muster.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WORDPRESS + 'itm = "a"\n', r"list\.0\.itm"),
        ('list = "x"\n' + WORDPRESS.replace("[[list]]\n", ""), "list: "),
        (WORDPRESS.replace('"wordpress"', "7"), "family: there is no family 7"),
    ],
)
def test_a_mistake_is_named_with_a_family_as_without(text, words):
    with pytest.raises(SourceError, match=words):
        read_source(text, "muster.toml")
