"""Storing a new row in one statement: a page or release is one row of each table, and the unit of work costs five times that."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Insert, Table, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from models.base import Base


def insert_now(session: Session, row: Base, **keys: int | str | None) -> None:
    """Store a row that is in no session yet and make it one of this session; `keys` are its foreign keys, by attribute.

    What its relationships hold must be stored already, or be set as committed afterwards: nothing is cascaded.
    """
    for name, value in keys.items():
        set_committed_value(row, name, value)
    columns, insert = _insert(type(row))
    held = row.__dict__
    stored = session.connection().execute(insert, {name: held[attribute] for attribute, name in columns if attribute in held})
    # With the defaults of columns that the row does not hold.
    filled = cast("Mapping[str, Any]", stored.last_inserted_params())
    for attribute, name in columns:
        if attribute not in held:
            set_committed_value(row, attribute, filled.get(name))
    mapper = inspect(type(row))
    for column, value in zip(mapper.primary_key, stored.inserted_primary_key or (), strict=True):
        set_committed_value(row, mapper.get_property_by_column(column).key, value)
    make_transient_to_detached(row)
    session.add(row)


@cache
def _insert(kind: type[Base]) -> tuple[list[tuple[str, str]], Insert]:
    """The attributes of a class with their columns, and its statement."""
    mapper = inspect(kind)
    columns = [
        (attribute.key, column.name)
        for attribute in mapper.column_attrs
        for column in attribute.columns
        if isinstance(column, Column)
    ]
    return columns, cast("Table", mapper.local_table).insert()
