"""What the desk's decisions taught"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_model",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Version number, 1 for the first that was learned"),
        sa.Column("trained_at", models.base.UtcDateTime(timezone=True), nullable=False, comment="When it was learned (UTC)"),
        sa.Column("rules_version", sa.String(), nullable=False, comment="Version of the rule set then"),
        sa.Column("decisions", sa.Integer(), nullable=False, comment="Decisions it was learned from"),
        sa.Column("positives", sa.Integer(), nullable=False, comment="Tracked ones among them"),
        sa.Column(
            "newest_decision_at",
            models.base.UtcDateTime(timezone=True),
            nullable=False,
            comment="Moment of the newest of these decisions (UTC)",
        ),
        sa.Column(
            "fingerprint",
            sa.String(),
            nullable=False,
            comment="Hash of the rules version and of all it was learned from, hexadecimal",
        ),
        sa.Column(
            "held_out",
            sa.Integer(),
            nullable=False,
            comment="Decisions it was checked on, each by weights that have not seen it",
        ),
        sa.Column("ap_rules", sa.Double(), nullable=False, comment="Average precision of the rules' own score on them, 0 to 1"),
        sa.Column("ap_before", sa.Double(), nullable=True, comment="The same of the model then in force; null: none was"),
        sa.Column("ap_after", sa.Double(), nullable=False, comment="The same of this model"),
        sa.Column("older", sa.Integer(), nullable=False, comment="Decisions among them that are older than the newest batch"),
        sa.Column(
            "ap_older_before",
            sa.Double(),
            nullable=False,
            comment="Average precision on these of what was in force, else of the rules",
        ),
        sa.Column("ap_older_after", sa.Double(), nullable=False, comment="The same of this model"),
        sa.Column(
            "agreement",
            sa.Double(),
            nullable=True,
            comment="Share of pairs of the newest batch in the right order; null: all went one way",
        ),
        sa.Column(
            "kind_before",
            sa.Double(),
            nullable=True,
            comment="Share of tracked claims whose kind was named rightly before; null: none is tracked",
        ),
        sa.Column("kind_after", sa.Double(), nullable=True, comment="The same with this model"),
        sa.Column(
            "ground",
            sa.Enum(
                "better",
                "worse_than_rules",
                "worse_than_before",
                "worse_on_older",
                "newest_by_chance",
                name="learningground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What the check found",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "in_force",
                "superseded",
                "rejected",
                "rolled_back",
                name="modelstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="in_force, superseded, rejected or rolled_back",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it is in that state, in words"),
        sa.Column(
            "rolled_back_at",
            models.base.UtcDateTime(timezone=True),
            nullable=True,
            comment="When a person took it out of force (UTC)",
        ),
        sa.Column("rolled_back_by_id", sa.Integer(), nullable=True, comment="Who did"),
        sa.CheckConstraint("positives >= 0 AND positives <= decisions", name=op.f("ck_learned_model_positives_are_decisions")),
        sa.CheckConstraint(
            "ap_rules >= 0 AND ap_rules <= 1 AND ap_after >= 0 AND ap_after <= 1",
            name=op.f("ck_learned_model_precisions_are_shares"),
        ),
        sa.CheckConstraint("(state = 'rejected') = (ground <> 'better')", name=op.f("ck_learned_model_rejected_has_ground")),
        sa.CheckConstraint(
            "(state = 'rolled_back') = (rolled_back_at IS NOT NULL)", name=op.f("ck_learned_model_rolled_back_has_moment")
        ),
        sa.CheckConstraint(
            "(rolled_back_at IS NULL) = (rolled_back_by_id IS NULL)", name=op.f("ck_learned_model_rolled_back_has_person")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_learned_model_has_reason")),
        sa.ForeignKeyConstraint(["rolled_back_by_id"], ["person.id"], name=op.f("fk_learned_model_rolled_back_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_model")),
        sa.UniqueConstraint("version", name=op.f("uq_learned_model_version")),
        comment="What was learned from the desk's decisions, with its check",
    )
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.create_index(
            "uq_learned_model_in_force",
            ["state"],
            unique=True,
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        )

    op.create_table(
        "learned_weight",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row"),
        sa.Column("model_id", sa.Integer(), nullable=False, comment="Model"),
        sa.Column(
            "speaks_for",
            sa.String(),
            nullable=False,
            comment="claim: that the desk tracks it; else the kind it speaks for",
        ),
        sa.Column("feature", sa.String(), nullable=False, comment="always, rules (their score), kind:K, cue:NAME or word:LEMMA"),
        sa.Column("weight", sa.Double(), nullable=False, comment="Weight in log-odds, the mean of the three"),
        sa.Column("without_first", sa.Double(), nullable=False, comment="Weight learned without the first third"),
        sa.Column("without_second", sa.Double(), nullable=False, comment="Weight learned without the second third"),
        sa.Column("without_third", sa.Double(), nullable=False, comment="Weight learned without the third third"),
        sa.ForeignKeyConstraint(["model_id"], ["learned_model.id"], name=op.f("fk_learned_weight_model_id_learned_model")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_weight")),
        comment="Weights of a model in force, or of one that can be put in force again",
    )
    with op.batch_alter_table("learned_weight", schema=None) as batch_op:
        batch_op.create_index("uq_learned_weight_feature", ["model_id", "speaks_for", "feature"], unique=True)

    op.create_table(
        "learned_score",
        sa.Column("finding_id", sa.Integer(), nullable=False, comment="Finding"),
        sa.Column("model_id", sa.Integer(), nullable=False, comment="Model in force"),
        sa.Column("score", sa.Double(), nullable=False, comment="How likely the desk tracks it, 0 to 1"),
        sa.Column(
            "kind",
            sa.Enum(
                "funding_pledge",
                "pledge",
                "ranking",
                "statistic",
                "past_action",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Kind as the desk would name it",
        ),
        sa.Column("moved", sa.JSON(), nullable=False, comment="Features that moved the score most: feature, weight"),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_learned_score_score_is_share")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_learned_score_finding_id_finding")),
        sa.ForeignKeyConstraint(["model_id"], ["learned_model.id"], name=op.f("fk_learned_score_model_id_learned_model")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_learned_score")),
        comment="How likely the desk tracks a finding, as its decisions taught",
    )
    with op.batch_alter_table("learned_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learned_score_model_id"), ["model_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("learned_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learned_score_model_id"))

    op.drop_table("learned_score")
    with op.batch_alter_table("learned_weight", schema=None) as batch_op:
        batch_op.drop_index("uq_learned_weight_feature")

    op.drop_table("learned_weight")
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_learned_model_in_force",
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        )

    op.drop_table("learned_model")
