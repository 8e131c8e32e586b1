"""Documents whose last day is over: flags open again, the vendor is asked, each once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import (
    Assessment,
    AuditRow,
    Clarification,
    Evidence,
    FlagEvent,
    Message,
    Rfi,
)
from questionnaire.services import clarifying, lapsing, reviewing
from questionnaire.services.auditing import Actor
from questionnaire.services.judging import judge
from questionnaire.services.proving import Proof
from questionnaire.services.ruling import Decision
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.assured import LINKS, assessment, by_remi, paper, review, rfi
from tests.services.reviewed import RTO, flag_of, question_of, statuses

__all__ = ["assessment", "by_remi", "paper", "review", "rfi"]

#: Ends after the contract has started: it proves the answer until then.
ENDS = Proof(2, date(2026, 5, 1), date(2027, 4, 30))
LAST_DAY = timedelta(days=158)


@pytest.fixture
def hourly(session: Session, clock: MovableClock):
    """Let the hourly job run; gives how many documents it dealt with."""

    def hourly() -> int:
        over = lapsing.due(session, clock().date())
        done = sum(lapsing.lapse(session, clock, LINKS, one) for one in over)
        session.flush()
        session.expire_all()
        return done

    return hourly


def mails(session: Session) -> list[Message]:
    return list(session.scalars(sa.select(Message).order_by(Message.id)))


def test_a_document_holds_through_its_last_day_and_lapses_the_day_after_once(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, hourly
) -> None:
    review(paper, ENDS)
    clock.move(LAST_DAY)
    assert hourly() == 0
    assert statuses(session, assessment)[RTO] == "met"
    clock.move(timedelta(days=1))
    assert [hourly(), hourly()] == [1, 0]
    assert statuses(session, assessment)[RTO] == "unknown"
    row = session.scalars(sa.select(AuditRow).filter_by(action="lapsed")).one()
    assert (row.actor_kind, row.object_id) == ("service", str(paper.id))
    assert len(mails(session)) == 1


def test_its_flag_opens_again_with_the_reason_and_waits_for_the_vendor(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, hourly
) -> None:
    review(paper, ENDS)
    assert flag_of(session, assessment, RTO).state == "closed"
    clock.move(LAST_DAY + timedelta(days=1))
    hourly()
    flag = flag_of(session, assessment, RTO)
    assert flag.state == "clarifying"
    assert "“extract.pdf” lapsed on 30 April 2027" in flag.explanation
    assert reviewed.events(session, flag)[-2:] == ["reopened", "asked"]
    told = session.scalars(
        sa.select(FlagEvent.reason).filter_by(flag_id=flag.id, action="reopened")
    ).one()
    assert told == "“extract.pdf” lapsed on 30 April 2027."


def test_a_decision_that_rested_on_it_falls(
    session: Session,
    clock: MovableClock,
    assessment: Assessment,
    paper,
    review,
    hourly,
    by_remi: Actor,
) -> None:
    reviewed.answer(session, clock, assessment, question_of(RTO), 9)
    review(paper, ENDS)
    flag = flag_of(session, assessment, RTO)
    decision = Decision("accept", "The report makes up for it.")
    reviewing.decide(session, clock, by_remi, flag.id, flag.version, decision)
    assert flag_of(session, assessment, RTO).state == "accepted"
    clock.move(LAST_DAY + timedelta(days=1))
    hourly()
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.decision) == ("clarifying", None)


def test_the_vendor_is_mailed_what_lapsed_and_can_answer_that_one_question(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, hourly
) -> None:
    review(paper, ENDS)
    clock.move(LAST_DAY + timedelta(days=1))
    hourly()
    (mail,) = mails(session)
    assert (mail.kind, mail.to_address) == ("lapsed", "vera@ambercall.example")
    assert "“extract.pdf” lapsed on 30 April 2027." in mail.text
    assert "/invitation/" in mail.text
    assert mail.subject == "A document has lapsed: Evenings and weekends"
    asked = session.scalars(sa.select(Clarification)).one()
    assert (asked.question_id, asked.asked_by) == (question_of(RTO), None)
    assert asked.remark in " ".join(mail.text.replace("> ", "").split())
    assert "reviewed" not in mail.text
    # A newer document comes, is sent in reply, and reviewed: all is well again.
    clock.move(timedelta(days=3))
    fresh = reviewed.attach(session, assessment, question_of(RTO), content=b"%PDF-1.7 new")
    fresh.uploaded_at = clock()
    reviewed.reply(session, asked.id, 1, clock())
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, RTO).state == "open"
    review(fresh, Proof(2, None, date(2029, 4, 30)))
    assert flag_of(session, assessment, RTO).state == "closed"
    assert hourly() == 0


def test_two_documents_of_one_question_are_one_question_and_two_mails(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, hourly
) -> None:
    other = reviewed.attach(session, assessment, question_of(RTO), content=b"%PDF-1.7 other")
    for one in (paper, other):
        review(one, ENDS)
    clock.move(LAST_DAY + timedelta(days=1))
    assert hourly() == 2
    asked = session.scalars(sa.select(Clarification)).one()
    assert asked.remark.count("lapsed on 30 April 2027") == 2
    assert [one.kind for one in mails(session)] == ["lapsed", "lapsed"]


def test_what_the_vendor_was_asked_before_stays_beside_it(
    session: Session,
    clock: MovableClock,
    assessment: Assessment,
    paper,
    review,
    hourly,
    by_remi: Actor,
) -> None:
    flag = flag_of(session, assessment, RTO)
    clarifying.ask(session, clock, LINKS, by_remi, flag.id, flag.version, "Who signed it?")
    review(paper, ENDS)
    clock.move(LAST_DAY + timedelta(days=1))
    hourly()
    asked = session.scalars(sa.select(Clarification)).one()
    assert asked.remark.startswith("Who signed it?\n\n“extract.pdf” lapsed on")
    assert [one.kind for one in mails(session)] == ["clarification", "lapsed"]


@pytest.mark.parametrize("gone", ["removed", "reviewed again", "not accepted"])
def test_a_document_that_no_longer_counts_does_not_lapse(
    session: Session, clock: MovableClock, paper: Evidence, review, hourly, gone: str
) -> None:
    review(paper, ENDS)
    if gone == "removed":
        paper.removed_at = clock()
    elif gone == "reviewed again":
        review(paper, Proof(2, None, date(2030, 1, 1)), seen=1)
    else:
        review(paper, Proof(0, reason="Forged."), seen=1)
    session.flush()
    clock.move(LAST_DAY + timedelta(days=1))
    assert hourly() == 0


def test_a_withdrawn_rfi_asks_nothing_more(
    session: Session, clock: MovableClock, assessment: Assessment, rfi: Rfi, paper, review, hourly
) -> None:
    review(paper, ENDS)
    rfi.state = "withdrawn"
    session.flush()
    clock.move(LAST_DAY + timedelta(days=1))
    assert hourly() == 1
    assert statuses(session, assessment)[RTO] == "unknown"
    assert mails(session) == []
    assert hourly() == 0
