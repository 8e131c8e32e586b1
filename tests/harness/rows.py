"""One row in every table of a database, whatever its revision: made from the schema alone."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_IN = re.compile(
    r"\(?\"?(\w+)\"?\)?(?:::\w+[\w ]*)?\s+(?:IN\s*\(|= ANY\s*\(+ARRAY\[)'([^']*)'", re.I
)

#: A CHECK by which just one of two columns holds something.
_ONE_OF_TWO = re.compile(r"\(?\"?\w+\"? IS NULL\)? <> \(?\"?(\w+)\"? IS NULL\)?", re.I)


def reflected(connection: sa.Connection) -> sa.MetaData:
    """The tables as they stand in the database, Alembic's own left out."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    metadata.remove(metadata.tables["alembic_version"])
    return metadata


def fill(connection: sa.Connection) -> Counter[str]:
    """Put one row in every table, each child under the parent's row; gives the rows per table."""
    made: dict[str, dict[str, Any]] = {}
    for table in reflected(connection).sorted_tables:
        row = {column.name: _value(table, column, made) for column in table.columns}
        connection.execute(table.insert(), row)
        made[table.name] = row
    return rows(connection)


def rows(connection: sa.Connection) -> Counter[str]:
    """How many rows each table has."""
    return Counter(
        {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in reflected(connection).sorted_tables
        }
    )


def _value(table: sa.Table, column: sa.Column, made: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        parent = made.get(key.column.table.name)
        if parent is None:
            # The row would have to point at itself, or at a table that comes later.
            assert column.nullable, f"{table.name}.{column.name} can never have its first row"
            return None
        return parent[key.column.name]
    if column.name in _left_empty(table):
        return None
    return _allowed(table, column) or _plain(column)


def _left_empty(table: sa.Table) -> set[str]:
    """The columns that stay empty because others of theirs are filled."""
    checks = [one for one in table.constraints if isinstance(one, sa.CheckConstraint)]
    return {name for one in checks for name in _ONE_OF_TWO.findall(str(one.sqltext))}


def _allowed(table: sa.Table, column: sa.Column) -> str | None:
    """The first value that a CHECK lists for the column."""
    for check in table.constraints:
        if isinstance(check, sa.CheckConstraint):
            for name, value in _IN.findall(str(check.sqltext)):
                if name == column.name:
                    return str(value)
    return None


def _plain(column: sa.Column) -> Any:
    kind = column.type
    if isinstance(kind, sa.Uuid):
        return uuid.uuid4()
    if isinstance(kind, sa.CHAR) and kind.length == 32:
        return uuid.uuid4().hex
    if isinstance(kind, sa.DateTime):
        return AT.replace(tzinfo=None) if not kind.timezone else AT
    by_type: dict[type, Any] = {
        bool: True,
        int: 1,
        float: 1.0,
        str: "1",
        bytes: b"1",
        date: date(2026, 11, 23),
    }
    return {"kept": True} if isinstance(kind, sa.JSON) else by_type[kind.python_type]
