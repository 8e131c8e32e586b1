"""Handing in: complete, attested, once; receipt, notice, judging; declining; replying."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import (
    Answer,
    AnswerChange,
    Assessment,
    AuditRow,
    Flag,
    Judgement,
    Message,
)
from questionnaire.services import answering, ending
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.submitting import Attestation, Changed, Incomplete
from questionnaire.services.taking import Typed
from tests.services.asked import SECRET_PRICE, counters

VERA = Attestation("Vera Ozola", "Managing director", True)
DAY = timedelta(days=1)


def mails(session, kind):
    return session.scalars(sa.select(Message).where(Message.kind == kind)).all()


def test_what_must_be_answered_blocks_and_dont_know_does_not(session, small, answer_all, submit):
    with pytest.raises(Incomplete) as fault:
        submit()
    must = {one.id for one in small.questionnaire.questions.values() if one.answer_required}
    assert {one.question.id for one in fault.value.lacking} == must
    answer_all(**{one: Typed(said="dont_know") for one in must})
    assert submit()


def test_not_applicable_needs_its_reason(small, answer_all, submit, session, clock) -> None:
    question = small.a("yes_no")
    answer_all(**{question.id: Typed(said="not_applicable")})
    with pytest.raises(Incomplete) as fault:
        submit()
    assert [one.question.id for one in fault.value.lacking] == [question.id]
    assert "why" in fault.value.lacking[0].sentence


def test_handing_in_keeps_who_attested_what_and_when(session, small, answer_all, submit, clock):
    answer_all()
    assert submit()
    found = session.get_one(Assessment, small.assessment.id)
    assert (found.state, found.late, found.submitted_at) == ("submitted", False, clock())
    assert (found.attested_name, found.attested_role) == ("Vera Ozola", "Managing director")
    assert "Amber Call" in found.attested_text
    assert counters(session, small)[:2] == (len(small.questionnaire.questions),) * 2


def test_after_the_deadline_answers_are_taken_and_marked(session, small, answer_all, submit, clock):
    answer_all()
    clock.present = small.rfi.deadline + DAY
    submit()
    assert session.get_one(Assessment, small.assessment.id).late
    assert "after the deadline" in mails(session, "receipt")[0].text


@pytest.mark.parametrize(
    ("attestation", "field"),
    [
        (Attestation("", "Director", True), "name"),
        (Attestation("Vera", " ", True), "role"),
        (Attestation("Vera", "Director", False), "agreed"),
        (Attestation("V" * 201, "Director", True), "name"),
        (Attestation("Ve\x00ra", "Director", True), "name"),
    ],
)
def test_an_attestation_needs_name_role_and_tick(
    attestation, field, small, answer_all, submit
) -> None:
    answer_all()
    with pytest.raises(Invalid) as fault:
        submit(attestation)
    assert set(fault.value.faults) == {field}


def test_handing_in_twice_has_one_effect(session, answer_all, submit) -> None:
    answer_all()
    assert submit()
    assert not submit()
    assert len(mails(session, "receipt")) == len(mails(session, "submitted_notice")) == 1
    actions = [one.action for one in session.scalars(sa.select(AuditRow))]
    assert actions.count("submitted") == 1


def test_an_answer_that_changed_after_the_check_was_shown_stops_it(small, answer_all, submit):
    answer_all()
    with pytest.raises(Changed):
        submit(seen=small.assessment.changed_at - DAY)


def test_the_receipt_has_a_copy_without_what_is_sealed(session, small, answer_all, submit) -> None:
    answer_all()
    submit()
    receipt = mails(session, "receipt")[0]
    assert receipt.to_address == "vera@ambercall.example"
    text = small.a("text")
    assert text.text.en in " ".join(receipt.text.split())
    assert "As we said on the telephone." in receipt.text
    assert "kept sealed" in receipt.text


def test_a_price_stands_nowhere_but_in_the_answer_and_its_history(session, answer_all, submit):
    answer_all()
    submit()

    def rows(table):
        found = session.scalars(sa.select(table)).all()
        assert found
        return repr([{name: one for name, one in vars(row).items() if name[0] != "_"}
                     for row in found])  # fmt: skip

    assert SECRET_PRICE in rows(Answer)
    assert SECRET_PRICE in rows(AnswerChange)
    for table in (Message, AuditRow, Judgement, Flag, Assessment):
        assert SECRET_PRICE not in rows(table), table.__tablename__


def test_what_was_handed_in_is_judged_and_the_buyer_is_told(session, answer_all, submit) -> None:
    answer_all()
    submit()
    assert session.scalars(sa.select(Judgement)).all()
    assert session.scalars(sa.select(Flag)).all()
    assert mails(session, "submitted_notice")[0].to_address == "ada@brightlane.example"


# Declining ------------------------------------------------------------------------------------


def test_declining_needs_a_reason_tells_the_buyer_and_keeps_the_draft(
    session, small, answer_all, clock
) -> None:
    answer_all()

    def decline(reason):
        reached = small.reached(clock())
        return ending.decline(
            session, clock, reached, reason, board_link="http://localhost/b", speech="en"
        )

    with pytest.raises(Invalid):
        decline("  ")
    assert decline("We are full until summer.")
    assert not decline("We are full until summer.")
    session.flush()
    session.expire_all()
    assert small.assessment.state == "declined"
    (notice,) = mails(session, "declined_notice")
    assert "full until summer" in notice.text
    assert session.scalars(sa.select(Answer)).all()
    with pytest.raises(Refused):
        answering.save(
            session, clock, small.reached(), small.questionnaire, small.a("text").id,
            Typed(raw="x", version=1),
        )  # fmt: skip
