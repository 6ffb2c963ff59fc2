"""Playing the demo's years with a stepped clock, through the same jobs and actions as a real desk's.

Every step is recorded as a run, so a demo that was killed goes on where it stopped and ends as an undisturbed one does.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.collect import collect
from jobs.demo.site import DemoSite
from jobs.demo.texts import DemoRelease, DeskAction, demo_releases, desk_actions
from jobs.desk import Desk
from jobs.fall_due import fall_due
from models import actions, queries
from models.actions import NewEvidence
from models.words import Action, DismissReason, EvidenceKind, Outcome
from scrapers.fetch import Fetcher

EVENING = time(18)
SETTLING = timedelta(days=2)  # a page must be missed twice a day apart before it counts as gone
PLAY = "play"

# Called with (days done, all days, the day) after each step.
Progress = Callable[[int, int, date], None]


class SteppedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        """Start at a moment."""
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.moment


class DemoError(Exception):
    """The demo's own material does not fit together; the message names the place."""


def play_days(until: date) -> list[date]:
    """The days on which something happens: releases, silent edits and deletions, and what the desk did."""
    days: set[date] = set()
    for release in demo_releases():
        days |= {release.published} if release.published else set()
        days |= {edit.on + SETTLING for edit in release.edits}
        if release.gone is not None:
            days |= {release.gone + timedelta(days=n) for n in (1, 3)}
    days |= {action.on for action in desk_actions()}
    return sorted(day for day in days if day < until)


async def play(desk: Desk, fetcher: Fetcher, site: DemoSite, until: date, *, progress: Progress | None = None) -> None:
    """Play every day that was not played before `until`."""
    days = play_days(until)
    with desk.database.reading() as session:
        played = queries.days_of(session, PLAY)
    by_day: dict[date, list[DeskAction]] = {}
    for action in desk_actions():
        by_day.setdefault(action.on, []).append(action)
    for number, day in enumerate(days, 1):
        if day not in played:
            await _play_day(desk, fetcher, site, day, by_day.get(day, []))
        if progress is not None:
            progress(number, len(days), day)


async def _play_day(desk: Desk, fetcher: Fetcher, site: DemoSite, day: date, to_do: list[DeskAction]) -> None:
    moment = datetime.combine(day, EVENING, ZoneInfo(desk.settings.timezone)).astimezone(UTC)
    # Notices are for what happens from now on; years gone by are told to nobody.
    then = replace(desk, clock=SteppedClock(moment), settings=desk.settings.model_copy(update={"channels": ()}))
    site.day = day
    for key, source in then.sources.items():
        if not site.shown(source.home.removeprefix(site.address).split("/")[1]):
            continue  # a faction is watched from its first release on; an empty list would rightly be a failure
        run = await collect(then, fetcher, key)
        if run.outcome not in {Outcome.OK_NEW, Outcome.OK_UNCHANGED}:
            raise DemoError(f"The demo's site could not be collected on {day}: {run.trouble}")
    for action in to_do:
        _act(then, site, action)
    fall_due(then)
    with then.database.writing() as session:
        run = actions.start_run(session, PLAY, moment)
        actions.end_run(session, run.id, Outcome.OK_UNCHANGED, moment)


def _act(desk: Desk, site: DemoSite, action: DeskAction) -> None:
    """Do what the desk did that day, unless a run that was cut short has done it already."""
    address = f"{site.address}/{action.release.replace('/', '/presse/', 1)}"
    now = desk.clock()
    with desk.database.writing() as session:
        claim_id = queries.claim_quoted(session, address, action.quote)
        if claim_id is None:
            raise DemoError(f"desk.toml, {action.on} {action.release}: no claim was found in {action.quote!r}.")
        if queries.was_decided(session, claim_id, Action(action.do), now):
            return
        actor = actions.person_named(session, action.by, now)
        given = action.given
        reason = str(given.get("reason", ""))
        if action.do == "track":
            actions.track(session, claim_id, actor=actor, now=now, reason=reason)
        elif action.do == "dismiss":
            actions.dismiss(session, claim_id, why=DismissReason(given["reason_code"]), actor=actor, now=now, reason=reason)
        elif action.do == "judge":
            actions.judge(
                session,
                claim_id,
                value=given["value"],
                reason=reason,
                actor=actor,
                now=now,
                holds_for=given.get("holds_for"),
                evidence=_evidence(given.get("evidence")),
                answered=given.get("answered", ()),
            )
        elif action.do == "dispute":
            actions.dispute(
                session,
                claim_id,
                ground=given["ground"],
                objector=given.get("objector", ""),
                position=given.get("position", ""),
                actor=actor,
                now=now,
            )
        else:
            actions.resolve(session, claim_id, resolution=reason, actor=actor, now=now)


def _evidence(given: dict[str, str] | None) -> NewEvidence | None:
    if given is None:
        return None
    return NewEvidence(kind=EvidenceKind(given["kind"]), address=given.get("address", ""), note=given.get("note", ""))


def published_live(releases: list[DemoRelease], day: date) -> list[DemoRelease]:
    """The releases of the live demo, dated the day it went live."""
    return [replace(release, published=day) for release in releases]
