import asyncio
import socket
from datetime import UTC, date, datetime
from ipaddress import ip_address, ip_network
from itertools import groupby, pairwise

import pytest

from settings.config import SettingsError, load_settings
from settings.guard import GuardedResolver, check_host
from settings.networks import PrivateAddressError, is_allowed
from settings.reference import Government, LegislativePeriod, Record, observations, shipped_record
from settings.texts import texts_in

RECORD = shipped_record()
NRW_DAY = date(2019, 11, 27)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("DIE LINKE", "LINKE"),
        ("Bündnis 90/Die Grünen", "GRÜNE"),
        ("freie wähler", "FW"),
        ("CDU", "CDU"),
        (" SPD ", "SPD"),
        ("Neue Partei", "Neue Partei"),
    ],
)
def test_factions_are_known_by_every_name(written, short):
    assert RECORD.faction(written) == short


@pytest.mark.parametrize("name", ["NRW", "nrw", "Landtag NRW", "Landtag Nordrhein-Westfalen", "NW"])
def test_a_parliament_is_known_by_every_name(name):
    assert RECORD.parliament(name) == "Landtag Nordrhein-Westfalen"


@pytest.mark.parametrize(
    ("parliament", "faction", "day", "side"),
    [
        ("NRW", "FDP", NRW_DAY, "government"),
        ("NRW", "SPD", NRW_DAY, "opposition"),
        ("Bundestag", "CSU", date(2018, 6, 1), "government"),
        ("Bundestag", "FDP", date(2024, 12, 1), "opposition"),
        ("Landtag Brandenburg", "SPD", date(2026, 3, 1), None),
        ("Landtag Nirgendwo", "SPD", NRW_DAY, None),
    ],
)
def test_a_side_is_given_only_where_the_record_reaches(parliament, faction, day, side):
    assert RECORD.side(parliament, faction, day) == side


def test_a_legislature_ends_when_the_record_says():
    assert RECORD.period("NRW", NRW_DAY).end == date(2022, 5, 31)
    assert RECORD.period("NRW", date(1999, 1, 1)) is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "192.168.0.1", "224.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "fe80::1", "fd00::1",
     "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::ffff:127.0.0.1", "ff02::1", "::", "172.31.255.255", "198.18.0.1", "64:ff9b:1::1", "fec0::1",
     "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::ffff:100.64.0.1"],
)  # fmt: skip
def test_private_networks_are_refused(address):
    assert not is_allowed(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:4001::1", "::ffff:93.184.216.34", "172.32.0.1", "100.128.0.1"])
def test_public_networks_are_allowed(address):
    assert is_allowed(ip_address(address))


def test_an_operator_can_allow_a_network_and_only_that():
    loopback = [ip_network("127.0.0.0/8")]
    assert is_allowed(ip_address("::ffff:127.0.0.1"), loopback)
    assert not is_allowed(ip_address("10.0.0.1"), loopback)
    with pytest.raises(PrivateAddressError, match="BEIMWORT_ALLOWED_NETWORKS"):
        check_host("http://10.0.0.1/x", loopback)


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [(25_000_000, "25\xa0Mio.\xa0€", "€25M"), (25_500_000, "25,5\xa0Mio.\xa0€", "€25.5M"), (1.2e9, "1,2\xa0Mrd.\xa0€", "€1.2B"), (400_000, "400.000\xa0€", "€400,000"),
     (999.5, "999,50\xa0€", "€999.50"), (0, "0\xa0€", "€0"), (999_960_000, "1\xa0Mrd.\xa0€", "€1B"), (2.5e12, "2,5\xa0Bio.\xa0€", "€2.5T"),
     (25_000_001, "25\xa0Mio.\xa0€", "€25M"), (999_999.999, "1\xa0Mio.\xa0€", "€1M"), (-5_000_000, "-5\xa0Mio.\xa0€", "-€5M")],
)  # fmt: skip
def test_money_is_written_as_each_language_does(amount, german, english):
    assert (texts_in("de").euros(amount), texts_in("en").euros(amount)) == (german, english)


def test_words_numbers_and_days_follow_the_language():
    de, en = texts_in("de"), texts_in("en")
    assert (de("disputed"), en("disputed")) == ("umstritten", "disputed")
    assert [de.count("{n} claim", "{n} claims", n) for n in (0, 1, 1234)] == ["0 Aussagen", "1 Aussage", "1.234 Aussagen"]
    assert (de.day(NRW_DAY), en.day(NRW_DAY)) == ("27.11.2019", "27 Nov 2019")
    assert de.moment(datetime(2019, 7, 1, 22, 30, tzinfo=UTC)).startswith("02.07.19")
    assert de("a text nobody translated {x}", x=1) == "a text nobody translated 1"
    assert texts_in("fr").language == "en"


