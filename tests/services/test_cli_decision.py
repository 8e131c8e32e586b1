"""`questionnaire decision prove`, as a person types it: without the web application."""

from __future__ import annotations

import json
import os

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.cli import main
from questionnaire.core import rulebook
from questionnaire.db import new_id
from questionnaire.models import Decision
from questionnaire.services import choosing, snapshotting
from questionnaire.services.justifying import Choice
from tests import cast
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.chosen import WHY
from tests.services.reviewed import MINOR, question_of


@pytest.fixture
def engine(monkeypatch, tmp_path, empty_database_url):
    """A database of its own, which the command finds by its settings."""
    for name in [one for one in os.environ if one.startswith("QUESTIONNAIRE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUESTIONNAIRE_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("QUESTIONNAIRE_DATABASE_URL", empty_database_url)
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def rfi_id(engine) -> str:
    """An RFI that was decided on."""
    clock = MovableClock()
    with Session(engine) as session, session.begin():
        organisation = cast.make_organisation(session, "Brightlane Retail")
        ada = cast.make_member(session, organisation, "Ada Marsh", ("buyer",))
        asked = [question_of(MINOR)]
        rfi = reviewed.reviewed_rfi(
            session, organisation, profiles=["general-retail"], question_ids=asked
        )
        reviewed.submitted(session, clock, organisation, rfi, answers={asked[0]: True})
        snapshot = snapshotting.take(session, organisation.id, rfi.id, clock())
        choice = Choice(
            "in_house", reason=WHY,
            reasons={"provisional": "We cannot wait.", "own_unknown": "We know it."},
            seen=choosing.seen_of(snapshot, None), key=new_id().hex,
        )  # fmt: skip
        choosing.choose(session, clock, cast.actor_of(ada, organisation), rfi.id, choice)
        return str(rfi.id)


def change(engine, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(Decision).values(**values))


def test_the_same_result_is_status_0(rfi_id: str, capsys) -> None:
    assert main(["decision", "prove", rfi_id]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Decision 1 (in house) by Ada Marsh")
    assert "Same result" in said


def test_as_json_it_says_the_same(rfi_id: str, capsys) -> None:
    assert main(["decision", "prove", rfi_id, "--json", "--number", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["same_result"], told["differences"], told["tampered"]) == (True, [], [])
    assert told["rules"] == {"changed": [], "added": [], "gone": []}


def test_another_rule_is_status_1_and_named_with_what_it_moves(
    rfi_id: str, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("questionnaire.core.gaps.compare", lambda *_args: False)
    now = dict(rulebook.modules()) | {"questionnaire.core.operators": "0" * 64}
    monkeypatch.setattr(rulebook, "modules", lambda: now)
    assert main(["decision", "prove", rfi_id]) == 1
    said = capsys.readouterr().out
    assert "Not the same result" in said
    assert f"Amber Call: requirement {MINOR} was met, is now not met." in said
    assert "Rules that have changed since: questionnaire.core.operators." in said


def test_tampering_is_noticed(rfi_id: str, engine, capsys) -> None:
    with Session(engine) as session:
        text = session.scalars(sa.select(Decision.snapshot)).one()
    change(engine, snapshot=text.replace("We cannot wait.", "We waited."))
    assert main(["decision", "prove", rfi_id]) == 1
    said = capsys.readouterr().out
    assert "Not proven" in said
    assert "does not have the digest that was stored with it" in said
    change(engine, snapshot="nothing")
    assert main(["decision", "prove", rfi_id, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["broken"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["moon"], "is no id of an RFI"),
        (["0192f0c1-0000-7000-8000-000000000000"], "No decision is stored"),
    ],
)
def test_what_cannot_be_found_is_status_2(engine, capsys, arguments, says) -> None:
    assert main(["decision", "prove", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_number_that_is_not_there_is_status_2(rfi_id: str, capsys) -> None:
    assert main(["decision", "prove", rfi_id, "--number", "7"]) == 2
    assert "No decision number 7 is stored" in capsys.readouterr().err


def test_an_old_database_is_not_touched(monkeypatch, tmp_path, empty_database_url, capsys) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("QUESTIONNAIRE_DATABASE_URL", empty_database_url)
    assert main(["decision", "prove", "0192f0c1-0000-7000-8000-000000000000"]) == 2
    assert "questionnaire migrate" in capsys.readouterr().err
