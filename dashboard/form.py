"""A form whose typed text is kept at once as a draft, and that knows what became of the attempt to save it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.acting import Outcome, act, say_refused
from dashboard.drafts import Draft, drop_draft, keep_draft, load_draft
from dashboard.labels import DOUBTS
from dashboard.merge import merge_html
from dashboard.opened import desk
from models import queries

# The widget itself offers ten years around today; pledges reach further.
DAYS = {"min_value": date(1900, 1, 1), "max_value": date(2199, 12, 31)}


class Form:
    """The fields of one form on one claim as it was drawn (`revision`).

    A draft is as old as the revision that it was typed against, so that a reload hides no change of somebody else.
    """

    def __init__(self, name: str, claim_id: int, revision: int) -> None:
        """Begin with the draft, if this person has left one."""
        self.name, self.claim_id = name, claim_id
        self._untouched: dict[str, Any] = {}  # each field's value without a draft
        self._draft = load_draft(self._folder, state.person_name(), claim_id, name)
        self._key_of_revision, self._key_of_outcome = self.key("revision"), self.key("outcome")
        begun = st.session_state.get(self._key_of_revision)
        self.revision: int = begun or (self._draft.revision if self._draft else revision)
        st.session_state[self._key_of_revision] = self.revision

    @property
    def _folder(self) -> Any:
        return desk().settings.data / "drafts"

    @property
    def outcome(self) -> Outcome | None:
        """What became of the last attempt to save; None before the first."""
        return st.session_state.get(self._key_of_outcome)

    @property
    def is_begun(self) -> bool:
        """Whether a draft is shown."""
        return self._draft is not None

    def key(self, field: str) -> str:
        """The name of a field in the session."""
        return f"{self.name}:{self.claim_id}:{field}"

    def forget(self) -> None:
        """Forget an earlier opening of the form; its draft stays."""
        for name in (self._key_of_revision, self._key_of_outcome):
            st.session_state.pop(name, None)

    def words(self, label: str, field: str, otherwise: str = "", **options: Any) -> str:
        """One line of text, kept while it is typed."""
        key = self._field(field, otherwise)
        return st.text_input(label, key=key, live=True, on_change=self.keep, **options) or ""

    def paragraph(self, label: str, field: str, otherwise: str = "", **options: Any) -> str:
        """Several lines of text, kept when the field is left."""
        return st.text_area(label, key=self._field(field, otherwise), on_change=self.keep, height="content", **options) or ""

    def day(self, label: str, field: str, otherwise: date | None = None, **options: Any) -> date | None:
        """A day, or none."""
        key = self._field(field, otherwise, read=lambda kept: date.fromisoformat(kept) if kept else None)
        shape = "DD.MM.YYYY" if state.language() == "de" else "DD/MM/YYYY"
        day = st.date_input(label, key=key, on_change=self.keep, format=shape, **{"value": None, **DAYS, **options})
        return day if isinstance(day, date) else None

    def choice(self, label: str, field: str, values: Sequence[Any], otherwise: Any, **options: Any) -> Any:
        """One of some values."""
        key = self._field(field, otherwise, read=lambda kept: kept if kept in values else otherwise)
        return st.selectbox(label, values, key=key, on_change=self.keep, **options)

    def number(self, label: str, field: str, otherwise: float | None, **options: Any) -> float | None:
        """A number from 0 on, or none."""
        return st.number_input(
            label, min_value=0.0, value=None, key=self._field(field, otherwise), on_change=self.keep, **options
        )

    def tick(self, label: str, field: str) -> bool:
        """Yes or no."""
        return st.checkbox(label, key=self._field(field, otherwise=False, read=bool), on_change=self.keep)

    def keep(self) -> None:
        """Write the draft: the fields that were touched."""
        typed = {field: st.session_state.get(self.key(field)) for field in self._untouched}
        values = {field: value for field, value in typed.items() if value != self._untouched[field]}
        keep_draft(self._folder, state.person_name(), self.claim_id, self.name, Draft(self.revision, values))

    def discard(self) -> None:
        """Throw away what was typed."""
        drop_draft(self._folder, state.person_name(), self.claim_id, self.name)
        for field in [*self._untouched, "answered"]:
            st.session_state.pop(self.key(field), None)
        self.forget()

    @property
    def answered(self) -> list[str]:
        """The doubts that the person has answered, by ticking."""
        is_ticked = st.session_state.get(self.key("answered"), False)
        return list(self.outcome.doubts) if self.outcome and is_ticked else []

    def finish(self, action: Callable[..., Any], *, on_done: Callable[[], None] | None = None, **given: Any) -> None:
        """The button that does it, and above it what became of the last attempt; what was typed stays until it is done."""
        t = state.texts()
        said = st.container()
        left, right = st.columns(2)
        if left.button(t("Save"), type="primary", key=self.key("save")) and self._save(action, given):
            if on_done is not None:
                on_done()
            st.session_state["done"] = True
            st.rerun()
        if self.is_begun and right.button(t("Throw the draft away"), type="tertiary", key=self.key("discard")):
            self.discard()
            st.rerun()
        with said:
            self._say()

    def _save(self, action: Callable[..., Any], given: dict[str, Any]) -> bool:
        outcome = act(action, self.claim_id, self.revision, **given)
        if outcome.done:
            self.discard()
            return True
        if outcome.overtaken:
            # The person sees both and decides anew, then on the claim as it stands now.
            with desk().database.reading() as session:
                claim = queries.claim_for_page(session, self.claim_id)
            if claim is not None:
                self.revision = st.session_state[self._key_of_revision] = claim.revision
        st.session_state[self._key_of_outcome] = outcome
        return False

    def _say(self) -> None:
        t, outcome = state.texts(), self.outcome
        if outcome is None:
            return
        if outcome.refused:
            say_refused(outcome.refused)
        if outcome.overtaken:
            st.warning(
                t("Somebody else changed this claim meanwhile. Compare, then save again or close; your text is still here.")
            )
            st.html(merge_html(outcome.meanwhile, outcome.mine, t))
        for doubt in outcome.doubts:
            st.warning(t(DOUBTS[doubt]), icon=":material/balance:")
        if outcome.doubts:
            st.checkbox(t("The reason says why it is enough all the same."), key=self.key("answered"))

    def _field(self, field: str, otherwise: Any, read: Callable[[Any], Any] = lambda kept: kept) -> str:
        self._untouched[field] = otherwise
        key = self.key(field)
        if key not in st.session_state:
            kept = self._draft is not None and field in self._draft.fields
            st.session_state[key] = read(self._draft.fields[field]) if kept and self._draft else otherwise
        return key
