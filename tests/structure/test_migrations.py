"""The migrations make exactly the tables that the models say, from nothing and from data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from questionnaire import db, migrating
from questionnaire.models import Base
from tests.harness import rows

#: Raised by hand with every migration: two that were written side by side cannot both fit.
PINNED_HEAD = "0015"

SCRIPTS = ScriptDirectory.from_config(migrating.settings())
REVISIONS = [one.revision for one in reversed([*SCRIPTS.walk_revisions()])]


@pytest.fixture
def bare(empty_database_url: str) -> Iterator[sa.Engine]:
    """An engine on a database without tables."""
    engine = db.make_engine(empty_database_url)
    yield engine
    engine.dispose()


def test_there_is_one_head_and_it_is_the_pinned_one() -> None:
    assert SCRIPTS.get_heads() == [PINNED_HEAD] == [migrating.head()]


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert [f"{n:04}" for n in range(1, len(REVISIONS) + 1)] == REVISIONS
    for one in SCRIPTS.walk_revisions():
        assert one.path.rsplit("/", 1)[-1].startswith(f"{one.revision}_")


def test_a_migrated_database_has_what_the_models_say(bare: sa.Engine) -> None:
    migrating.upgrade(bare)
    assert migrating.current(bare) == PINNED_HEAD
    with bare.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_the_twin_of_a_made_one(
    bare: sa.Engine, databases: Any, request: pytest.FixtureRequest
) -> None:
    """Alembic's comparison overlooks checks and the conditions of partial indexes."""
    url = databases.create()
    made = db.make_engine(url)
    request.addfinalizer(lambda: databases.drop(url))
    request.addfinalizer(made.dispose)
    Base.metadata.create_all(made)
    migrating.upgrade(bare)
    wanted, found = _schema(made), _schema(bare)
    assert sorted(found) == sorted(wanted)
    for table, parts in wanted.items():
        assert found[table] == parts, table


def _schema(engine: sa.Engine) -> dict[str, dict[str, Any]]:
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table),
            "parents": _sorted(inspector.get_foreign_keys(table)),
            "unique": _sorted(inspector.get_unique_constraints(table)),
            "indexes": _sorted(inspector.get_indexes(table)),
            "checks": _sorted(inspector.get_check_constraints(table)),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _sorted(parts: Any) -> list[str]:
    return sorted(repr({**one, "dialect_options": _plain(one)}) for one in parts)


def _plain(part: Any) -> dict[str, str]:
    return {name: str(value) for name, value in part.get("dialect_options", {}).items()}


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_keeps_every_row(bare: sa.Engine, revision: str) -> None:
    migrating.upgrade(bare, to=revision)
    with bare.begin() as connection:
        before = rows.fill(connection)
    assert len(before) > 10
    assert set(before.values()) == {1}
    migrating.upgrade(bare)
    with bare.connect() as connection:
        after = rows.rows(connection)
        if bare.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert {name: after[name] for name in before} == dict(before)


def test_upgrading_again_does_nothing(bare: sa.Engine) -> None:
    migrating.upgrade(bare)
    before = _schema(bare)
    migrating.upgrade(bare)
    assert _schema(bare) == before


def test_evidence_of_before_was_supplied_and_never_reviewed(bare: sa.Engine) -> None:
    migrating.upgrade(bare, to="0001")
    with bare.begin() as connection:
        rows.fill(connection)
    migrating.upgrade(bare, to="0003")
    with bare.connect() as connection:
        assert connection.execute(sa.text("SELECT reviews FROM evidence")).scalars().all() == [0]
        found = connection.execute(sa.text("SELECT count(*) FROM evidence_review")).scalar()
        assert found == 0
