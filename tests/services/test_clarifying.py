"""Asking the vendor: one question opens, its flags wait, the reply stands beside the old answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import (
    Answer,
    Assessment,
    AuditRow,
    Flag,
    Invitation,
    Message,
    Organisation,
    User,
)
from questionnaire.services import (
    clarifying,
    examining,
    flagging,
    reading,
    reopening,
    reviewing,
    ruling,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.editions import current_bank
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.judging import judge
from questionnaire.services.links import Links, hash_of
from questionnaire.services.reviewing import Stale
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import MAJOR, RTO, flag_of, question_of
from tests.services.rounds import make_invitation

LINKS = Links("https://service.example", "s" * 40)
REMARK = "Is this with both sites running?"
QUESTION = question_of(RTO)


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    assessment = reviewed.submitted(session, clock, organisation)
    make_invitation(session, assessment)
    return assessment


@pytest.fixture
def by_remi(organisation: Organisation, remi: User) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def ask(session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor):
    def ask(requirement_id: str = RTO, remark: str = REMARK):
        flag = flag_of(session, assessment, requirement_id)
        return clarifying.ask(session, clock, LINKS, by_remi, flag.id, flag.version, remark)

    return ask


def test_asking_opens_the_question_and_mails_the_remark(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    clarification_id = ask()
    (waiting,) = reopening.open_clarifications(session, assessment.id)
    assert (waiting.id, waiting.question_id, waiting.remark) == (clarification_id, QUESTION, REMARK)
    assert waiting.before.value == 24
    flag = flag_of(session, assessment, RTO)
    assert flag.state == "clarifying"
    assert reviewed.events(session, flag) == ["raised", "asked"]
    mail = session.scalars(sa.select(Message).filter_by(kind="clarification")).one()
    invitation = session.scalars(sa.select(Invitation)).one()
    assert mail.to_address == "vera@ambercall.example"
    assert REMARK in mail.text
    assert LINKS.vendor(invitation.id) in mail.text
    assert session.scalars(sa.select(AuditRow).filter_by(action="asked")).one().object_id == str(
        flag.id
    )


def test_a_clarifying_flag_is_not_decided_and_not_asked_again(
    session: Session, clock: MovableClock, assessment: Assessment, ask, by_remi: Actor
) -> None:
    ask()
    flag = flag_of(session, assessment, RTO)
    with pytest.raises(Refused) as refused:
        reviewing.decide(session, clock, by_remi, flag.id, flag.version, Decision("confirm"))
    assert refused.value.sentence == ruling.ASKED
    with pytest.raises(Refused):
        ask()


def test_what_the_vendor_is_still_writing_is_neither_shown_nor_judged(
    session: Session, clock: MovableClock, organisation: Organisation, assessment, ask
) -> None:
    ask()
    reviewed.answer(session, clock, assessment, QUESTION, 6)
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.status) == ("clarifying", "not_met")
    bank = current_bank()
    shown = reading.staff_answers(session, organisation.id, assessment.id, bank)
    assert shown[QUESTION].value == 24
    assert reading.read_answers(session, assessment.id)[QUESTION].value == 6


def test_the_reply_is_judged_and_stands_beside_the_old_answer(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    clarification_id = ask()
    version = reviewed.answer(session, clock, assessment, QUESTION, 12)
    reviewed.reply(session, clarification_id, version, clock())
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.status) == ("open", "not_met")
    assert flag.reopened_why == "The vendor changed the answer."
    assert reviewed.events(session, flag) == ["raised", "asked", "replied"]
    (row,) = flagging.rows(session, Flag.id == flag.id)
    (asked,) = examining.clarifications(session, row)
    assert asked.before.value == 24
    assert examining.answers_of(session, row, [asked])[QUESTION].value == 12
    assert reopening.open_clarifications(session, assessment.id) == []


def test_a_reply_that_meets_the_requirement_closes_the_flag(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    clarification_id = ask()
    version = reviewed.answer(session, clock, assessment, QUESTION, 8)
    reviewed.reply(session, clarification_id, version, clock())
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, RTO).state == "closed"


def test_a_reply_that_keeps_the_answer_brings_the_flag_back(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    clarification_id = ask()
    reviewed.reply(session, clarification_id, 1, clock())
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.reopened_why) == ("open", "The vendor has replied.")


def test_taking_back_restores_answer_and_files(
    session: Session, clock: MovableClock, assessment: Assessment, ask, by_remi: Actor
) -> None:
    kept = reviewed.attach(session, assessment, QUESTION, "test_report")
    judge(session, clock, assessment.id)
    clarification_id = ask()
    reviewed.answer(session, clock, assessment, QUESTION, 6)
    kept.removed_at = clock()
    added = reviewed.attach(session, assessment, QUESTION, "test_report", content=b"%PDF new")
    clarifying.cancel(session, clock, by_remi, clarification_id)
    session.expire_all()
    answer = session.scalars(sa.select(Answer).filter_by(question_id=QUESTION)).one()
    assert (answer.value, answer.version) == (24, 3)
    assert (kept.removed_at, added.removed_at) == (None, clock())
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.status) == ("open", "not_met")
    assert reviewed.events(session, flag)[-1] == "asking_withdrawn"
    clarifying.cancel(session, clock, by_remi, clarification_id)
    assert flag_of(session, assessment, RTO).version == flag.version


def test_taking_back_an_untouched_question_writes_no_new_version(
    session: Session, clock: MovableClock, ask, by_remi: Actor
) -> None:
    clarifying.cancel(session, clock, by_remi, ask())
    session.expire_all()
    assert session.scalars(sa.select(Answer.version).filter_by(question_id=QUESTION)).one() == 1


def test_what_was_replied_to_is_not_taken_back(
    session: Session, clock: MovableClock, ask, by_remi: Actor
) -> None:
    clarification_id = ask()
    reviewed.reply(session, clarification_id, 1, clock())
    with pytest.raises(Refused, match="replied meanwhile"):
        clarifying.cancel(session, clock, by_remi, clarification_id)


@pytest.mark.parametrize("remark", ["", "  ", "x" * 2_001, "a\x00b"])
def test_a_remark_is_needed_and_limited(ask, remark: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(remark=remark)
    assert list(refused.value.faults) == ["remark"]


def test_a_proposed_or_decided_flag_is_not_asked_about(
    session: Session, clock: MovableClock, assessment: Assessment, ask, by_remi: Actor
) -> None:
    flag = flag_of(session, assessment, RTO)
    reviewing.decide(session, clock, by_remi, flag.id, flag.version, Decision("confirm"))
    with pytest.raises(Refused, match="decided already"):
        ask()


def test_a_stale_page_asks_nothing(
    session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor
) -> None:
    flag = flag_of(session, assessment, RTO)
    with pytest.raises(Stale):
        clarifying.ask(session, clock, LINKS, by_remi, flag.id, flag.version - 1, REMARK)


def test_a_link_that_had_ended_works_again_for_the_reply(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    invitation = session.scalars(sa.select(Invitation)).one()
    invitation.expires_at = clock() - timedelta(days=1)
    session.flush()
    ask()
    assert invitation.expires_at >= clock() + timedelta(days=30)


def test_a_revoked_link_is_replaced(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    session.scalars(sa.select(Invitation)).one().revoked_at = clock()
    session.flush()
    ask()
    made = session.scalars(sa.select(Invitation).filter_by(revoked_at=None)).one()
    assert made.token_hash == hash_of(LINKS.token("vendor", made.id))


def test_a_withdrawn_round_asks_nothing(
    session: Session, clock: MovableClock, assessment: Assessment, ask
) -> None:
    assessment.rfi.state = "withdrawn"
    session.flush()
    with pytest.raises(Refused, match="withdrawn"):
        ask()


def test_strangers_neither_ask_nor_take_back(
    session: Session, clock: MovableClock, assessment: Assessment, ask, stan: User
) -> None:
    stranger = actor_of(stan, stan.memberships[0].organisation)
    flag = flag_of(session, assessment, MAJOR)
    for flag_id in (flag.id, new_id()):
        with pytest.raises(Missing):
            clarifying.ask(session, clock, LINKS, stranger, flag_id, 1, REMARK)
    for clarification_id in (ask(), new_id()):
        with pytest.raises(Missing):
            clarifying.cancel(session, clock, stranger, clarification_id)
