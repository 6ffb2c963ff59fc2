"""The life of a claim: edits beside the findings, a chained history, dated methodologies, extensions and repetitions"""

import json
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

import models.base
from models.chain import FIRST, link_hash

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Checks that are new, or wider than before.
CHECKS = {
    "claim": (
        (
            "ck_claim_decided_amounts_in_order",
            "decided_amount_min IS NULL OR decided_amount_max IS NULL OR decided_amount_min <= decided_amount_max",
        ),
        (
            "ck_claim_repeats_are_duplicates",
            "same_as_id IS NULL OR (stage = 'dismissed' AND dismiss_reason = 'duplicate' AND same_as_id <> id)",
        ),
    ),
    "decision": (
        (
            "ck_decision_action",
            "action IN ('track', 'dismiss', 'judge', 'dispute', 'resolve', 'edit', 'assign', 'extend', 'reopen', 'sign_off', 'reply', 'evidence', 'merge', 'split', 'appoint', 'snooze', 'undo')",
        ),
        ("ck_decision_number_from_one", "number >= 1"),
    ),
    "evidence": (("ck_evidence_address_or_note", "address IS NOT NULL OR length(note) > 0 OR body_sha256 IS NOT NULL"),),
    "follow_up": (
        (
            "ck_follow_up_followuprule",
            "rule IN ('deadline', 'edited', 'gone', 'evidence_failed', 'by_hand', 'half_way', 'legislature_end', 'new_figures', 'broken', 'second_look')",
        ),
    ),
}
# What of these was narrower before.
NARROWER = {
    "ck_decision_action": "action IN ('track', 'dismiss', 'judge', 'dispute', 'resolve')",
    "ck_evidence_address_or_note": "address IS NOT NULL OR length(note) > 0",
    "ck_follow_up_followuprule": "rule IN ('deadline', 'edited', 'gone', 'evidence_failed', 'by_hand')",
}
COLUMNS = {
    "claim": (
        "decided_amount_min", "decided_amount_max", "decided_topic", "decided_speaker_id", "without", "extended_until", "same_as_id",
        "decided_at",
    ),
    "decision": ("actor", "details", "undoes_id", "number", "previous", "hash"),
    "dispute": ("reply", "withdrawn"),
    "evidence": ("by_claimant", "file_name", "media_type", "body_sha256"),
    "review": ("second_look", "methodology"),
}  # fmt: skip
APPEND_ONLY = ("decision", "review", "methodology")


