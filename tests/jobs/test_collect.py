from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobs.answer import answer_requests
from jobs.demo.texts import Edit
from jobs.fall_due import fall_due
from jobs.reread import UnknownRulesVersion, reread
from models import Change, Claim, Evidence, Finding, FollowUp, Issue, Notice, Release, Snapshot, SourceState, actions, queries
from models.actions import NewEvidence
from models.words import ChangeKind, EvidenceState, FollowUpRule, Kind, Outcome, RequestKind, SourceHealth

DAY = timedelta(days=1)
PLEDGE = "Im kommenden Jahr stellen wir 40 Millionen Euro für die Schulen bereit."


def test_nothing_new_is_said_only_if_the_list_yielded_known_items(press):
    assert press.collect().outcome is Outcome.OK_NEW
    assert press.collect(DAY).outcome is Outcome.OK_UNCHANGED


def test_an_empty_list_is_a_failure_and_three_break_the_source(press):
    press.collect()
    press.releases.clear()
    runs = [press.collect(n * DAY) for n in (1, 2, 3)]
    assert {run.outcome for run in runs} == {Outcome.FAILED}
    assert "list items" in runs[0].trouble
    with press.desk.database.reading() as session:
        assert session.get_one(SourceState, "um").health is SourceHealth.BROKEN


def test_the_first_run_tells_one_summary_and_later_releases_one_notice_each(tmp_path, press):
    press.settings = press.settings.model_copy(update={"channels": ("console",)})
    press.publish("older", date(2024, 1, 3), "Es gibt 12 neue Schulen.")
    press.collect()
    press.publish("new", date(2024, 3, 2), PLEDGE)
    press.collect(2 * DAY)
    press.collect(2 * DAY)
    with press.desk.database.reading() as session:
        assert [notice.event.value for notice in session.scalars(select(Notice).order_by(Notice.id))] == ["baseline", "release"]


def test_a_failing_release_becomes_an_issue_and_the_run_goes_on(press):
    for n in range(5):
        press.publish(f"good-{n}", date(2024, 2, 2 + n), "Es gibt 12 neue Schulen.")
    press.publish("short", date(2024, 2, 20), "")
    press.releases[-1] = press.releases[-1].__class__(**{**press.releases[-1].__dict__, "body": "Kurz."})
    run = press.collect()
    assert (run.new, run.failed, run.outcome) == (6, 1, Outcome.OK_NEW)
    with press.desk.database.reading() as session:
        issue = session.scalars(select(Issue)).one()
        assert issue.kind == "unreadable"
        assert issue.address.endswith("/um/presse/short")


def test_a_page_is_archived_even_if_it_cannot_be_read(press):
    press.collect(
        change=lambda source: source.model_copy(update={"release": source.release.model_copy(update={"title": "h1.none"})})
    )
    with press.desk.database.reading() as session:
        assert session.scalar(select(Snapshot).where(Snapshot.address.endswith("/old"))).content.startswith(b"<!doctype html>")
        assert queries.totals(session).releases == 0
        assert "h1.none" in session.scalars(select(Issue)).first().message


def test_an_edit_is_a_new_version_and_brings_a_tracked_claim_back(press):
    lowered = PLEDGE.replace("40", "24")
    press.publish("money", date(2024, 2, 25), PLEDGE)
    edited = press.releases[-1].body.replace("40", "24")
    press.releases[-1] = press.releases[-1].__class__(
        **{**press.releases[-1].__dict__, "edits": (Edit(date(2024, 3, 5), edited),)}
    )
    press.collect()
    with press.desk.database.writing() as session:
        claim = session.scalars(select(Claim).where(Claim.quote == PLEDGE)).one()
        actions.track(session, claim.id, actor=actions.person_named(session, "Kim", press.desk.clock()), now=press.desk.clock())
    run = press.collect(8 * DAY)
    assert run.changed == 1
    with press.desk.database.reading() as session:
        claims = session.scalars(select(Claim).where(Claim.quote.contains("Millionen"))).all()
        assert [(claim.quote, [a.quote for a in claim.appearances]) for claim in claims] == [(PLEDGE, [PLEDGE, lowered])]
        assert session.scalars(select(Change)).one().kind is ChangeKind.EDITED
        assert {follow_up.rule for follow_up in session.scalars(select(FollowUp))} == {
            FollowUpRule.DEADLINE,
            FollowUpRule.HALF_WAY,
            FollowUpRule.EDITED,
        }


def test_a_page_counts_as_gone_only_after_two_visits_a_day_apart(press):
    press.publish("gone", date(2024, 2, 25), PLEDGE, gone=date(2024, 3, 3))
    press.collect()
    assert press.collect(3 * DAY).changed == 0
    assert press.collect(3 * DAY + timedelta(hours=2)).changed == 0
    assert press.collect(5 * DAY).changed == 1
    with press.desk.database.reading() as session:
        assert session.scalars(select(Release.address).where(Release.gone_at.is_not(None))).one().endswith("/gone")


