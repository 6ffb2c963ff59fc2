"""Edits are weighed; the newest state of a page is the one last seen"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WEIGHT = sa.Enum("grave", "light", name="weight", native_enum=False, create_constraint=True, length=32)
MOMENT = models.base.UtcDateTime(timezone=True)


def upgrade() -> None:
    # Edits that were noticed before are not weighed here: `beimwort reread` does it, which can read texts.
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "weight",
                WEIGHT,
                nullable=True,
                comment="grave or light, of an edit; null if it was never weighed, and for what is no edit",
            )
        )
        batch_op.add_column(
            sa.Column(
                "stretches",
                sa.JSON(),
                nullable=False,
                server_default="[]",
                comment="What an edit changed, the graver first: weight, reasons, before, after, and the places of the sentences",
            )
        )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.alter_column("stretches", server_default=None, existing_type=sa.JSON(), existing_nullable=False)

    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("change_id", sa.Integer(), nullable=True, comment="Edit or disappearance that made it, if one did")
        )
        batch_op.create_foreign_key(op.f("fk_follow_up_change_id_change"), "change", ["change_id"], ["id"])
        batch_op.create_index(op.f("ix_follow_up_change_id"), ["change_id"], unique=False)

    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_seen_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("validators", sa.JSON(none_as_null=True), nullable=True))
    _date_snapshots()
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.alter_column(
            "last_seen_at",
            nullable=False,
            existing_type=MOMENT,
            comment="When just these bytes were last served there (UTC); the newest page of an address is the last one seen",
        )
        batch_op.alter_column(
            "validators",
            nullable=False,
            existing_type=sa.JSON(none_as_null=True),
            comment="etag and last-modified as last served with these bytes",
        )
        batch_op.alter_column(
            "headers",
            existing_type=sa.JSON(none_as_null=True),
            existing_nullable=False,
            comment="Response headers of the first time, names in lower case",
            existing_comment="Response headers, names in lower case",
        )
        batch_op.drop_index("ix_snapshot_address_fetched_at")
        batch_op.create_index("ix_snapshot_address_last_seen_at", ["address", "last_seen_at"], unique=False)


def _date_snapshots() -> None:
    """Each snapshot was last seen when it was fetched; that of a release's newest version not before the version was read.

    So a page that went back to earlier bytes is known to be in that earlier state.
    """
    snapshot = sa.table(
        "snapshot",
        sa.column("id"),
        sa.column("fetched_at", MOMENT),
        sa.column("last_seen_at", MOMENT),
        sa.column("validators", sa.JSON()),
        sa.column("headers", sa.JSON()),
    )
    version = sa.table(
        "release_version",
        sa.column("release_id"),
        sa.column("number"),
        sa.column("snapshot_id"),
        sa.column("read_at", MOMENT),
        sa.column("cause"),
    )
    connection = op.get_bind()
    connection.execute(sa.update(snapshot).values(last_seen_at=snapshot.c.fetched_at))
    newest = (
        sa.select(version.c.release_id, sa.func.max(version.c.number).label("number")).group_by(version.c.release_id).subquery()
    )
    read = sa.select(version.c.snapshot_id, version.c.read_at).join(
        newest, (newest.c.release_id == version.c.release_id) & (newest.c.number == version.c.number)
    )
    for snapshot_id, read_at in connection.execute(
        read.where(version.c.cause != "reader", version.c.snapshot_id.is_not(None))
    ).all():
        connection.execute(
            sa.update(snapshot)
            .where(snapshot.c.id == snapshot_id, snapshot.c.last_seen_at < read_at)
            .values(last_seen_at=read_at)
        )
    for snapshot_id, headers in connection.execute(sa.select(snapshot.c.id, snapshot.c.headers)).all():
        validators = {name: headers[name] for name in ("etag", "last-modified") if name in headers}
        connection.execute(sa.update(snapshot).where(snapshot.c.id == snapshot_id).values(validators=validators))


def downgrade() -> None:
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index("ix_snapshot_address_last_seen_at")
        batch_op.create_index("ix_snapshot_address_fetched_at", ["address", "fetched_at"], unique=False)
        batch_op.drop_column("validators")
        batch_op.drop_column("last_seen_at")

    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_follow_up_change_id"))
        batch_op.drop_constraint(op.f("fk_follow_up_change_id_change"), type_="foreignkey")
        batch_op.drop_column("change_id")

    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_change_weight"), type_="check")
        batch_op.drop_column("stretches")
        batch_op.drop_column("weight")
