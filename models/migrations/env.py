"""Alembic's way in: it always works on a connection that `models.schema` hands over, never on one of its own."""

from alembic import context

from models import Base
from models.search.entry import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
