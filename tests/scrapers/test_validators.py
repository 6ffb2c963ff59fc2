"""ETag and Last-Modified: what is asked for with them, and when a host is not believed any more."""

from datetime import UTC, datetime, timedelta

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.validators import LONGEST_TRUST, Validators

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOST = "muster.invalid:443"
TAG = {"etag": '"7"', "last-modified": "Mon, 05 Jan 2026 08:00:00 GMT"}
ASKED = {"If-None-Match": '"7"', "If-Modified-Since": "Mon, 05 Jan 2026 08:00:00 GMT"}


def snapshot(content=b"a", headers=TAG, status=200, at=NOW, address="https://muster.invalid/a"):
    return Snapshot(
        address=address,
        final_address=address,
        purpose=SnapshotPurpose.RELEASE,
        fetched_at=at,
        status=status,
        headers=dict(headers),
        body=Body.of(content),
    )


def unchanged(at=NOW):
    return snapshot(b"", {}, 304, at)


def test_a_page_is_asked_for_with_what_its_snapshot_was_served_with():
    assert Validators().conditions(snapshot(), HOST, NOW) == ASKED
    assert Validators().conditions(snapshot(headers={"etag": 'W/"7"'}), HOST, NOW) == {"If-None-Match": 'W/"7"'}


@pytest.mark.parametrize(
    "known",
    [
        None,
        snapshot(headers={}),
        snapshot(status=404),
        snapshot(headers={"etag": ""}),
        snapshot(headers={"etag": '"ü"'}),
        snapshot(headers={"etag": '"a\nb"'}),
        snapshot(headers={"etag": "x" * 513}),
    ],
)
def test_a_page_without_usable_validators_is_fetched(known):
    assert Validators().conditions(known, HOST, NOW) == {}


def test_every_tenth_visit_fetches_the_page_whatever_the_host_says():
    validators = Validators()
    known = snapshot()
    asked = []
    for _ in range(20):
        conditions = validators.conditions(known, HOST, NOW)
        asked.append(bool(conditions))
        validators.note(known, unchanged() if conditions else snapshot(), HOST)
    assert asked == ([True] * 9 + [False]) * 2


def test_a_page_not_fetched_for_a_month_is_fetched_and_then_trusted_again():
    validators = Validators()
    known = snapshot()
    later = NOW + LONGEST_TRUST
    assert validators.conditions(known, HOST, later - timedelta(seconds=1))
    assert validators.conditions(known, HOST, later) == {}
    validators.note(known, snapshot(at=later), HOST)
    assert validators.conditions(known, HOST, later + timedelta(days=29))


def test_the_newest_validators_of_the_same_bytes_count():
    validators = Validators()
    known = snapshot()
    validators.note(known, snapshot(headers={"etag": '"8"'}), HOST)
    assert validators.conditions(known, HOST, NOW) == {"If-None-Match": '"8"'}
    assert validators.conditions(snapshot(b"other bytes"), HOST, NOW) == ASKED


@pytest.mark.parametrize(
    ("before", "after", "lies"),
    [
        (TAG, TAG, True),
        ({"etag": '"7"'}, {"etag": '"7"'}, True),
        ({"last-modified": "x"}, {"last-modified": "x"}, True),
        ({"etag": '"7"'}, {"etag": '"8"'}, False),
        (TAG, TAG | {"etag": '"8"'}, False),
        ({"last-modified": "x"}, {"last-modified": "y"}, False),
        ({"etag": '"7"'}, {"last-modified": "x"}, False),
        ({}, {}, False),
        (TAG, {}, False),
    ],
)
def test_a_host_whose_page_changes_under_the_same_validators_is_not_believed(before, after, lies):
    validators = Validators()
    validators.note(snapshot(headers=before), snapshot(b"changed", after), HOST)
    assert (HOST in validators.liars) is lies
    assert bool(validators.conditions(snapshot(b"third"), HOST, NOW)) is not lies
    assert validators.conditions(snapshot(b"third"), "other.invalid:443", NOW)


def test_the_same_bytes_under_the_same_validators_are_no_lie():
    validators = Validators()
    validators.note(snapshot(), snapshot(), HOST)
    assert validators.liars == set()


def test_an_error_changes_nothing_of_what_is_known():
    validators = Validators()
    validators.note(snapshot(), snapshot(b"no", {"etag": '"9"'}, 500), HOST)
    assert validators.conditions(snapshot(), HOST, NOW) == ASKED


def test_only_so_many_pages_are_remembered(monkeypatch):
    monkeypatch.setattr("scrapers.validators.MOST_PAGES", 3)
    validators = Validators()
    for number in range(10):
        validators.note(None, snapshot(address=f"https://muster.invalid/{number}"), HOST)
    assert len(validators._pages) == 3