@pytest.mark.parametrize(
    ("name", "value"), [("SMTP_PORT", "99999"), ("CHANNELS", "pigeon"), ("ALLOWED_NETWORKS", "here"), ("LANGUAGE", "fr")]
)
def test_a_wrong_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(f"BEIMWORT_{name}", value)
    with pytest.raises(SettingsError, match=name.lower()):
        load_settings()


def test_the_database_lies_in_the_data_folder_unless_an_address_is_given(monkeypatch, tmp_path):
    assert load_settings(data=tmp_path).database == f"sqlite:///{tmp_path}/beimwort.sqlite3"
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db/x")
    assert load_settings(data=tmp_path).database == "postgresql://me@db/x"


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433"])
def test_what_a_name_leads_to_is_checked_and_not_how_it_is_written(host):
    async def resolve(allowed):
        resolver = GuardedResolver(allowed)
        return await resolver.resolve(host, 80, socket.AF_INET)

    with pytest.raises(PrivateAddressError, match=r"127\.0\.0\.1"):
        asyncio.run(resolve([]))
    assert asyncio.run(resolve([ip_network("127.0.0.1/32")]))[0]["host"] == "127.0.0.1"


def test_governments_of_the_record_follow_each_other():
    for parliament, terms in by_parliament(RECORD.governments).items():
        for earlier, later in pairwise(terms):
            assert earlier.end is not None, (parliament, earlier)
            assert earlier.end < later.start, (parliament, earlier)
        for term in terms:
            assert [RECORD.faction(name) for name in term.factions] == list(term.factions)


def test_legislatures_of_the_record_follow_each_other_and_a_changeover_day_is_the_new_ones():
    for parliament, terms in by_parliament(RECORD.periods).items():
        for earlier, later in pairwise(terms):
            assert earlier.start < earlier.end <= later.start, (parliament, earlier)
            assert RECORD.period(parliament, later.start) == later
    assert len(by_parliament(RECORD.periods)) == 17


def by_parliament(rows):
    ordered = sorted(rows, key=lambda row: (row.parliament, row.start))
    return {name: list(terms) for name, terms in groupby(ordered, key=lambda row: row.parliament)}


@pytest.mark.parametrize("name", [None, "", "  "])
def test_no_name_is_no_parliament(name):
    assert RECORD.parliament(name) is None


def test_a_record_can_be_added_to():
    invented = Record(
        periods=(LegislativePeriod("Landtag Beispielland", date(2019, 1, 1), date(2023, 12, 31)),),
        governments=(Government("Landtag Beispielland", date(2019, 1, 1), None, ("BLAU",)),),
        aliases=(("BLAU", "Die Blauen"),),
    )
    record = RECORD.plus(invented)
    assert record.side("landtag beispielland", "die blauen", date(2030, 1, 1)) == "government"
    assert record.side("Landtag Beispielland", "SPD", date(2018, 12, 31)) is None
    assert record.side("NRW", "FDP", NRW_DAY) == "government"


def test_every_value_of_a_series_has_a_source_and_stands_once():
    rows = observations()
    assert len({(row.indicator, row.region_code, row.period) for row in rows}) == len(rows)
    assert [row for row in rows if row.value is not None and not row.source] == []
    assert [row for row in rows if row.value is not None and row.value < 0] == []


def test_a_secret_is_never_shown(monkeypatch):
    monkeypatch.setenv("BEIMWORT_SMTP_PASSWORD", "geheim")
    monkeypatch.setenv("BEIMWORT_WEBHOOK_SECRET", "geheim")
    assert "geheim" not in repr(load_settings())
    monkeypatch.setenv("BEIMWORT_SMTP_PORT", "0")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "geheim" not in str(error.value)


def test_lists_are_written_with_commas(monkeypatch):
    monkeypatch.setenv("BEIMWORT_CHANNELS", " smtp , webhook,")
    monkeypatch.setenv("BEIMWORT_ALLOWED_NETWORKS", "127.0.0.1, fd00::/8")
    settings = load_settings()
    assert settings.channels == ("smtp", "webhook")
    assert settings.allowed_networks == (ip_network("127.0.0.1/32"), ip_network("fd00::/8"))
    monkeypatch.setenv("BEIMWORT_CHANNELS", "")
    assert load_settings().channels == ()
