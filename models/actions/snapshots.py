"""Archiving pages: before anything reads them, each body once."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from models.actions.insert import insert_now
from models.snapshot import Body, Snapshot

_BODY = select(Body.sha256).where(Body.sha256 == bindparam("sha256"))


def keep_snapshot(session: Session, snapshot: Snapshot) -> Snapshot:
    """Archive a page before anything reads it. The same bytes at the same address are one snapshot: the first.

    That it came again is noted, with the ETag and the date it bears now: the page of an address is in the state last seen.
    """
    if session.connection().execute(_BODY, {"sha256": snapshot.body.sha256}).scalar() is not None:
        known = session.get_one(Body, snapshot.body.sha256)
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
    else:
        insert_now(session, snapshot.body)
    insert_now(session, snapshot, body_sha256=snapshot.body.sha256)
    return snapshot
