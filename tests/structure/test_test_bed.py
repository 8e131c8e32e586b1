"""The ground that the other tests stand on holds: databases, the rolled back session, the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db
from tests.harness.clock import MovableClock


def test_the_run_is_on_the_database_that_was_asked_for(
    engine: sa.Engine, pytestconfig: pytest.Config
) -> None:
    assert engine.dialect.name == pytestconfig.getoption("database")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_commits_is_gone_in_the_next(session: Session, turn: str) -> None:
    session.execute(sa.text("CREATE TABLE IF NOT EXISTS turn (name TEXT)"))
    assert session.scalars(sa.text("SELECT name FROM turn")).all() == []
    session.execute(sa.text("INSERT INTO turn VALUES (:turn)"), {"turn": turn})
    session.commit()
    session.rollback()
    assert session.scalars(sa.text("SELECT name FROM turn")).all() == [turn]


def test_a_database_of_ones_own_is_empty(empty_database_url: str) -> None:
    engine = db.make_engine(empty_database_url)
    try:
        assert sa.inspect(engine).get_table_names() == []
    finally:
        engine.dispose()


def test_the_clock_moves_only_when_told(clock: MovableClock) -> None:
    assert clock() == clock() == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert clock.move(timedelta(days=1)) == clock() == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
