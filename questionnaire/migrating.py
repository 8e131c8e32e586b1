"""Bringing a database to the newest schema; Alembic's configuration is built here, in code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from questionnaire import paths
from questionnaire.db import UTCDateTime
from questionnaire.models import Base


def settings(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, with the connection to run on."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def configure(context: Any) -> None:
    """What `migrations/env.py` does: run the asked migrations on the given connection."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_portable_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def _portable_type(kind: str, thing: object, _context: object) -> str | bool:
    # A migration must not change its meaning when our own types do.
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def upgrade(engine: sa.Engine, to: str = "head") -> None:
    """Bring the schema to revision `to`, keeping every row; on the newest it does nothing."""
    with _foreign_keys_off(engine) as connection, connection.begin():
        command.upgrade(settings(connection), to)


@contextmanager
def _foreign_keys_off(engine: sa.Engine) -> Iterator[sa.Connection]:
    # SQLite rebuilds a table to change it; with foreign keys on, dropping the old one would
    # delete the rows that point at it.
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"The migration left rows that point at nothing: {broken[:5]}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def current(engine: sa.Engine) -> str | None:
    """The revision that the database is on, None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision that this program knows."""
    return ScriptDirectory.from_config(settings()).get_current_head()
