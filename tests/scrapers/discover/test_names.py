"""Host and title tell whose releases a site carries, as far as the public record knows."""

from datetime import date

import pytest

from scrapers.discover.names import (
    KEY,
    factions_known,
    guess_factions,
    guess_key,
    guess_parliament,
    key_of,
    parliaments_known,
)
from settings.reference import shipped_record

RECORD = shipped_record()
NRW, BUND = "Landtag Nordrhein-Westfalen", "Deutscher Bundestag"


@pytest.mark.parametrize(
    ("host", "title", "parliament", "factions", "key"),
    [
        ("www.cdu-nrw-fraktion.de", "Presse", NRW, ("CDU",), "cdu-nrw"),
        ("www.spd-fraktion-nrw.de", "Pressemeldungen", NRW, ("SPD",), "spd-nrw"),
        ("gruene-fraktion-nrw.de", "", NRW, ("GRÜNE",), "gruene-nrw"),
        ("fdp.fraktion.nrw", "", NRW, ("FDP",), "fdp-nrw"),
        ("afd-fraktion.nrw", "", NRW, ("AfD",), "afd-nrw"),
        ("www.cducsu.de", "Presse | CDU/CSU-Fraktion im Deutschen Bundestag", BUND, ("CDU/CSU",), "cdu-csu-bund"),
        ("www.gruene-bundestag.de", "", BUND, ("GRÜNE",), "gruene-bund"),
        ("www.linksfraktion.de", "Die Linke im Bundestag", BUND, ("LINKE",), "linke-bund"),
        ("afdbundestag.de", "", BUND, ("AfD",), "afd-bund"),
        ("www.spd-fraktion.de", "SPD-Fraktion im Landtag Brandenburg", "Landtag Brandenburg", ("SPD",), "spd-brandenburg"),
        ("www.linksfraktion-sachsen-anhalt.de", "", "Landtag von Sachsen-Anhalt", ("LINKE",), "linke-sachsen-anhalt"),
        ("www.linksfraktion-sachsen.de", "", "Sächsischer Landtag", ("LINKE",), "linke-sachsen"),
        ("spd.berlin", "SPD-Fraktion im Abgeordnetenhaus", "Abgeordnetenhaus von Berlin", ("SPD",), "spd-berlin"),
        ("fw-landtag.de", "FREIE WÄHLER im Bayerischen Landtag", "Bayerischer Landtag", ("FW",), "fw-bayern"),
        ("www.ssw.de", "Schleswig-Holsteinischer Landtag", "Schleswig-Holsteinischer Landtag", ("SSW",), "ssw-sh"),
        ("fraktion.gruene-niedersachsen.de", "", "Niedersächsischer Landtag", ("GRÜNE",), "gruene-niedersachsen"),
    ],
)  # fmt: skip
def test_parliament_factions_and_key_are_told(host, title, parliament, factions, key):
    address = f"https://{host}/presse"
    assert guess_parliament(RECORD, address, title) == parliament
    assert guess_factions(RECORD, address, title, parliament) == factions
    assert guess_key(RECORD, factions, parliament) == key


@pytest.mark.parametrize("title", ["", "Willkommen", "Der Saal ist voll", "Unser Musterland"])
def test_what_neither_says_is_not_made_up(title):
    assert guess_parliament(RECORD, "https://muster.invalid/presse", title) is None
    assert guess_factions(RECORD, "https://muster.invalid/presse", title, None) == ()


def test_two_factions_in_a_title_are_both_told():
    assert guess_factions(RECORD, "https://muster.invalid", "CDU und FDP gemeinsam", NRW) == ("CDU", "FDP")


def test_keys_are_plain_words():
    assert key_of("Bündnis 90/Die Grünen – Straße!") == "buendnis-90-die-gruenen-strasse"
    assert KEY.fullmatch(guess_key(RECORD, ("ÖW",), "Landtag Musterland"))
    assert not any(KEY.fullmatch(bad) for bad in ("", "../x", "A", "a--b", "a/b", ".x", "-a"))


def test_what_is_known_is_named_for_those_who_are_asked():
    assert BUND in parliaments_known(RECORD, date(2024, 1, 1))
    assert {"SPD", "CDU"} <= set(factions_known(RECORD, NRW))
    assert "AfD" in factions_known(RECORD, "Landtag Brandenburg")
