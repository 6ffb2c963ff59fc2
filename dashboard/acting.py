"""One action of the person at the desk, and what became of it: done, refused, doubted, or overtaken by somebody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from sqlalchemy.orm.exc import StaleDataError

from dashboard import state
from dashboard.opened import desk
from models.actions import ActionError, EvidenceDoubted, Meanwhile, StaleClaim


@dataclass(frozen=True)
class Outcome:
    """What became of an action: refused with a sentence, doubted, overtaken by what changed `meanwhile`, or done."""

    refused: str = ""
    doubts: tuple[str, ...] = ()
    meanwhile: tuple[Meanwhile, ...] = ()
    mine: Mapping[str, Any] = field(default_factory=dict)
    overtaken: bool = False

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not (self.refused or self.doubts or self.overtaken)


def act(action: Callable[..., Any], claim_id: int, revision: int, **given: Any) -> Outcome:
    """Do something with a claim as it was drawn (`revision`), in one transaction, in the name of this visit's person.

    A value that is a function is called with the session and gives what the action takes, as people are rows.
    """
    try:
        with desk().database.writing() as session:
            values = {name: value(session) if callable(value) else value for name, value in given.items()}
            action(session, claim_id, actor=state.acting(session), now=state.now(), revision=revision, **values)
    except EvidenceDoubted as error:
        return Outcome(doubts=error.doubts)
    except StaleClaim as error:
        return Outcome(meanwhile=error.meanwhile, mine=error.mine, overtaken=True)
    except ActionError as error:
        return Outcome(refused=str(error))
    except StaleDataError:
        return Outcome(overtaken=True)
    return Outcome()


def say_refused(words: str) -> None:
    """Why something was not done; the sentence may hold what somebody typed, so it is shown as written."""
    t = state.texts()
    st.error(t("That did not work."))
    st.text(words)
