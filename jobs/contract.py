"""Holding a run against what is expected of its source: numbers from the database, decisions from `scrapers.contract`."""

import asyncio
from dataclasses import dataclass, field

from jobs.desk import Desk
from models import Snapshot, SourceState, actions, queries
from models.words import Outcome
from scrapers.contract import (
    NEWEST_RELEASES,
    Breach,
    conclusion,
    weigh_filled,
    weigh_items,
    weigh_newest,
    weigh_page,
)
from scrapers.declaration import ListDeclaration, Source
from scrapers.page import Page


@dataclass
class Watch:
    """One run under its contract."""

    desk: Desk
    source: Source
    key: str
    run_id: int
    breaches: list[Breach] = field(default_factory=list)

    async def list_read(self, declared: ListDeclaration, snapshot: Snapshot, items: int) -> None:
        """Weigh the first page of a list, which names so many releases."""
        expected = self.source.expect
        with self.desk.database.reading() as session:
            usual = queries.usual_items(session, self.key, declared.address)
        self._note(weigh_items(expected, items, usual, declared.address))
        if declared.kind == "html" and (expected.canary or expected.never):
            # In a thread, as everywhere: a hostile page may keep the parser busy.
            self._note(await asyncio.to_thread(_weighed, self.source, snapshot, declared.address))

    def list_used(self, declared: ListDeclaration, items: int) -> None:
        """Remember the list that the run goes by."""
        with self.desk.database.writing(visible=False) as session:
            actions.note_list(session, self.run_id, address=declared.address, items=items)

    def conclude(self, outcome: Outcome | None, trouble: str | None) -> tuple[Outcome | None, str | None]:
        """The run's outcome and trouble, its releases and the age of the newest weighed in.

        A run that did not go well is bad already, and what it brought is no sample.
        """
        if outcome is not None:
            return outcome, trouble
        expected, today = self.source.expect, self.desk.today()
        with self.desk.database.reading() as session:
            state = session.get_one(SourceState, self.key)
            newest = queries.newest_release(session, self.key, today)
            filled = queries.filled(
                session, self.key, since=state.normal_since, characters=expected.body_characters, limit=NEWEST_RELEASES
            )
        self._note(weigh_newest(expected, newest, today))
        self._note(weigh_filled(expected, filled, dated=bool(self.source.release.date)))
        return conclusion(self.breaches)

    def _note(self, breaches: list[Breach]) -> None:
        self.breaches += breaches
        if not breaches:
            return
        now = self.desk.clock()
        with self.desk.database.writing() as session:
            for breach in breaches:
                actions.note_issue(session, self.run_id, kind=breach.kind, message=breach.message, at=now, address=breach.address)


def _weighed(source: Source, snapshot: Snapshot, address: str) -> list[Breach]:
    page = Page.of(snapshot.content, snapshot.charset, snapshot.final_address)
    return weigh_page(source.expect, page, address)
