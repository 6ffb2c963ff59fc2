import pytest

from scrapers.declaration import SourceError, load_source, load_sources, read_source

GOOD = """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"

[[list]]
address = "https://muster.invalid/presse"
item = "h2 a"

[release]
title = "h1"
body = "article p"
"""


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_declaration_of_a_few_lines_is_enough():
    source = read_source(GOOD, "muster.toml")
    assert source.factions == ("MF",)
    assert source.lists[0].kind == "html"
    assert source.lists[0].min_items == 1
    assert source.release.date == ""
    assert not source.verified


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('item = ""', "`item` is missing"),
        (
            'item = "a"\nitems = "x"',
            "`items` says nothing of a list of kind html; its own keys are: first_page, item, next, pages",
        ),
        ('item = "a"\nnext = "a"\npages = "{page}"', "two ways to go on"),
        ('item = "a"\npages = "?page=2"', "says nowhere {page}"),
        ('item = "a"\nmatch = "presse[("', "neither wildcards nor a regular expression"),
        ('kind = "feed"\nitem = "a"', "`item` says nothing of a list of kind feed"),
        ('kind = "json"\nitems = "x"', "either `link`"),
        ('kind = "json"\nitem = "a"\nlink = "x"', "either `link`"),
        ('kind = "wordpress"\nnext = "a"', "`next` says nothing of a list of kind wordpress"),
        ('kind = "sitemap"\nparts = "("', "neither wildcards nor"),
    ],
)
def test_keys_of_a_list_that_do_not_fit_its_kind_are_named(lines, words):
    with pytest.raises(SourceError) as caught:
        read_source(changed('item = "h2 a"', lines), "muster.toml")
    assert "muster.toml: list.0" in str(caught.value)
    assert words in str(caught.value)


def test_the_number_of_a_page_in_a_first_address_is_declared_elsewhere():
    with pytest.raises(SourceError, match="declared as `pages`"):
        read_source(changed('invalid/presse"', 'invalid/presse/{page}"'), "muster.toml")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (changed('title = "h1"', 'title = "h1"\ntitel = "h2"'), "release.titel"),
        (changed('home = "', 'hompage = "https://muster.invalid"\nhome = "'), "hompage"),
        (changed('title = "h1"\n', ""), "release.title"),
        (changed('factions = ["MF"]', 'factions = "MF"'), "factions"),
        (changed('factions = ["MF"]', "factions = []"), "factions"),
        (changed('home = "', 'every_minutes = "oft"\nhome = "'), "every_minutes"),
        (changed('home = "', 'max_pages = 0\nhome = "'), "max_pages"),
        (changed('item = "h2 a"', 'item = "h2 a["'), "list.0.item"),
        (changed('item = "h2 a"', 'item = "h2 a"\nnext = "a:not("'), "list.0.next"),
        (changed('item = "h2 a"', 'kind = "pdf"'), "list.0.kind"),
        (changed('body = "article p"', 'body = "p >> q"'), "release.body"),
        (changed('home = "https://', 'home = "ftp://'), "home"),
        (changed('address = "https://muster.invalid/presse"', 'address = "/presse"'), "list.0.address"),
        (changed('address = "https://muster.invalid/presse"', 'address = "http://["'), "list.0.address"),
    ],
)
def test_an_error_in_a_declaration_names_file_and_key(text, key):
    with pytest.raises(SourceError) as caught:
        read_source(text, "muster.toml")
    assert f"muster.toml: {key}: " in str(caught.value)


def test_every_error_in_a_declaration_is_named_at_once():
    with pytest.raises(SourceError, match=r"home: .*; release\.title: "):
        read_source(changed('title = "h1"\n', "").replace('https://muster.invalid"\n\n', 'nirgends"\n\n'), "muster.toml")


def test_malformed_toml_names_the_file_and_the_line(tmp_path):
    path = tmp_path / "kaputt.toml"
    path.write_text('name = "Musterfraktion"\nhome = nirgends', encoding="utf-8")
    with pytest.raises(SourceError, match=r"kaputt\.toml is not valid TOML.*line 2"):
        load_source(path)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "alt.toml"
    path.write_bytes('name = "Grüne"'.encode("latin-1"))
    with pytest.raises(SourceError, match=r"alt\.toml is not UTF-8"):
        load_source(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"Cannot read .*fehlt\.toml"):
        load_source(tmp_path / "fehlt.toml")


def test_a_desks_own_declaration_wins_over_the_shipped_one(tmp_path):
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    (shipped / "muster.toml").write_text(GOOD, encoding="utf-8")
    (shipped / "zweite.toml").write_text(GOOD, encoding="utf-8")
    (own / "muster.toml").write_text(changed("Musterfraktion", "Eigene"), encoding="utf-8")
    sources = load_sources(shipped, own, tmp_path / "missing")
    assert {key: source.name for key, source in sources.items()} == {"muster": "Eigene", "zweite": "Musterfraktion"}
