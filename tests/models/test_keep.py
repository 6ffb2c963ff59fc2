from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from models import Body, Change, Claim, Finding, FollowUp, Release, ReleaseVersion, Snapshot, actions, queries
from models.words import ChangeKind, FollowUpRule, VersionCause

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."
LOWER = PLEDGE.replace("25 Millionen", "2,5 Millionen")
DAY = timedelta(days=1)
TEXT = f"Titel\n\n{PLEDGE} Das ist gut."


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_new_release_is_kept_with_its_claims(desk):
    kept = desk.keep(TEXT, [PLEDGE])
    assert (kept.is_new, kept.change, [claim.quote for claim in kept.new_claims]) == (True, None, [PLEDGE])
    with desk.database.reading() as session:
        claim = queries.claim_for_page(session, kept.new_claims[0].id)
        assert claim.version.text[claim.start : claim.end] == claim.quote
        assert claim.finding.speaker.name == "Stefan Lenzen"
        assert claim.version.snapshot.content == TEXT.encode()
        assert [appearance.first for appearance in claim.appearances] == [True]


def test_an_unchanged_visit_leaves_no_trace_but_the_visit(desk):
    desk.keep(TEXT, [PLEDGE])
    kept = desk.keep(TEXT, [PLEDGE], NOW + DAY)
    assert (kept.is_new, kept.change, kept.new_claims) == (False, None, [])
    with desk.database.reading() as session:
        assert [count(session, table) for table in (Release, ReleaseVersion, Claim, Finding, Snapshot, Body)] == [
            1,
            1,
            1,
            1,
            1,
            1,
        ]
        assert session.scalars(select(Release)).one().last_visit_at == NOW + DAY


def test_white_space_is_no_edit(desk):
    desk.keep(TEXT, [PLEDGE])
    assert desk.keep(TEXT.replace(" ", "  "), [], NOW + DAY).change is None


def test_an_edit_is_a_version_and_a_change_and_the_reworded_sentence_stays_the_same_claim(desk):
    desk.keep(TEXT, [PLEDGE])
    kept = desk.keep(TEXT.replace(PLEDGE, LOWER), [LOWER], NOW + DAY)
    assert (kept.change.kind, kept.new_claims) == (ChangeKind.EDITED, [])
    with desk.database.reading() as session:
        claim = session.scalars(select(Claim)).one()
        assert claim.quote == PLEDGE
        assert [a.quote for a in claim.appearances] == [PLEDGE, LOWER]
        assert [(f.version.number, f.current) for f in claim.findings] == [(1, True), (2, False)]


def test_there_and_back_again_is_three_versions(desk):
    desk.keep(TEXT, [PLEDGE])
    desk.keep(TEXT.replace(PLEDGE, LOWER), [LOWER], NOW + DAY)
    kept = desk.keep(TEXT, [PLEDGE], NOW + 2 * DAY)
    assert [version.number for version in kept.release.versions] == [1, 2, 3]
    with desk.database.reading() as session:
        assert [a.version.number for a in session.scalars(select(Claim)).one().appearances] == [1, 2, 3]
        assert count(session, Snapshot) == 2
        assert count(session, Body) == 2


def test_of_the_claims_an_edit_concerns_the_tracked_ones_come_back_to_the_desk_once_for_each_edit(desk):
    other = "Die Zahl ist um 12 Prozent gestiegen."
    tracked, candidate = desk.keep(f"{TEXT} {other}", [PLEDGE, other]).new_claims
    desk.act(actions.track, tracked.id)
    changes = [desk.keep(text, [], NOW + DAY).change for text in ("Titel\n\nEtwas ganz anderes.", "Titel\n\nUnd wieder etwas.")]
    for change in (*changes, changes[0]):
        with desk.database.writing() as session:
            claims = [session.get_one(Claim, claim.id) for claim in (tracked, candidate)]
            assert len(actions.reopen_claims(claims, session.get_one(Change, change.id), NOW + DAY)) == 1
    with desk.database.reading() as session:
        reopened = session.scalars(select(FollowUp).where(FollowUp.rule == FollowUpRule.EDITED).order_by(FollowUp.id)).all()
        assert [(f.claim_id, f.change_id) for f in reopened] == [(tracked.id, change.id) for change in changes]


