"""How sources are doing: a history of their states, what makes silence an alarm, pauses, and how long lists are"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OLD_EVENTS = ("baseline", "release", "change", "due")
MOMENT = models.base.UtcDateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("failing_since", MOMENT, nullable=True, comment="Start of the first of the failed runs in a row (UTC)"),
        sa.Column("newest_on", sa.Date(), nullable=True, comment="Day of its newest release; a day to come does not count"),
        sa.Column(
            "alarm_days",
            sa.Double(),
            nullable=True,
            comment="Working days of silence from which it is quiet, learned from its past",
        ),
        sa.Column("pause_reason", sa.String(), nullable=True, comment="Why a person paused it; null if it is not paused"),
        sa.Column("paused_until", MOMENT, nullable=True, comment="When it is collected again (UTC); null: when told"),
        sa.Column(
            "acknowledged_at",
            MOMENT,
            nullable=True,
            comment="When a person took note of its present state (UTC); it is not told again",
        ),
        sa.Column("told_at", MOMENT, nullable=True, comment="When a morning report last told its state (UTC)"),
        sa.Column(
            "normal_since",
            MOMENT,
            nullable=True,
            comment="Runs before are no measure for the length of its lists any more (UTC)",
        ),
    ):
        op.add_column("source_state", column)
    op.add_column("run", sa.Column("list_address", sa.String(), nullable=True, comment="The list that was used"))
    op.add_column("run", sa.Column("items", sa.Integer(), nullable=True, comment="Releases named on the first page of that list"))
    op.create_table(
        "health_change",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row"),
        sa.Column("source_key", sa.String(), nullable=False, comment="Source"),
        sa.Column("at", MOMENT, nullable=False, comment="From when on (UTC; in the demo the played moment)"),
        sa.Column(
            "health",
            _words("sourcehealth", "new", "ok", "quiet", "failing", "broken", "paused"),
            nullable=False,
            comment="State from then on",
        ),
        sa.Column(
            "cause",
            _words(
                "healthcause",
                "not_collected",
                "works",
                "silent",
                "run_failed",
                "failed_repeatedly",
                "failed_for_a_day",
                "paused",
                "acknowledged",
            ),
            nullable=False,
            comment="Why",
        ),
        sa.Column("detail", sa.String(), nullable=True, comment="What went wrong, or a person's reason"),
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="Who did it, if a person did; of a state after a pause: who ended it",
        ),
        sa.CheckConstraint(
            "cause NOT IN ('paused', 'acknowledged') OR person_id IS NOT NULL", name=op.f("ck_health_change_a_person_did_it")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_health_change_person_id_person")),
        sa.ForeignKeyConstraint(["source_key"], ["source_state.key"], name=op.f("fk_health_change_source_key_source_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_change")),
        comment="History of the states of sources; only added to",
    )
    with op.batch_alter_table("health_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_health_change_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_health_change_source_key_at", ["source_key", "at"], unique=False)
    _allow_events(*OLD_EVENTS, "health")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE event = 'health'")
    _allow_events(*OLD_EVENTS)
    with op.batch_alter_table("health_change", schema=None) as batch_op:
        batch_op.drop_index("ix_health_change_source_key_at")
        batch_op.drop_index(batch_op.f("ix_health_change_person_id"))
    op.drop_table("health_change")
    for column in ("items", "list_address"):
        op.drop_column("run", column)
    for column in (
        "normal_since",
        "told_at",
        "acknowledged_at",
        "paused_until",
        "pause_reason",
        "alarm_days",
        "newest_on",
        "failing_since",
    ):
        op.drop_column("source_state", column)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _allow_events(*events: str) -> None:
    """What a notice may tell of. SQLite rebuilds the table for that; nothing refers to it."""
    allowed = f"event IN ({', '.join(repr(event) for event in events)})"
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_notice_noticeevent"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_notice_noticeevent"), sa.text(allowed))
