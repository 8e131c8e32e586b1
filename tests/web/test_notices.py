"""A reviewer's question that changes what is asked: told to all, seen by all, naming nobody."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Clarification, Notice
from questionnaire.services import announcing
from tests.cast import actor_of
from tests.harness.web import StrictClient
from tests.services.asked import LINKS, ask, invite
from tests.services.reviewed import RTO, flag_of
from tests.services.rounds import make_assessment
from tests.web.reviewing import assessment, reviewer, rfi
from tests.web.vera import address, enter, section_of, words_of

__all__ = ["assessment", "reviewer", "rfi"]

TEXT = "Both sites count, the alternate one too."


@pytest.fixture
def told(session, clock, organisation, remi):
    asked = ask(session, organisation)
    question = asked.a("text")
    actor = actor_of(remi, organisation)
    announcing.publish(session, clock, LINKS, actor, asked.rfi.id, question.id, TEXT)
    session.flush()
    session.expire_all()
    return asked, question


def test_every_vendor_reads_it_at_the_question_and_at_the_start(client, session, told) -> None:
    asked, question = told
    page = enter(client, session, asked)
    assert TEXT in page.text
    assert "has told everybody" in page.text
    said = words_of(client.show(section_of(question, asked)), question)
    assert TEXT in said
    assert "Told to every vendor" in said


def test_a_vendor_invited_later_reads_it_too(client, session, organisation, told) -> None:
    asked, question = told
    late = make_assessment(session, organisation, asked.rfi, vendor="Dune Voice", answered=0)
    asked.assessment, asked.invitation = late, invite(session, late)
    enter(client, session, asked)
    assert TEXT in words_of(client.show(section_of(question, asked)), question)
    assert TEXT in client.show(address(asked)).text


def test_a_question_that_changes_what_is_asked_goes_to_every_vendor(
    session: Session, reviewer: StrictClient, assessment
) -> None:
    address = f"/flags/{flag_of(session, assessment, RTO).id}"
    told = {"remark": "Which sites?", "told": "all", "notice": "Amber Call is right."}
    reviewer.show(address)
    page = reviewer.press("Ask and next", told, status=422)
    assert "tells which vendor this is about" in page.text
    assert page.form_with("Ask and next").values()["notice"] == [told["notice"]]
    page = reviewer.press("Ask and next", told | {"told": "one"}, status=422)
    assert "say that it goes to all" in page.text
    page = reviewer.press("Ask and next", told | {"notice": "Every site counts."})
    assert "every vendor was told" in page.text
    notice = session.scalars(sa.select(Notice)).one()
    assert notice.text == "Every site counts."
    assert session.scalars(sa.select(Clarification.remark)).all() == ["Which sites?"]
    page = reviewer.show(address)
    assert "Told to every vendor on" in page.text
