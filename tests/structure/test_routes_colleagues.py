"""Every route tried by a colleague: its own part opens, all else is as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Evidence, Invitation
from questionnaire.services import editions
from questionnaire.vendor import gate
from tests.structure.roster import ROLES, ROSTER, Who
from tests.structure.world import World, let_colleague_in, let_in, neighbour, worlds

if TYPE_CHECKING:
    import sqlalchemy as sa
    from werkzeug.test import TestResponse

    from tests.harness.web import StrictClient

#: Routes of the vendor that a colleague uses as well, for its own part.
FOR_COLLEAGUES = {
    "vendor.start", "vendor.section", "vendor.earlier", "vendor.confirm", "vendor.next_open",
    "vendor.save_section", "vendor.save_answer",
    "vendor.paste_rows", "vendor.show_typed", "vendor.attach", "vendor.remove_file",
    "vendor.file", "vendor.replies", "vendor.save_replies",
}  # fmt: skip

OPEN = FOR_COLLEAGUES | {one for one, who in ROSTER.items() if who is Who.COLLEAGUE}


@pytest.fixture
def ours(app: Flask, session: Session, tmp_path: Path) -> World:
    """A company whose vendor has handed one question to a colleague."""
    app.config["WTF_CSRF_ENABLED"] = False
    made, _theirs = worlds(session, tmp_path)
    _hand_over(session, made, [made["question_id"]])
    return made


@pytest.fixture
def neighbours(session: Session, tmp_path: Path, ours: World) -> World:
    """Another vendor in the same company, with a colleague who was handed the same."""
    made = neighbour(session, tmp_path, ours)
    _hand_over(session, made, [made["question_id"]])
    return made


@pytest.fixture
def marta(client: StrictClient, ours: World) -> StrictClient:
    """The colleague's browser."""
    let_colleague_in(client, ours)
    return client


def _hand_over(session: Session, world: World, questions: list[str]) -> None:
    colleague = session.get_one(Invitation, world["colleague_id"])
    colleague.handed_over = {"sections": [], "questions": questions}
    session.flush()


def _answering(session: Session, world: World) -> None:
    session.get_one(Assessment, world["assessment_id"]).state = "in_progress"
    session.flush()


def _tries(app: Flask, ids: Any, who: Any) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of each route for whom `who` says so."""
    for rule in app.url_map.iter_rules():
        if who(rule.endpoint):
            with app.test_request_context():
                adapter = app.url_map.bind("localhost")
                address = adapter.build(rule.endpoint, {name: ids[name] for name in rule.arguments})
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, address


@pytest.fixture
def attempt(connection: sa.Connection, session: Session, marta: StrictClient) -> Any:
    """One try of the colleague's that leaves no trace."""

    def attempt(method: str, address: str) -> TestResponse:
        session.commit()
        cell = connection.begin_nested()
        reply = marta.open(address, method=method)
        session.rollback()
        cell.rollback()
        return reply

    return attempt


def test_the_roster_and_the_gate_name_the_same_routes() -> None:
    assert OPEN == gate.FOR_COLLEAGUES


@pytest.mark.parametrize("state", ["in_progress", "submitted"])
def test_a_colleague_reaches_its_own_part(
    app: Flask, session: Session, ours: World, attempt: Any, state: str
) -> None:
    """After handing in because its question is open again."""
    session.get_one(Assessment, ours["assessment_id"]).state = state
    session.flush()
    shut = [
        (endpoint, method, reply.status)
        for endpoint, method, address in _tries(app, ours, OPEN.__contains__)
        for reply in [attempt(method, address)]
        if reply.status_code in (401, 403, 404)
    ]
    assert shut == []


def test_whatever_is_the_owners_alone_is_as_if_it_were_not_there(
    app: Flask, session: Session, ours: World, attempt: Any
) -> None:
    _answering(session, ours)
    unknown = attempt("GET", f"/assessment/{uuid4()}")
    assert unknown.status_code == 404
    owners = lambda one: ROSTER.get(one) is Who.VENDOR and one not in OPEN  # noqa: E731
    tried, wrong = 0, []
    for endpoint, method, address in _tries(app, ours, owners):
        tried += 1
        reply = attempt(method, address)
        if (reply.status_code, reply.get_data()) != (404, unknown.get_data()):
            wrong.append((endpoint, method, reply.status))
    assert tried >= 10
    assert wrong == []


def test_what_was_not_handed_over_is_answered_like_what_never_was(
    app: Flask, session: Session, ours: World, attempt: Any
) -> None:
    """Sections, questions and files of the same answers that others work at."""
    _answering(session, ours)
    bank = editions.current_bank()
    own = bank.questions[ours["question_id"]]
    other = next(one for one in bank.questions.values() if one.section != own.section)
    beside = next(
        one for one in bank.questions.values() if one.section == own.section and one is not own
    )
    session.get_one(Evidence, ours["evidence_id"]).question_id = other.id
    session.flush()
    foreign = {
        "section_id": [other.section],
        "question_id": [other.id, beside.id],
        "evidence_id": [ours["evidence_id"]],
    }
    unknown = {"section_id": "nothing", "question_id": "no.such", "evidence_id": uuid4()}
    wrong, tried = [], 0
    for rule in app.url_map.iter_rules():
        for name in rule.arguments & foreign.keys() if rule.endpoint in OPEN else ():
            for one in foreign[name]:
                of = {rule.endpoint}.__contains__
                known = _tries(app, ours.with_another(name, one), of)
                nowhere = _tries(app, ours.with_another(name, unknown[name]), of)
                for (endpoint, method, address), (*_same, nobodys) in zip(
                    known, nowhere, strict=True
                ):
                    tried += 1
                    seen, none = attempt(method, address), attempt(method, nobodys)
                    if (seen.status_code, none.status_code) != (404, 404):
                        wrong.append((endpoint, method, name, seen.status, none.status))
                    elif seen.get_data() != none.get_data():
                        wrong.append((endpoint, method, name, "differs", ""))
    assert tried >= 8
    assert wrong == []


def test_a_colleague_reaches_nothing_of_another_vendor_or_of_the_buyer(
    app: Flask, ours: World, neighbours: World, attempt: Any
) -> None:
    wrong = [
        (endpoint, method, reply.status)
        for endpoint, method, address in _tries(app, neighbours, OPEN.__contains__)
        for reply in [attempt(method, address)]
        if reply.status_code != 404
    ]
    staff = lambda one: ROSTER.get(one) in ROLES  # noqa: E731
    wrong += [
        (endpoint, method, reply.status)
        for endpoint, method, address in _tries(app, ours, staff)
        for reply in [attempt(method, address)]
        if "/sign-in" not in reply.headers.get("Location", "")
    ]
    assert wrong == []


def test_being_done_is_a_colleagues_alone(app: Flask, ours: World, client: StrictClient) -> None:
    let_in(client, ours)
    assert client.post(f"/assessment/{ours['assessment_id']}/done").status_code == 404
