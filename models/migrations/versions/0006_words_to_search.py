"""Words to search for"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The index holds no text of its own: it reads the table's, and these triggers tell it what went and what came.
FTS5 = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_entry', content_rowid='place', tokenize='ascii')",
    """CREATE TRIGGER search_entry_came AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.place, new.words);
    END""",
    """CREATE TRIGGER search_entry_went AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.place, old.words);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.place, old.words);
        INSERT INTO search_index (rowid, words) VALUES (new.place, new.words);
    END""",
)
GIN = "CREATE INDEX search_index ON search_entry USING gin (to_tsvector('simple', words))"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column(
            "place",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="Day (ordinal), shelf (2 bits) and number of the release or claim (38 bits)",
        ),
        sa.Column("release_id", sa.Integer(), nullable=False, comment="Release that it is, or that the claim stands in"),
        sa.Column("claim_id", sa.Integer(), nullable=True, comment="Claim; null: the release itself"),
        sa.Column(
            "head", sa.Integer(), nullable=False, comment="Characters of `words` that are title or quotation and weigh more"
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="Stems in order, a space before and after each"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_search_entry_claim_id_claim")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_search_entry_release_id_release")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_search_entry_claim_id")),
        comment="Stemmed words of releases and claims; made from them",
    )
    op.create_index("ix_search_entry_release_id", "search_entry", ["release_id"])
    for statement in FTS5 if op.get_bind().dialect.name == "sqlite" else (GIN,):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_entry")
