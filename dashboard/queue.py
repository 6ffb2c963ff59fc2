"""One visit's way through the review queue: which candidates, where it stands, and what can be undone."""

from dataclasses import dataclass, field

import streamlit as st

from dashboard import state
from dashboard.acting import act
from dashboard.opened import desk
from models import actions, queries
from models.queries import ClaimFilter, QueueCard, QueueRow
from models.words import DismissReason

NEXT = 6  # candidates listed after the one that is shown
# In the order of the keys 1 to 4.
WHYS = (DismissReason.NO_CLAIM, DismissReason.NOT_CHECKABLE, DismissReason.DUPLICATE, DismissReason.OTHER)


@dataclass
class Queue:
    """The candidates of a filter as they were when it was set; decided ones leave, undone ones come back to their place."""

    wanted: ClaimFilter
    ids: list[int]
    at: int = 0
    mode: str = ""  # "", "dismiss" (which reason?), "other" (in words), "edit"
    said: str = ""  # why the last key did nothing
    overtaken: bool = False
    decided: list[tuple[int, int]] = field(default_factory=list)  # candidate and its place, the last one at the end

    @property
    def current(self) -> int | None:
        """The candidate that is shown."""
        return self.ids[self.at] if self.ids else None

    def move(self, steps: int) -> None:
        """To a later or an earlier candidate; stays at the ends."""
        self._settle()
        self.at = max(0, min(self.at + steps, len(self.ids) - 1))

    def choose(self, mode: str) -> None:
        """Ask for what a decision needs, or stop asking."""
        self.said, self.overtaken, self.mode = "", False, "" if self.mode == mode else mode

    def track(self, revision: int) -> None:
        """Follow the candidate up."""
        self._decide(actions.track, revision)

    def dismiss(self, revision: int, why: DismissReason, reason: str = "") -> None:
        """Say why it is no claim of ours."""
        self._decide(actions.dismiss, revision, why=why, reason=reason)

    def undo(self) -> None:
        """Take back the last decision of this visit and show its candidate again."""
        self._settle()
        if not self.decided:
            t = state.texts()
            self.said = t("Nothing was decided in this visit that could be undone.")
            return
        claim_id, place = self.decided.pop()
        with desk().database.reading() as session:
            claim = queries.claim_for_page(session, claim_id)
        if claim is None:
            return
        outcome = act(actions.undo, claim_id, claim.revision)
        if not outcome.done:
            self.said, self.overtaken = outcome.refused, outcome.overtaken
            return
        self.ids.insert(min(place, len(self.ids)), claim_id)
        self.at = self.ids.index(claim_id)

    def drop(self) -> None:
        """Leave out a candidate that somebody else decided about meanwhile."""
        del self.ids[self.at]
        self.at = max(0, min(self.at, len(self.ids) - 1))

    def _decide(self, action: object, revision: int, **given: object) -> None:
        claim_id = self.current
        if claim_id is None:
            return
        outcome = act(action, claim_id, revision, **given)  # type: ignore[arg-type]
        if outcome.done:
            self._settle()
            self.decided.append((claim_id, self.at))
            self.drop()
        else:
            self.said, self.overtaken = outcome.refused, outcome.overtaken

    def _settle(self) -> None:
        self.mode, self.said, self.overtaken = "", "", False


def queue_of(wanted: ClaimFilter) -> Queue:
    """The visit's queue for a filter; asked for anew when the filter is another one or all is decided."""
    kept: Queue | None = st.session_state.get("queue")
    if kept is not None and kept.wanted == wanted and kept.ids:
        return kept
    with desk().database.reading() as session:
        ids = queries.queue_ids(session, wanted)
    queue = Queue(wanted, ids, decided=kept.decided if kept is not None else [])
    st.session_state["queue"] = queue
    return queue


def card_and_next(queue: Queue) -> tuple[QueueCard | None, list[QueueRow]]:
    """The candidate that is shown and those after it; candidates that were decided elsewhere are passed over."""
    with desk().database.reading() as session:
        card = None
        while queue.current is not None and (card := queries.queue_card(session, queue.current)) is None:
            queue.drop()
        return card, queries.queue_rows(session, queue.ids[queue.at + 1 : queue.at + 1 + NEXT])