def test_a_page_that_went_back_is_the_newest_and_bears_its_newest_validators(desk):
    for content, etag, days in ((b"A", "1", 0), (b"B", "2", 1), (b"A", "3", 2)):
        desk.snapshot(content, NOW + days * DAY, headers={"etag": etag})
    with desk.database.reading() as session:
        newest = queries.last_snapshot(session, "https://x.example/1")
        assert (newest.content, newest.validators, newest.headers) == (b"A", {"etag": "3"}, {"etag": "1"})
        assert (newest.fetched_at, newest.last_seen_at) == (NOW, NOW + 2 * DAY)


def test_a_day_that_a_better_reader_finds_is_taken_over_and_one_it_does_not_find_is_kept(desk):
    release = desk.keep(TEXT, [PLEDGE]).release
    days = []
    for reader, day in (("1", date(2019, 1, 1)), ("2", date(2019, 11, 26)), ("3", None)):
        with desk.database.writing() as session:
            kept = session.get_one(Release, release.id)
            again = ReleaseVersion(title="", text=TEXT, text_sha256="", published_on=day, reader=reader, read_at=NOW + DAY)
            actions.take_over_day(kept, again)
            days.append((kept.published_on, kept.current.reader))
    assert days == [(date(2019, 11, 27), "1"), (date(2019, 11, 26), "2"), (date(2019, 11, 26), "3")]


def test_when_half_of_a_source_is_missing_nothing_is_taken_for_deleted(desk):
    releases = [desk.keep(f"{TEXT} {n}", [], address=f"https://x.example/{n}").release for n in range(12)]
    relaunched = []
    for release in releases[:6]:
        with desk.database.writing() as session:
            relaunched.append(queries.looks_relaunched(session, "x", NOW + DAY))
            actions.miss_release(session.get_one(Release, release.id), NOW + DAY)
    assert relaunched == [False] * 6
    with desk.database.writing() as session:
        assert queries.looks_relaunched(session, "x", NOW + DAY)
        assert actions.miss_release(session.get_one(Release, releases[0].id), NOW + 3 * DAY, held=True) is None


def test_a_page_is_gone_after_two_misses_a_day_apart_and_can_come_back(desk):
    release = desk.keep(TEXT, [PLEDGE]).release
    changes = []
    for hours in (1, 5, 26, 40):
        with desk.database.writing() as session:
            change = actions.miss_release(session.get_one(Release, release.id), NOW + timedelta(hours=hours))
            changes.append(change and change.kind)
    assert changes == [None, None, ChangeKind.GONE, None]
    assert desk.keep(TEXT, [PLEDGE], NOW + 3 * DAY).change.kind is ChangeKind.BACK


def test_a_joint_release_has_both_factions(desk):
    kept = desk.keep(TEXT, [PLEDGE], factions=("FDP", "CDU"))
    with desk.database.reading() as session:
        assert [f.name for f in session.get_one(Release, kept.release.id).factions] == ["CDU", "FDP"]
        for name in ("FDP", "CDU"):
            assert queries.count_claims(session, queries.ClaimFilter(faction=(name,))) == 1


def test_better_rules_replace_the_finding_and_keep_the_old_one(desk):
    claim = desk.keep(TEXT, [PLEDGE]).new_claims[0]
    with desk.database.writing() as session:
        release = session.get_one(Release, claim.release_id)
        start = TEXT.index(PLEDGE)
        better = Finding(rules_version="2", found_at=NOW, kind="pledge", start=start, end=start + len(PLEDGE), score=0.7)
        assert actions.keep_claims(session, release, release.current, [(better, None)], NOW) == []
        assert actions.withdraw_candidates(session, release.current, "2") == 0
    with desk.database.reading() as session:
        assert [(f.rules_version, f.current) for f in session.scalars(select(Finding).order_by(Finding.id))] == [
            ("1", False),
            ("2", True),
        ]


def test_a_candidate_that_better_rules_do_not_find_leaves_the_lists_but_a_tracked_claim_stays(desk):
    other = "Die Zahl ist um 12 Prozent gestiegen."
    tracked, candidate = desk.keep(f"{TEXT} {other}", [PLEDGE, other]).new_claims
    desk.act(actions.track, tracked.id)
    with desk.database.writing() as session:
        assert actions.withdraw_candidates(session, session.get_one(Claim, candidate.id).version, "2") == 1
    with desk.database.reading() as session:
        assert [row.id for row in queries.claim_rows(session, queries.ClaimFilter())] == [tracked.id]


