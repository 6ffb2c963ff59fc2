"""Why an action was not done. Nothing was changed; the message says what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


class ActionError(Exception):
    """Something that cannot be done; the message says what is missing. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A field that somebody changed since a form was drawn: its value then and now, who and when."""

    field: str
    then: Any
    now: Any
    actor: str
    at: datetime


class StaleClaim(ActionError):  # noqa: N818  named by what is the case
    """The claim was changed after the form was drawn.

    `meanwhile` are the fields that changed since, each once; `mine` what the refused action would have set. A page shows both and
    lets the person decide anew.
    """

    def __init__(self, claim_id: int, meanwhile: Sequence[Meanwhile], mine: Mapping[str, Any]) -> None:
        who = ", ".join(dict.fromkeys(change.actor for change in meanwhile)) or "somebody else"
        super().__init__(f"Claim {claim_id} was changed by {who} meanwhile. Look at it again, then decide.")
        self.claim_id, self.meanwhile, self.mine = claim_id, tuple(meanwhile), dict(mine)


class EvidenceDoubted(ActionError):  # noqa: N818
    """The evidence speaks against the rules of evidence; the person has to answer each doubt in the reason."""

    def __init__(self, doubts: Sequence[str], sentences: Sequence[str]) -> None:
        super().__init__(
            " ".join(sentences) + " Say in the reason why it is enough all the same, and confirm: " + ", ".join(doubts) + "."
        )
        self.doubts = tuple(doubts)
