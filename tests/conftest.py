"""What every test may ask for: a database, a session that leaves no trace, a clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.harness.clock import MovableClock

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy import orm

    from tests.harness.databases import Databases

# How long an example takes says how busy the machine is, not whether the rule is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

pytest_plugins = ["tests.harness.web", "tests.harness.browser", "tests.cast"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default=os.environ.get("QUESTIONNAIRE_TEST_DATABASE") or "sqlite",
        help="run the tests on this database (also: QUESTIONNAIRE_TEST_DATABASE)",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('database')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about SQLite, or asks for no database at all, is not repeated on PostgreSQL."""
    if config.getoption("database") == "sqlite":
        return
    left_out = [one for one in items if not _is_repeated(one)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


def _is_repeated(item: pytest.Item) -> bool:
    asks_for_one = "databases" in getattr(item, "fixturenames", ())
    return asks_for_one and item.get_closest_marker("sqlite_only") is None


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Makes empty databases of the sort that this run is about."""
    from tests.harness.databases import start

    databases = start(request.config.getoption("database"))
    yield databases
    databases.stop()


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database of this test's own without any table: for migrations, servers and crashes."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> Iterator[str]:
    """The database that the tests of this process share; `session` leaves no trace in it."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[sa.Engine]:
    """An engine on the shared database, on the newest schema, without rows."""
    from questionnaire import db, migrating

    engine = db.make_engine(database_url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One connection in one transaction that is rolled back after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def session(connection: sa.Connection) -> Iterator[orm.Session]:
    """A session whose commits are real for the test and gone after it."""
    from sqlalchemy.orm import Session

    with Session(connection, join_transaction_mode="create_savepoint") as session:
        yield session


@pytest.fixture
def clock() -> MovableClock:
    """The time of the test: 23 November 2026, 9:00 UTC, until it is moved."""
    return MovableClock()
