"""Many rows read as one: the database puts them together into one text of JSON.

SQLite's driver gives up the interpreter's lock at every row, and under load another thread takes
it each time: a hundred rows were a hundred hand-overs, dearer than the rest of a page. One row with
a hundred in it is one step, is made faster than a hundred rows of Python objects, and as a text it
can be compared with what was read before. Values come as the database keeps them: `moment` and
`id_of` read those that JSON has no type for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from questionnaire.db import run


class _Row(FunctionElement[str]):
    """One row as an array of JSON."""

    inherit_cache = True
    type = sa.Text()


class _Rows(FunctionElement[str]):
    """All rows as an array of arrays; the first clause is the row, the others its order."""

    inherit_cache = True
    type = sa.Text()


@compiles(_Row, "sqlite")
def _sqlite_row(element: _Row, compiler: Any, **named: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **named)})"


@compiles(_Row, "postgresql")
def _postgresql_row(element: _Row, compiler: Any, **named: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **named)})"


@compiles(_Rows, "sqlite")
def _sqlite_rows(element: _Rows, compiler: Any, **named: Any) -> str:
    return f"json_group_array({_ordered(element, compiler, named)})"


@compiles(_Rows, "postgresql")
def _postgresql_rows(element: _Rows, compiler: Any, **named: Any) -> str:
    return f"CAST(json_agg({_ordered(element, compiler, named)}) AS TEXT)"


def _ordered(element: _Rows, compiler: Any, named: Any) -> str:
    row, *order = (compiler.process(one, **named) for one in element.clauses)
    return f"{row} ORDER BY {', '.join(order)}" if order else str(row)


def in_one(query: sa.Select[Any], *order: int) -> sa.ScalarSelect[str]:
    """The rows of `query` as one text; `order` as in SQL: places of columns from 1, or from -1
    where the greatest comes first.

    A column of JSON has to be cast to text in `query`: the databases differ in what they make of
    one within another.
    """
    columns = list(query.subquery().c)
    by = [columns[one - 1] if one > 0 else columns[-one - 1].desc() for one in order]
    return sa.select(_Rows(_Row(*columns), *by)).scalar_subquery()


def read_one(
    session: Session, query: sa.Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The one row of a statement of such texts."""
    return tuple(run(session, query, values).one())


def rows_of(text: str | None) -> list[list[Any]]:
    """The rows in such a text."""
    return json.loads(text) if text else []


def id_of(raw: Any) -> UUID:
    """An id as a database keeps it."""
    return raw if isinstance(raw, UUID) else UUID(raw)


def moment(raw: Any) -> datetime | None:
    """A moment as a database keeps it: SQLite's is a text without its zone."""
    if raw is None:
        return None
    found = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
