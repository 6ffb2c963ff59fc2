"""What can go wrong with a visit: a short kind for lists and for the run's outcome, and one sentence for people."""

from collections.abc import Collection

from models.words import Outcome

SHOWN = 200  # characters of somebody else's text in a message of ours

# We may not ask, or not now; asking more would not help.
BLOCKED = frozenset({"blocked", "deferred", "denied"})
# An answer that looks like a page and is none: a person has to look.
SUSPECT = frozenset({"consent_wall", "robot_check", "error_page", "soft_404"})


class FetchError(Exception):
    """A page that could not be had; the message names the address and what happened.

    `kind` is one of
    - bad_address, refused_address: no web address, or one in a network that must not be visited;
    - unreachable, tls: no connection, or none that can be trusted;
    - timeout, broken_off, bad_answer: no whole answer, or none that HTTP knows;
    - too_large, too_many_redirects, bad_encoding, wrong_type, empty: an answer that we do not take;
    - blocked: robots.txt forbids it, or cannot be read now;
    - deferred, resting: the host wants to be asked later, or failed so often that it is left alone for a while.

    `host` is set where the trouble is that of the whole host: nothing else of it needs to be asked for now.
    """

    def __init__(self, kind: str, message: str, *, host: str | None = None) -> None:
        """Remember kind and host beside the sentence."""
        super().__init__(message)
        self.kind = kind
        self.host = host


def outcome_of(kinds: Collection[str]) -> Outcome:
    """How a run ends in which nothing could be read, by the kinds of its troubles."""
    if all(kind in BLOCKED for kind in kinds):
        return Outcome.BLOCKED
    return Outcome.SUSPECT if all(kind in SUSPECT for kind in kinds) else Outcome.FAILED


def shown(error: object) -> str:
    """What somebody else's error says, in one line of bounded length; the name of the error if it says nothing."""
    text = " ".join(str(error).split()) or type(error).__name__
    text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return text.encode("utf-8", "backslashreplace").decode().rstrip(".")


def lasting(seconds: float) -> str:
    """A span of time for people: `40 seconds`, `5 minutes`, `3 hours`, always rounded up."""
    for size, name in ((3600, "hours"), (60, "minutes")):
        if seconds > 2 * size:
            return f"{-(-int(seconds) // size)} {name}"
    return f"{-int(-seconds // 1)} seconds"
