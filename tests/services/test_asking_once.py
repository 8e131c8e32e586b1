"""One question waits for one reply, whichever of its flags it was asked by."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Message, Organisation, User
from questionnaire.services import clarifying, reading, reopening, reviewing, ruling
from questionnaire.services.editions import current_bank
from questionnaire.services.faults import Refused
from questionnaire.services.judging import judge
from questionnaire.services.links import Links
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import RTO, flag_of, question_of
from tests.services.rounds import make_invitation

LINKS = Links("https://service.example", "s" * 40)
QUESTION = question_of(RTO)
STRICTER = "resilience.rto#stricter"


def test_a_question_that_waits_for_a_reply_is_not_asked_by_another_of_its_flags(
    session: Session, clock: MovableClock, organisation: Organisation, remi: User
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    make_invitation(session, assessment)
    (document,) = reviewed.documents(RTO)
    twins = [document, document | {"id": STRICTER}]
    reviewed.freeze(session, assessment.rfi, 2, twins)
    judge(session, clock, assessment.id)
    by_remi = actor_of(remi, organisation)

    def decide(action: str) -> None:
        flag = flag_of(session, assessment, STRICTER)
        made = Decision(action, "Looked at again.")
        reviewing.decide(session, clock, by_remi, flag.id, flag.version, made)

    def ask(requirement_id: str) -> None:
        flag = flag_of(session, assessment, requirement_id)
        clarifying.ask(session, clock, LINKS, by_remi, flag.id, flag.version, "Really?")

    decide("confirm")
    ask(RTO)
    reviewed.answer(session, clock, assessment, QUESTION, 6)
    decide("reopen")
    with pytest.raises(Refused) as refused:
        ask(STRICTER)
    assert refused.value.sentence == ruling.ASKED
    (waiting,) = reopening.open_clarifications(session, assessment.id)
    assert waiting.before.value == 24
    shown = reading.staff_answers(session, organisation.id, assessment.id, current_bank())
    assert shown[QUESTION].value == 24


def test_the_same_page_sent_twice_asks_once_and_another_persons_is_stale(
    session: Session, clock: MovableClock, organisation: Organisation, remi: User, rosa: User
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    make_invitation(session, assessment)
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    flag_id, seen = flag.id, flag.version

    def ask(who: User, remark: str = "Really?") -> object:
        actor = actor_of(who, organisation)
        return clarifying.ask(session, clock, LINKS, actor, flag_id, seen, remark)

    assert ask(remi) == ask(remi)
    for who, remark in ((rosa, "Really?"), (remi, "And since when?")):
        with pytest.raises(reviewing.Stale):
            ask(who, remark)
    assert len(reopening.open_clarifications(session, assessment.id)) == 1
    mails = sa.select(sa.func.count()).where(Message.kind == "clarification")
    assert session.scalar(mails) == 1
