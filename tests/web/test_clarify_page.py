"""What is to be clarified, on the page of a vendor's assessment."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Clarification, Organisation
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.found import CLIENTS, OUR_RIVAL, THEIR_CLIENT, alike, client_row, slow
from tests.services.rounds import make_invitation
from tests.web.reviewing import reviewer

__all__ = ["reviewer"]

WORDS = "A possible conflict exists. Please confirm for makers of furniture."


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    made = alike(session, clock, organisation)
    make_invitation(session, made)
    session.commit()
    return made


@pytest.fixture
def address(assessment: Assessment) -> str:
    return f"/flags/assessments/{assessment.id}"


def test_from_the_list_to_the_vendors_reply(
    reviewer: StrictClient, session: Session, clock: MovableClock, assessment, address: str
) -> None:
    page = reviewer.show(address)
    assert "To be clarified" in page.text
    assert f"“{THEIR_CLIENT}” may be “{OUR_RIVAL}”. Please confirm." in page.text
    page = reviewer.press("Ask the vendor", {"remark": WORDS})
    assert "the question is open for it again" in page.text
    assert "has not replied yet" in page.text
    assert WORDS in page.text
    assert "Remi Okafor asked Amber Call about “Possible competitor name match”" in page.text
    asked = session.scalars(sa.select(Clarification)).one()
    version = reviewed.answer(
        session, clock, assessment, CLIENTS, [client_row()], comment="Another family."
    )
    reviewed.reply(session, asked.id, version, clock())
    session.commit()
    page = reviewer.show(address)
    assert "Asked and answered" in page.text
    assert "Another family." in page.text
    assert "Ask again" in page.text


def test_it_is_taken_back(reviewer: StrictClient, session: Session, address: str) -> None:
    reviewer.show(address)
    reviewer.press("Ask the vendor", {"remark": WORDS})
    page = reviewer.press("Take the question back")
    assert "is taken back" in page.text
    assert "has not replied yet" not in page.text
    page = reviewer.press("Ask the vendor", {"remark": WORDS})
    asked = session.scalars(sa.select(Clarification).order_by(Clarification.id.desc())).first()
    assert asked is not None
    reviewed.reply(session, asked.id, 1)
    session.commit()
    page = reviewer.press("Take the question back", status=409)
    assert "The vendor has replied meanwhile" in page.text


def test_what_was_typed_wrong_comes_back(
    reviewer: StrictClient, session: Session, address: str
) -> None:
    reviewer.show(address)
    page = reviewer.press("Ask the vendor", {"remark": " "}, status=422)
    assert "Write what the vendor should tell you" in page.text
    page = reviewer.press("Ask the vendor", {"remark": "y" * 2_001}, status=422)
    assert "y" * 2_001 in page.text
    typed = page.form_with("Ask the vendor").values() | {"finding": ["moon"]}
    reply = reviewer.post(f"{address}/clarify", data=typed)
    assert reply.status_code == 422
    assert "not to be clarified any more" in reply.text
    assert session.scalars(sa.select(Clarification.id)).all() == []


def test_asking_what_is_open_already_is_refused_and_keeps_the_words(
    reviewer: StrictClient, address: str
) -> None:
    page = reviewer.show(address)
    typed = page.form_with("Ask the vendor").values()
    reviewer.press("Ask the vendor", {"remark": WORDS})
    reply = reviewer.post(f"{address}/clarify", data=typed | {"remark": ["Other words."]})
    assert reply.status_code == 409
    assert "Other words." in reply.text


def test_where_nothing_asks_there_is_no_such_list(
    reviewer: StrictClient, session: Session, clock: MovableClock, organisation
) -> None:
    made = slow(session, clock, organisation, vendor="Cobalt")
    session.commit()
    assert "To be clarified" not in reviewer.show(f"/flags/assessments/{made.id}").text


def test_more_clients_and_questions_ask_no_more_of_the_database(
    reviewer: StrictClient, session: Session, clock, assessment, address: str, connection
) -> None:
    counts = []
    for more in (0, 9):
        rows = [client_row(), *(client_row(f"Client {number}") for number in range(more))]
        reviewed.answer(session, clock, assessment, CLIENTS, rows)
        session.commit()
        with statements(connection) as seen:
            reviewer.show(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]
