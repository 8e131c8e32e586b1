"""Engines, column types and the base of all tables; Flask is unknown here.

SQLite is the embedded default: WAL, full durability, foreign keys, and every writing transaction
begins IMMEDIATE, so that two writers queue instead of failing half way. PostgreSQL works from the
same setting.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pysqlite3.dbapi2 as sqlite_driver
import sqlalchemy as sa
from sqlalchemy import event, orm

#: Below this version a WAL database can be corrupted under concurrent checkpoints.
OLDEST_SAFE_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_MS = 10_000
#: Whoever has waited so long within the process goes on and waits for the file itself.
LONGEST_TURN_S = 5.0

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
_WRITES_WITHIN = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b")


class WriteOnRead(RuntimeError):
    """A statement that changes rows was about to run where only reading is allowed."""


@contextmanager
def read_only() -> Iterator[None]:
    """Within this block every changing statement, of the ORM or of Core, raises `WriteOnRead`."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def set_read_only(value: bool) -> None:
    """Say for the running context (one web request) whether it may only read."""
    _read_only.set(value)


_last_id = 0
_last_id_lock = threading.Lock()


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 5.7): sorts by time of making, within a process also inside one ms."""
    global _last_id  # noqa: PLW0603 - the one counter behind the ordering promise
    fresh = (time.time_ns() // 1_000_000) << 74 | secrets.randbits(74)
    with _last_id_lock:
        fresh = _last_id = max(fresh, _last_id + 1)
    high, low = fresh >> 62, fresh & (1 << 62) - 1
    stamp, top = high >> 12, high & 0xFFF
    return UUID(int=stamp << 80 | 7 << 76 | top << 64 | 2 << 62 | low)


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in and out; SQLite would drop the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(orm.DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UTCDateTime(),
        UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
        list[str]: sa.JSON(none_as_null=True),
        Any: sa.JSON(none_as_null=True),
    }


def engine_options(url: str | sa.URL) -> dict[str, Any]:
    """What `sqlalchemy.create_engine` needs besides the URL; errors never tell what was stored."""
    if sa.make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "hide_parameters": True}
    if sqlite_driver.sqlite_version_info < OLDEST_SAFE_SQLITE:
        wanted = ".".join(map(str, OLDEST_SAFE_SQLITE))
        raise RuntimeError(
            f"SQLite {sqlite_driver.sqlite_version} can corrupt its write-ahead log; "
            f"version {wanted} or newer is needed (install the locked pysqlite3)."
        )
    return {
        "module": sqlite_driver,
        "hide_parameters": True,
        "connect_args": {
            "check_same_thread": False,
            "isolation_level": None,
            "factory": _TakingTurns,
        },
        "pool_size": 20,
        "max_overflow": 20,
    }


def make_engine(url: str | sa.URL) -> sa.Engine:
    """An engine on `url` that keeps the promises of this module."""
    return prepare(sa.create_engine(url, **engine_options(url)))


def prepare(engine: sa.Engine) -> sa.Engine:
    """Put this module's guards on an engine that somebody else has made."""
    event.listen(engine, "before_cursor_execute", _refuse_write_on_read)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


class _TakingTurns(sqlite_driver.Connection):  # type: ignore[misc]
    """A connection that waits within the process until another one's writing transaction is over.

    SQLite itself lets one write at a time, and lets whoever waits look again after sleeping ever
    longer, while the file may be free. Whoever waits here goes on at once. This is about time
    alone: what holds the others off, of other processes too, is SQLite's own lock, which is taken
    with the turn or without it.
    """

    _turn: threading.Lock | None = None

    def take_turn(self, turn: threading.Lock) -> None:
        if turn.acquire(timeout=LONGEST_TURN_S):
            self._turn = turn

    def give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()

    def commit(self) -> None:
        super().commit()
        self.give_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.give_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self.give_turn()


#: Whose turn it is to write, by the file.
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A reader must not take the write lock; a writer takes it at once, or it could not upgrade.
    # Said to the driver itself: every page begins, and nobody listens for this statement.
    own = cast(_TakingTurns, connection.connection.driver_connection)
    if _read_only.get():
        own.execute("BEGIN")
        return
    if connection.engine.url.database:
        own.take_turn(_turns[connection.engine.url.database])
    try:
        own.execute("BEGIN IMMEDIATE")
    except BaseException as fault:
        own.give_turn()
        if isinstance(fault, sqlite_driver.OperationalError):
            raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, fault) from fault
        raise


def _refuse_write_on_read(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not _read_only.get():
        return
    text = statement.lstrip().upper()
    if text.startswith(_WRITES) or (text.startswith("WITH") and _WRITES_WITHIN.search(text)):
        raise WriteOnRead(f"{text.split(None, 1)[0]} while only reading is allowed")


def run(
    session: orm.Session, statement: sa.Executable, values: Mapping[str, Any]
) -> sa.Result[Any]:
    """Run a statement on the tables themselves, after what the session still holds was written.

    That is what `session.execute` does as well, with a good deal around it that only objects need.
    """
    session.flush()
    return session.connection().execute(statement, values)


def ensure_folder(url: str | sa.URL) -> None:
    """Make the folder of a SQLite file, so that a first start needs nothing prepared."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).resolve().parent.mkdir(parents=True, exist_ok=True)
