"""Keeping the search in step: whatever a writing session changes of releases and claims is indexed in the same transaction."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, event, insert, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from models.base import Base
from models.claim import Claim, Finding
from models.release import Release, ReleaseVersion
from models.review import Decision, Dispute, Evidence
from models.search.entry import SearchEntry, place_of
from models.search.fields import Fields, claim_fields, release_fields
from models.search.words import BREAK, compounds_of, words_of

AT_ONCE = 500
# Characters, about 60,000 words. PostgreSQL takes no vector of more than a megabyte; what stands further down is not found.
LONGEST_ENTRY = 400_000
_STALE = "stale in the search"


def keep_in_step(session: Session) -> None:
    """From now on this session indexes what it writes, right before it commits."""
    event.listen(session, "after_flush", _note_stale)
    event.listen(session, "before_commit", _index_stale)


def note_release(session: Session, release_id: int) -> None:
    """Have a release indexed at the end of the transaction that was written past the unit of work."""
    session.info.setdefault(_STALE, (set(), set()))[0].add(release_id)


def index_releases(session: Session, ids: Collection[int]) -> None:
    """Index releases anew, with all their claims."""
    claims = session.scalars(select(Claim.id).where(Claim.release_id.in_(ids))).all()
    _index(session, set(ids), set(claims))


def entry_words(fields: Fields) -> tuple[str, int]:
    """The stems of all fields as one text, and how many of its characters are the head.

    Fields are parted by a word that nobody asks for; after the last one stand compounds with hyphens, written in one.
    """
    compounds: list[str] = []
    head, body = (" ".join(_stems(texts, compounds)) for texts in (fields.head, fields.body))
    tail = " ".join([BREAK, *dict.fromkeys(compounds)])
    return f" {head} {body} {tail} "[:LONGEST_ENTRY], len(head) + 1


def _stems(texts: list[tuple[str, str]], compounds: list[str]) -> Iterator[str]:
    for _, text in texts:
        words = words_of(text[:LONGEST_ENTRY])
        yield from (word.stem for word in words)
        yield BREAK
        compounds += [joined for _, _, joined in compounds_of(text, words)]


def _note_stale(session: Session, _context: UOWTransaction) -> None:
    releases, claims = session.info.setdefault(_STALE, (set(), set()))
    for row in [*session.new, *session.dirty, *session.deleted]:
        match row:
            case Claim():
                claims.add(row.id)
            case Finding() | Decision() | Evidence() | Dispute():
                claims.add(row.claim_id)
            case ReleaseVersion():
                releases.add(row.release_id)
            case Release() if _day_moved(row):
                releases.add(row.id)
                # Their place is that of the release's day.
                claims.update(session.scalars(select(Claim.id).where(Claim.release_id == row.id)))
            case _:
                pass


def _day_moved(release: Release) -> bool:
    return bool(inspect(release).attrs.published_on.history.has_changes())


def _index_stale(session: Session) -> None:
    session.flush()
    releases, claims = session.info.pop(_STALE, (set(), set()))
    _index(session, releases, claims)


def _index(session: Session, releases: set[int], claims: set[int]) -> None:
    for some in _batches(releases):
        _lock(session, Release, some)
        of_these = SearchEntry.release_id.in_(some) & SearchEntry.claim_id.is_(None)
        _replace(session, of_these, release_fields(session, some))
    for some in _batches(claims):
        _lock(session, Claim, some)
        _replace(session, SearchEntry.claim_id.in_(some), claim_fields(session, some))


def _lock(session: Session, rows: type[Base], ids: list[int]) -> None:
    """Of two people who write about one claim, the second indexes what the first wrote too (SQLite has one writer anyway)."""
    key = rows.__table__.c.id
    session.execute(select(key).where(key.in_(ids)).order_by(key).with_for_update(key_share=True))


def _replace(session: Session, of_these: ColumnElement[bool], found: dict[int, Fields]) -> None:
    """Bring the entries that a condition names in step; one that says what it said is left alone."""
    rows = {row["place"]: row for row in map(_row, found.values()) if row is not None}
    columns = SearchEntry.__table__.c
    gone = []
    for known in session.execute(select(*columns).where(of_these)).mappings():
        if rows.get(known["place"]) == dict(known):
            del rows[known["place"]]
        else:
            gone.append(known["place"])
    if gone:
        session.execute(delete(SearchEntry).where(SearchEntry.place.in_(gone)), execution_options={"synchronize_session": False})
    if rows:
        session.execute(insert(SearchEntry), list(rows.values()))


def _row(fields: Fields) -> dict[str, Any] | None:
    if fields.shelf is None:
        return None
    words, head = entry_words(fields)
    return {
        "place": place_of(fields.day, fields.shelf, fields.claim_id or fields.release_id),
        "release_id": fields.release_id,
        "claim_id": fields.claim_id,
        "head": head,
        "words": words,
    }


def _batches(ids: set[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]
