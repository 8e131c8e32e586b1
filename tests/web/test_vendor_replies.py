"""Replies are attested as they were shown: what came meanwhile is read first."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import Clarification
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.services.asked import stored
from tests.web.vera import ATTESTED, address, enter


@pytest.fixture
def question(session, clock, small, remi):
    """Handed in, and asked about."""
    question = small.a("text")
    answering.save(
        session, clock, small.reached(), small.questionnaire, question.id, Typed(raw="Amber")
    )
    small.assessment.state, small.assessment.submitted_at = "submitted", clock()
    session.add(
        Clarification(
            organisation_id=small.assessment.organisation_id, assessment_id=small.assessment.id,
            question_id=question.id, remark="Which company, exactly?", asked_by=remi.id,
            asked_at=clock(),
            before={"state": "answered", "value": "Amber", "comment": "", "reason": "",
                    "version": 1, "files": []},
        )
    )  # fmt: skip
    session.flush()
    return question


def waits(session):
    return session.scalars(sa.select(Clarification.answered_at)).one() is None


def test_what_somebody_else_wrote_meanwhile_is_not_sent_unread(
    client, session, clock, small, question
) -> None:
    enter(client, session, small)
    client.show(address(small, "replies"))
    typed = Typed(raw="Amber Call SIA", comment="Renamed in May.", version=1)
    answering.save(session, clock, small.reached(clock()), small.questionnaire, question.id, typed)
    page = client.press("Send replies", ATTESTED)
    assert "Somebody changed this answer after you opened this page" in page.text
    assert waits(session)
    page = client.press("Send replies", ATTESTED)
    assert "Sent. Thank you." in page.text
    assert stored(session, question).value == "Amber Call SIA"


def test_what_was_asked_meanwhile_is_read_before_anything_is_sent(
    client, session, small, question
) -> None:
    enter(client, session, small)
    client.show(address(small, "replies"))
    session.execute(sa.update(Clarification).values(remark="Which company? And since when?"))
    page = client.press("Send replies", ATTESTED | {f"{question.id}:nothing": "1"})
    assert "More was asked here after you opened this page" in page.text
    assert "And since when?" in page.text
    assert waits(session)
    assert not session.scalars(sa.select(Clarification.nothing_to_add)).one()
    page = client.press("Send replies", ATTESTED | {f"{question.id}:nothing": "1"})
    assert "Sent. Thank you." in page.text