def test_a_due_claim_is_raised_once(press):
    press.publish("money", date(2024, 2, 25), PLEDGE)
    press.collect()
    with press.desk.database.writing() as session:
        claim = session.scalars(select(Claim).where(Claim.quote == PLEDGE)).one()
        actions.track(session, claim.id, actor=actions.person_named(session, "Kim", press.desk.clock()), now=press.desk.clock())
    press.after = timedelta(days=400)
    assert [fall_due(press.desk), fall_due(press.desk)] == [1, 0]  # half way
    press.after = timedelta(days=669)
    assert [fall_due(press.desk), fall_due(press.desk)] == [0, 0]
    press.after = timedelta(days=670)
    assert [fall_due(press.desk), fall_due(press.desk)] == [1, 0]


def test_reading_anew_changes_nothing_that_people_decided_and_tells_nobody(press):
    press.collect()
    with press.desk.database.writing() as session:
        claim = session.scalars(select(Claim)).first()
        actions.judge(
            session,
            claim.id,
            value="wrong",
            reason="nein",
            evidence=NewEvidence(note="Statistik"),
            actor=actions.person_named(session, "Kim", press.desk.clock()),
            now=press.desk.clock(),
        )
    done = reread(press.desk)
    assert (done.releases, done.versions, done.claims, done.failed) == (1, 0, 0, 0)
    with press.desk.database.reading() as session:
        assert session.scalars(select(Claim)).first().status == "wrong"


def test_evidence_is_archived_or_brings_the_claim_back_with_the_reason(press):
    press.collect()
    with press.desk.database.writing() as session:
        claim = session.scalars(select(Claim)).first()
        actor = actions.person_named(session, "Kim", press.desk.clock())
        for address in (f"http://127.0.0.1:{press.port}/", f"http://127.0.0.1:{press.port}/nowhere"):
            actions.judge(
                session,
                claim.id,
                value="wrong",
                reason="nein",
                actor=actor,
                now=press.desk.clock(),
                evidence=NewEvidence(address=address),
            )
    assert press.run(answer_requests, DAY) == 2
    with press.desk.database.reading() as session:
        good, bad = session.scalars(select(Evidence).order_by(Evidence.id))
        assert good.state is EvidenceState.ARCHIVED
        assert b"Landtag Musterland" in good.snapshot.content
        assert bad.state is EvidenceState.FAILED
        assert "404" in bad.failure
        assert [f.rule for f in session.scalars(select(FollowUp))] == [FollowUpRule.EVIDENCE_FAILED]


def test_a_request_of_the_dashboard_collects_a_source(press):
    press.collect()
    press.publish("news", date(2024, 3, 2), PLEDGE)
    with press.desk.database.writing() as session:
        asked = actions.ask(session, RequestKind.COLLECT, {"source": "um"}, asked_by="Kim", now=press.desk.clock())
        assert actions.ask(session, RequestKind.COLLECT, {"source": "um"}, asked_by="Toni", now=press.desk.clock()).id == asked.id
    press.run(answer_requests, 2 * DAY)
    with press.desk.database.reading() as session:
        assert queries.totals(session).releases == 2
        assert queries.open_requests(session) == set()


def test_a_run_that_is_cut_short_is_closed_and_counts_against_nobody(press):
    import asyncio

    from jobs.collect import collect
    from models import Run

    async def cut(desk, fetcher):
        task = asyncio.create_task(collect(desk, fetcher, "um"))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    press.run(cut)
    with press.desk.database.reading() as session:
        assert session.scalars(select(Run)).one().outcome is Outcome.ABORTED
        assert session.get_one(SourceState, "um").failures == 0
    assert press.collect().new == 1


def test_reading_anew_since_a_version_reports_what_today_s_rules_see_differently(press):
    press.publish("pledge", date(2024, 3, 1), PLEDGE)
    press.collect()
    with press.desk.database.writing() as session:
        finding = session.scalars(select(Finding).where(Finding.deadline.is_not(None))).first()
        kind, deadline = finding.kind, finding.deadline
        finding.rules_version, finding.kind, finding.deadline = "1", Kind.STATISTIC, None
        quote = finding.claim.quote
    done = reread(press.desk, since="1")
    change = next(change for change in done.changes if change.quote == quote)
    assert change.what == "changed"
    assert change.fields["kind"] == (Kind.STATISTIC, kind)
    assert change.fields["deadline"] == (None, deadline)
    # What was found before stays as a row beside it.
    with press.desk.database.reading() as session:
        kinds = [f.kind for f in session.scalars(select(Finding).where(Finding.claim_id == change.claim).order_by(Finding.id))]
    assert kinds == [Kind.STATISTIC, kind]
    assert [c for c in reread(press.desk).changes if c.quote == quote] == []


def test_reading_anew_since_a_version_that_never_was_names_those_that_were(press):
    press.collect()
    with pytest.raises(UnknownRulesVersion, match="version 0; there are: "):
        reread(press.desk, since="0")