def upgrade() -> None:
    op.create_table(
        "methodology",
        sa.Column("version", sa.String(), nullable=False, comment="Short name of the version"),
        sa.Column("in_force_from", sa.Date(), nullable=False, comment="First day on which it holds"),
        sa.Column(
            "scale", sa.JSON(none_as_null=True), nullable=False, comment="For each question the values, and whether each is final"
        ),
        sa.Column("second_look", sa.Boolean(), nullable=False, comment="Whether a second person signs final judgments off"),
        sa.Column("note", sa.String(), nullable=False, comment="What is new in it"),
        sa.Column("adopted_at", models.base.UtcDateTime(timezone=True), nullable=False, comment="When it was recorded (UTC)"),
        sa.Column("adopted_by", sa.String(), nullable=False, comment="Who recorded it; empty: it came with the product"),
        sa.CheckConstraint("length(version) > 0", name=op.f("ck_methodology_has_version")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_methodology")),
        sa.UniqueConstraint("in_force_from", name=op.f("uq_methodology_in_force_from")),
        comment="Scales by which the desk judges, each from a day on; never rewritten",
    )
    _add_columns()
    _chain_history()
    _rebuild()
    _say_anew()
    _first_methodology()
    _forbid_changes()


def _add_columns() -> None:
    with op.batch_alter_table("claim") as batch_op:
        batch_op.add_column(
            sa.Column(
                "decided_amount_min",
                sa.Numeric(precision=18, scale=2, asdecimal=False),
                nullable=True,
                comment="At least, EUR, where a person corrected the finding",
            )
        )
        batch_op.add_column(
            sa.Column(
                "decided_amount_max",
                sa.Numeric(precision=18, scale=2, asdecimal=False),
                nullable=True,
                comment="At most, EUR, where a person corrected the finding",
            )
        )
        batch_op.add_column(
            sa.Column("decided_topic", sa.String(), nullable=True, comment="Subject area, where a person corrected the finding")
        )
        batch_op.add_column(
            sa.Column("decided_speaker_id", sa.Integer(), nullable=True, comment="Speaker, where a person corrected the finding")
        )
        batch_op.add_column(
            sa.Column(
                "without",
                sa.String(),
                nullable=False,
                server_default=sa.text("''"),
                comment="Fields that a person emptied: deadline, amount, topic, speaker; apart by blanks",
            )
        )
        batch_op.add_column(
            sa.Column(
                "extended_until",
                sa.Date(),
                nullable=True,
                comment="Last day after an extension that the claimant announced; the history says who and where",
            )
        )
        batch_op.add_column(
            sa.Column(
                "same_as_id", sa.Integer(), nullable=True, comment="Known claim that this one repeats, as a person confirmed"
            )
        )
        batch_op.add_column(
            sa.Column(
                "decided_at",
                models.base.UtcDateTime(timezone=True),
                nullable=True,
                comment="When a person last acted on it (UTC)",
            )
        )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(
            sa.Column("actor", sa.String(), nullable=False, server_default=sa.text("''"), comment="Name of that person then")
        )
        batch_op.add_column(
            sa.Column(
                "details",
                sa.JSON(none_as_null=True),
                nullable=False,
                server_default=sa.text("'{}'"),
                comment="What else belongs to it: evidence, warnings answered, the other claim",
            )
        )
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True, comment="Decision that this one takes back"))
        batch_op.add_column(
            sa.Column(
                "number",
                sa.Integer(),
                nullable=False,
                server_default=sa.text("0"),
                comment="Place in the chain, from 1 without gaps",
            )
        )
        batch_op.add_column(
            sa.Column(
                "previous",
                sa.String(),
                nullable=False,
                server_default=sa.text("''"),
                comment="Hash of the decision before, hexadecimal",
            )
        )
        batch_op.add_column(
            sa.Column(
                "hash",
                sa.String(),
                nullable=False,
                server_default=sa.text("''"),
                comment="Hash of this decision and the hash before it, hexadecimal",
            )
        )
    with op.batch_alter_table("dispute") as batch_op:
        batch_op.add_column(
            sa.Column("reply", sa.Text(), nullable=False, server_default=sa.text("''"), comment="What they replied")
        )
        batch_op.add_column(
            sa.Column(
                "withdrawn", sa.Boolean(), nullable=False, server_default=sa.false(), comment="Raised by mistake and undone"
            )
        )
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(
            sa.Column(
                "by_claimant",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="It comes from whoever made the claim",
            )
        )
        batch_op.add_column(sa.Column("file_name", sa.String(), nullable=True, comment="Name of an uploaded file"))
        batch_op.add_column(
            sa.Column("media_type", sa.String(), nullable=True, comment="Its media type, as its first bytes tell")
        )
        batch_op.add_column(sa.Column("body_sha256", sa.String(), nullable=True, comment="Hash of an uploaded file's bytes"))
    with op.batch_alter_table("review") as batch_op:
        batch_op.add_column(
            sa.Column(
                "second_look",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="Whether it needs a second person before it is final, as the desk's rule was then",
            )
        )
        batch_op.add_column(
            sa.Column(
                "methodology",
                sa.String(),
                nullable=False,
                server_default=sa.text("'1'"),
                comment="Version of the scale that it was made by",
            )
        )


def _chain_history() -> None:
    """Give the decisions made so far their places in the chain."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT d.id, d.claim_id, d.person_id, p.name, d.action, d.reason, d.before, d.after, d.holds_for, d.recorded_at"
            " FROM decision d JOIN person p ON p.id = d.person_id ORDER BY d.id"
        ).columns(holds_for=sa.Date(), recorded_at=models.base.UtcDateTime(timezone=True), before=sa.JSON(), after=sa.JSON())
    ).all()
    reviews = _reviews_by_decision(connection)
    previous = FIRST
    for number, row in enumerate(rows, 1):
        details = {**reviews.get(row.id, {}), "revision": 0}
        fields = (
            number, row.claim_id, row.person_id, row.name, row.action, row.reason, row.before, row.after, details,
            row.holds_for, row.recorded_at, None,
        )  # fmt: skip
        link = link_hash(previous, fields)
        connection.execute(
            sa.text(
                "UPDATE decision SET actor = :actor, number = :number, previous = :previous, hash = :hash, details = :details"
                " WHERE id = :id"
            ),
            {
                "actor": row.name,
                "number": number,
                "previous": previous,
                "hash": link,
                "details": json.dumps(details),
                "id": row.id,
            },
        )
        previous = link


def _reviews_by_decision(connection: sa.Connection) -> dict[int, dict[str, object]]:
    """What each "judge" so far has to tell of its judgment, by the decision's number."""
    found: dict[int, dict[str, object]] = {}
    rows = connection.execute(
        sa.text(
            "SELECT d.id AS decision_id, r.id, r.value, r.replaces_id FROM review r JOIN decision d ON d.claim_id = r.claim_id"
            " AND d.action = 'judge' AND d.recorded_at = r.recorded_at AND d.reason = r.reason ORDER BY d.id, r.id"
        )
    )
    taken: set[int] = set()
    for row in rows:
        if row.decision_id not in found and row.id not in taken:
            taken.add(row.id)
            found[row.decision_id] = {
                "review": row.id, "value": row.value, "replaces": row.replaces_id, "methodology": "1", "evidence": [], "answered": [],
            }  # fmt: skip
    return found


