"""Archiving pages: before anything reads them, each body once."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.snapshot import Body, Snapshot


def keep_snapshot(session: Session, snapshot: Snapshot) -> Snapshot:
    """Archive a page before anything reads it. The same bytes at the same address are one snapshot: the first.

    That it came again is noted, with the ETag and the date it bears now: the page of an address is in the state last seen.
    """
    known = session.get(Body, snapshot.body.sha256)
    if known is not None:
        same = session.scalar(
            select(Snapshot)
            .where(Snapshot.address == snapshot.address, Snapshot.body_sha256 == known.sha256, Snapshot.status == snapshot.status)
            .options(selectinload(Snapshot.body))
            .order_by(Snapshot.id)
            .limit(1)
        )
        if same is not None:
            if snapshot.last_seen_at >= same.last_seen_at:
                same.last_seen_at, same.validators = snapshot.last_seen_at, snapshot.validators
            return same
        snapshot.body = known
    session.add(snapshot)
    session.flush()
    return snapshot
