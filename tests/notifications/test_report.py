"""The morning's report: one message, the broken first, hostile words harmless."""

from datetime import UTC, date, datetime

import pytest

from models.queries import HealthRow
from models.words import HealthCause, SourceHealth
from notifications.report import Morning, report_message
from settings.config import Settings

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>\r\nBcc: alle@muster.invalid'


def a_row(key, health, **more):
    given = {
        "key": key,
        "name": f"Fraktion {key}",
        "parliament": "Landtag Musterland",
        "home": "https://x.invalid",
        "health": SourceHealth(health),
        "cause": HealthCause.WORKS,
        "since": NOW,
        "failures": 3 if health == "broken" else 1 if health == "failing" else 0,
        "failing_since": NOW,
        "trouble": "The list names 0 releases.",
        "last_run_at": NOW,
        "last_ok_at": NOW,
        "newest_on": date(2026, 2, 2),
        "silent_days": 22.0,
        "alarm_days": 6.0,
        "pause_reason": None,
        "paused_until": None,
        "person": None,
        "acknowledged": False,
        "told_at": None,
        "before": SourceHealth.OK,
    }
    return HealthRow(**{**given, **more})


def message(rows, not_collected=(), language="en"):
    settings = Settings(_env_file=None, language=language, installation="Musterdesk", public_url="https://desk.invalid")
    return report_message(Morning(rows=rows, not_collected=not_collected), settings)


ROWS = [
    a_row("a", "broken", before=SourceHealth.FAILING),
    a_row("b", "failing"),
    a_row("c", "quiet", before=SourceHealth.QUIET),
    a_row("d", "ok", before=SourceHealth.BROKEN),
    a_row("e", "ok"),
    a_row("f", "broken", acknowledged=True, before=SourceHealth.BROKEN),
    a_row("g", "paused", pause_reason="Umbau", person="Kim"),
]


def test_the_broken_come_first_then_what_fails_then_the_quiet_then_the_recovered():
    told = message(ROWS, [a_row("e", "ok")])
    assert told.subject == (
        "[Musterdesk] 1 source is broken, 1 source fails, 1 source is quiet, 1 source was not collected, 1 source is well again"
    )
    places = [told.text.index(name) for name in ("Fraktion a", "Fraktion b", "Fraktion c", "Fraktion e", "Fraktion d")]
    assert places == sorted(places)
    assert "[new] Fraktion a" in told.text
    assert "[new] Fraktion c" not in told.text
    assert "Fraktion f" not in told.text
    assert "2 of 7 sources are well. 1 is paused. The trouble of 1 is known." in told.text
    assert told.data["well"] == 2
    assert [row["key"] for row in told.data["sources"]] == ["a", "b", "c", "d", "f"]


def test_the_report_speaks_german_where_the_desk_does():
    told = message(ROWS[:3], language="de")
    assert told.subject == "[Musterdesk] 1 Quelle ist kaputt, 1 Quelle ist gestört, 1 Quelle ist still"
    assert "3 Läufe nacheinander sind gescheitert" in told.text
    assert "Nichts Neues seit dem 02.02.2026: 22 Arbeitstage. Bei dieser Quelle sind 6 ein Alarm." in told.text


def test_all_well_is_said_too():
    assert message([a_row("e", "ok")]).subject == "[Musterdesk] All sources are well"


@pytest.mark.parametrize("field", ["name", "trouble", "parliament"])
def test_hostile_words_stay_words(field):
    told = message([a_row("a", "broken", **{field: HOSTILE})])
    assert "<script>" not in told.html
    assert "\n" not in told.subject


def test_each_trouble_links_to_its_source():
    assert 'href="https://desk.invalid/sources?source=a"' in message([a_row("a", "broken")]).html