def _rebuild() -> None:
    """The new constraints."""
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, text in checks:
                if name in NARROWER:
                    batch_op.drop_constraint(op.f(name), type_="check")
                batch_op.create_check_constraint(op.f(name), sa.text(text))
    with op.batch_alter_table("claim") as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_same_as_id"), ["same_as_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_claim_decided_speaker_id_speaker"), "speaker", ["decided_speaker_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_claim_same_as_id_claim"), "claim", ["same_as_id"], ["id"])
    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_decision_number"), ["number"])
        batch_op.create_unique_constraint(batch_op.f("uq_decision_undoes_id"), ["undoes_id"])
        batch_op.create_foreign_key(batch_op.f("fk_decision_undoes_id_decision"), "decision", ["undoes_id"], ["id"])
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_evidence_body_sha256_body"), "body", ["body_sha256"], ["sha256"])


def _say_anew() -> None:
    """What the tables say of themselves; SQLite keeps no comments."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.alter_column("decision", "action", existing_type=sa.String(32), comment="What was done", existing_nullable=False)
    op.create_table_comment("decision", "History of the claims: what people did; append-only, hash-chained")


def _first_methodology() -> None:
    """The scale that judgments were made by so far."""
    fulfillment = {
        "open": False, "in_progress": False, "stalled": False, "postponed": False, "fulfilled": True, "fulfilled_late": True,
        "partly_fulfilled": True, "not_fulfilled": True, "moot": True, "uncheckable": True,
    }  # fmt: skip
    verdict = {
        "unchecked": False, "correct": True, "mostly_correct": True, "misleading": True, "wrong": True, "unproven": True,
        "depends_on_definition": True,
    }  # fmt: skip
    table = sa.table(
        "methodology",
        sa.column("version", sa.String()),
        sa.column("in_force_from", sa.Date()),
        sa.column("scale", sa.JSON()),
        sa.column("second_look", sa.Boolean()),
        sa.column("note", sa.String()),
        sa.column("adopted_at", models.base.UtcDateTime(timezone=True)),
        sa.column("adopted_by", sa.String()),
    )
    op.bulk_insert(
        table,
        [
            {
                "version": "1",
                "in_force_from": date(2000, 1, 1),
                "scale": {"fulfillment": fulfillment, "verdict": verdict},
                "second_look": False,
                "note": "",
                "adopted_at": datetime(2000, 1, 1, tzinfo=UTC),
                "adopted_by": "",
            }
        ],
    )


def _forbid_changes() -> None:
    """The history takes rows and gives none back."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are added, never changed'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION beimwort_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only: rows are added, never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION beimwort_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION beimwort_append_only()"
        )


def downgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT count(*) FROM decision")):
        raise NotImplementedError("A history is not taken back; restore the backup that was made before the upgrade.")
    _allow_changes()
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, _ in checks:
                batch_op.drop_constraint(op.f(name), type_="check")
                if name in NARROWER:
                    batch_op.create_check_constraint(op.f(name), sa.text(NARROWER[name]))
    with op.batch_alter_table("claim") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_claim_decided_speaker_id_speaker"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_claim_same_as_id_claim"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_claim_same_as_id"))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_undoes_id_decision"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_decision_undoes_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_decision_number"), type_="unique")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_evidence_body_sha256_body"), type_="foreignkey")
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column)
    op.drop_table("methodology")


def _allow_changes() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        for trigger in (f"{table}_no_update", f"{table}_no_delete") if is_sqlite else ():
            op.execute(f"DROP TRIGGER {trigger}")
        for trigger in () if is_sqlite else (f"{table}_append_only", f"{table}_no_truncate"):
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
    if not is_sqlite:
        op.execute("DROP FUNCTION beimwort_append_only()")