def test_a_visit_comes_later_the_older_the_release_is(desk):
    release = desk.keep(TEXT).release
    waits = []
    for days in (0, 4, 400):
        actions.keep_visit(release, NOW + days * DAY)
        waits.append(release.next_visit_at - release.last_visit_at)
    assert waits == [timedelta(hours=6), DAY, 30 * DAY]


def test_an_old_release_that_is_found_late_is_not_visited_often(desk):
    release = desk.keep(TEXT, published=date(2012, 5, 1)).release
    assert release.next_visit_at - release.last_visit_at == 182 * DAY


def test_a_day_that_the_publisher_moves_moves_the_release(desk):
    desk.keep(TEXT, [PLEDGE])
    desk.keep(f"{TEXT} Heute.", [PLEDGE], NOW + DAY, published=date(2020, 2, 3))
    desk.keep(f"{TEXT} Ohne Tag.", [PLEDGE], NOW + 2 * DAY, published=None)
    with desk.database.reading() as session:
        release = session.scalars(select(Release)).one()
        assert (release.published_on, release.month) == (date(2020, 2, 3), date(2020, 2, 1))


def test_a_release_without_a_day_counts_in_the_month_it_was_seen(desk):
    release = desk.keep(TEXT, [PLEDGE], published=None).release
    assert (release.published_on, release.month) == (None, date(2019, 11, 1))


def test_what_a_better_reader_reads_is_a_version_but_no_edit(desk):
    claim = desk.keep(TEXT, [PLEDGE]).new_claims[0]
    desk.act(actions.track, claim.id)
    kept = desk.keep("Titel\n\nEtwas ganz anderes.", [], NOW + DAY, cause=VersionCause.READER)
    assert (kept.change, [version.number for version in kept.release.versions]) == (None, [1, 2])
    with desk.database.reading() as session:
        assert {f.rule for f in session.scalars(select(FollowUp))} == {FollowUpRule.DEADLINE, FollowUpRule.HALF_WAY}


def test_a_sentence_with_little_in_common_is_a_new_claim(desk):
    desk.keep(TEXT, [PLEDGE])
    other = "Die Quote ist auf 12 Prozent gestiegen."
    kept = desk.keep(TEXT.replace(PLEDGE, other), [other], NOW + DAY)
    assert [claim.quote for claim in kept.new_claims] == [other]


def test_two_claims_with_the_same_words_stay_two(desk):
    text = f"{TEXT}\n\n{PLEDGE}"
    desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE])
    kept = desk.keep(text, [PLEDGE, PLEDGE], NOW + DAY)
    assert len(kept.new_claims) == 1


@pytest.mark.parametrize(("hours", "gone"), [(23, False), (24, True)])
def test_only_a_whole_day_between_two_misses_makes_a_page_gone(desk, hours, gone):
    claim = desk.keep(TEXT, [PLEDGE]).new_claims[0]
    desk.act(actions.track, claim.id)
    for when in (NOW, NOW + timedelta(hours=hours)):
        with desk.database.writing() as session:
            actions.miss_release(session.get_one(Release, claim.release_id), when)
    with desk.database.reading() as session:
        assert (session.get_one(Release, claim.release_id).gone_at is not None) is gone
        assert (FollowUpRule.GONE in {f.rule for f in session.scalars(select(FollowUp))}) is gone


def test_a_page_that_was_there_in_between_is_not_gone(desk):
    release = desk.keep(TEXT, [PLEDGE]).release
    for when, text in ((NOW, None), (NOW + DAY / 2, TEXT), (NOW + DAY, None)):
        if text:
            desk.keep(text, [PLEDGE], when)
            continue
        with desk.database.writing() as session:
            actions.miss_release(session.get_one(Release, release.id), when)
    with desk.database.reading() as session:
        assert session.get_one(Release, release.id).gone_at is None


def test_the_same_bytes_are_archived_once_and_elsewhere_with_another_snapshot(desk):
    first = desk.snapshot(b"<p>A</p>")
    assert desk.snapshot(b"<p>A</p>", NOW + DAY).id == first.id
    assert desk.snapshot(b"<p>A</p>", address="https://x.example/2").id != first.id
    with desk.database.reading() as session:
        assert (count(session, Snapshot), count(session, Body)) == (2, 1)
        assert session.scalars(select(Body)).one().content == b"<p>A</p>"
