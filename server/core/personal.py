"""The rows of one person in every table, found by what the tables declare (`keeping`)."""

from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Table, select

from server.core.database import Base
from server.core.keeping import Keeping


class Person(NamedTuple):
    """Whose rows are looked for."""

    id: str
    email: str


def tables() -> dict[Table, Keeping]:
    """Every table with its declaration, each after the tables it refers to. Raises AttributeError for one without."""
    keepings = _keepings()
    return {table: keepings[table] for table in Base.metadata.sorted_tables}


def rows(table: Table, person: Person) -> ColumnElement[bool]:
    """Which rows of a table are the person's. Only for a table that declares `whose`."""
    return _rows(table, person, _keepings())


def _keepings() -> dict[Table, Keeping]:
    return {cast(Table, mapper.local_table): mapper.class_.__keeping__ for mapper in Base.registry.mappers}


def _rows(table: Table, person: Person, keepings: dict[Table, Keeping]) -> ColumnElement[bool]:
    column = table.c[keepings[table].whose or ""]
    if not column.foreign_keys:
        value: str = getattr(person, column.name)  # their own row, by id, or one known by their email alone
        return column == value
    [key] = column.foreign_keys
    if keepings[key.column.table].whose == key.column.name == "id":
        return column == person.id
    return column.in_(select(key.column).where(_rows(key.column.table, person, keepings)))
