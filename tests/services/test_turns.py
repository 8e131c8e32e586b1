"""Writers of one process take turns; whatever ends a transaction ends its turn."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pysqlite3.dbapi2 as sqlite_driver
import pytest
import sqlalchemy as sa

from questionnaire import db


@pytest.fixture
def engine(tmp_path):
    engine = db.make_engine(f"sqlite:///{tmp_path / 'turns.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE said (word TEXT NOT NULL)")
    yield engine
    engine.dispose()


def say(engine, word):
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO said VALUES (:word)"), {"word": word})


def words(engine):
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT word FROM said")))


@pytest.mark.parametrize("ending", ["commit", "rollback", "close", "invalidate"])
def test_whatever_ends_a_transaction_lets_the_next_one_write_at_once(engine, ending):
    connection = engine.connect()
    connection.begin()
    getattr(connection, ending)()
    began = time.monotonic()
    say(engine, "next")
    assert time.monotonic() - began < db.LONGEST_TURN_S / 2
    connection.close()
    assert words(engine) == ["next"]


def test_a_transaction_that_cannot_begin_keeps_no_turn(engine):
    # Somebody beside this process holds the file.
    holder = sqlite_driver.connect(engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    connection = engine.connect()
    connection.connection.driver_connection.execute("PRAGMA busy_timeout=10")
    with pytest.raises(sa.exc.OperationalError):
        connection.begin()
    holder.execute("ROLLBACK")
    holder.close()
    began = time.monotonic()
    say(engine, "next")
    assert time.monotonic() - began < db.LONGEST_TURN_S / 2
    connection.close()


def test_who_has_a_turn_and_writes_no_more_holds_nobody_off_for_ever(engine, monkeypatch):
    monkeypatch.setattr(db, "LONGEST_TURN_S", 0.05)
    with engine.connect() as connection:
        connection.begin()
        connection.exec_driver_sql("COMMIT")
        say(engine, "anyway")
    assert words(engine) == ["anyway"]


def test_many_writers_at_once_lose_nothing(engine):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: say(engine, str(number)), range(80)))
    assert sorted(map(int, words(engine))) == list(range(80))
