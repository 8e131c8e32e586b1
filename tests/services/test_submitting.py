"""Handing in: complete, attested, once; receipt, notice, judging; declining; replying."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.db import new_id
from questionnaire.models import (
    Answer,
    Assessment,
    AuditRow,
    Clarification,
    Flag,
    Judgement,
    Message,
)
from questionnaire.services import answering, ending, replying, resuming, submitting
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.submitting import Attestation, Incomplete
from questionnaire.services.taking import Typed
from tests.services.asked import ask, counters, raw_of, stored

VERA = Attestation("Vera Ozola", "Managing director", True)
DAY = timedelta(days=1)
SECRET = "731.25"


@pytest.fixture
def asked(session, organisation):
    """Asked the first section, and the sealed one."""
    bank = ask(session, organisation, vendor="Only for the bank").bank
    sealed = next(one for one in bank.sections if one.sealed)
    ids = [one.id for one in (*bank.sections[0].questions, *sealed.questions)]
    return ask(session, organisation, question_ids=ids, rfi_values={"title": "Small round"})


@pytest.fixture
def answer_all(session, clock, asked):
    def answer_all(**changed):
        typed = {
            one.id: changed.get(one.id, Typed(raw=raw_of(one)))
            for one in asked.questionnaire.questions.values()
            if one.kind != "money"
        }
        typed |= {
            one.id: Typed(
                raw={"amount": SECRET, "currency": "EUR"}, comment="Only 731.25, promised"
            )
            for one in asked.questionnaire.questions.values()
            if one.kind == "money"
        }
        done = answering.save_section(session, clock, asked.reached(), asked.questionnaire, typed)
        assert not done.faults
        session.expire_all()

    return answer_all


@pytest.fixture
def submit(session, clock, asked):
    def submit(attestation=VERA, seen=None):
        reached = asked.reached(clock())
        done = submitting.submit(
            session, clock, reached, asked.questionnaire, attestation,
            seen=seen or reached.changed_at, link="http://localhost/l",
            board_link="http://localhost/board",
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return done

    return submit


def mails(session, kind):
    return session.scalars(sa.select(Message).where(Message.kind == kind)).all()


def test_what_must_be_answered_blocks_and_dont_know_does_not(session, asked, answer_all, submit):
    with pytest.raises(Incomplete) as fault:
        submit()
    must = {one.id for one in asked.questionnaire.questions.values() if one.answer_required}
    assert {one.question.id for one in fault.value.lacking} == must
    answer_all(**{one: Typed(said="dont_know") for one in must})
    assert submit()


def test_not_applicable_needs_its_reason(asked, answer_all, submit, session, clock) -> None:
    question = asked.a("yes_no")
    answer_all(**{question.id: Typed(said="not_applicable")})
    with pytest.raises(Incomplete) as fault:
        submit()
    assert [one.question.id for one in fault.value.lacking] == [question.id]
    assert "why" in fault.value.lacking[0].sentence


def test_handing_in_keeps_who_attested_what_and_when(session, asked, answer_all, submit, clock):
    answer_all()
    assert submit()
    found = session.get_one(Assessment, asked.assessment.id)
    assert (found.state, found.late, found.submitted_at) == ("submitted", False, clock())
    assert (found.attested_name, found.attested_role) == ("Vera Ozola", "Managing director")
    assert "Amber Call" in found.attested_text
    assert counters(session, asked)[:2] == (len(asked.questionnaire.questions),) * 2


def test_after_the_deadline_answers_are_taken_and_marked(session, asked, answer_all, submit, clock):
    answer_all()
    clock.present = asked.rfi.deadline + DAY
    submit()
    assert session.get_one(Assessment, asked.assessment.id).late
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
    attestation, field, asked, answer_all, submit
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


def test_an_answer_that_changed_after_the_check_was_shown_stops_it(asked, answer_all, submit):
    answer_all()
    with pytest.raises(Refused, match="changed after this page"):
        submit(seen=asked.assessment.changed_at - DAY)


def test_the_receipt_has_a_copy_without_what_is_sealed(session, asked, answer_all, submit) -> None:
    answer_all()
    submit()
    receipt = mails(session, "receipt")[0]
    assert receipt.to_address == "vera@ambercall.example"
    text = asked.a("text")
    assert text.text.en in " ".join(receipt.text.split())
    assert "As we said on the telephone." in receipt.text
    assert "kept sealed" in receipt.text


def test_a_price_stands_nowhere_but_in_the_answer_and_its_history(session, answer_all, submit):
    answer_all()
    submit()
    for table in (Message, AuditRow, Judgement, Flag):
        rows = [
            {name: value for name, value in vars(row).items() if name[0] != "_"}
            for row in session.scalars(sa.select(table))
        ]
        assert rows
        assert SECRET not in repr(rows), table.__tablename__


def test_what_was_handed_in_is_judged_and_the_buyer_is_told(session, answer_all, submit) -> None:
    answer_all()
    submit()
    assert session.scalars(sa.select(Judgement)).all()
    assert session.scalars(sa.select(Flag)).all()
    assert mails(session, "submitted_notice")[0].to_address == "ada@brightlane.example"


# Declining ------------------------------------------------------------------------------------


def test_declining_needs_a_reason_tells_the_buyer_and_keeps_the_draft(
    session, asked, answer_all, clock
) -> None:
    answer_all()

    def decline(reason):
        reached = asked.reached(clock())
        return ending.decline(
            session, clock, reached, reason, board_link="http://localhost/b", speech="en"
        )

    with pytest.raises(Invalid):
        decline("  ")
    assert decline("We are full until summer.")
    assert not decline("We are full until summer.")
    session.flush()
    session.expire_all()
    assert asked.assessment.state == "declined"
    (notice,) = mails(session, "declined_notice")
    assert "full until summer" in notice.text
    assert session.scalars(sa.select(Answer)).all()
    with pytest.raises(Refused):
        answering.save(
            session, clock, asked.reached(), asked.questionnaire, asked.a("text").id,
            Typed(raw="x", version=1),
        )  # fmt: skip


# Replying -------------------------------------------------------------------------------------


@pytest.fixture
def reopened(session, clock, asked, answer_all, submit, remi):
    """A question that Remi has asked about, after everything was handed in."""
    answer_all()
    submit()
    question = asked.a("text")
    before = answering.stored(session, asked.assessment.id, question.id)
    session.add(
        Clarification(
            id=new_id(), organisation_id=asked.assessment.organisation_id,
            assessment_id=asked.assessment.id, question_id=question.id,
            remark="Which company, exactly?", asked_by=remi.id, asked_at=clock(),
            before={
                "state": before.state, "value": before.value, "comment": before.comment,
                "reason": before.reason, "version": before.version, "files": [],
            },
        )
    )  # fmt: skip
    session.flush()
    return question


@pytest.fixture
def send(session, clock, asked):
    def send():
        done = replying.send_replies(
            session, clock, asked.reached(clock()), asked.questionnaire,
            flag_link=lambda id: f"http://localhost/flags/{id}",
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return done

    return send


def test_only_the_question_that_was_asked_about_is_open_again(
    session, clock, asked, reopened
) -> None:
    other = asked.a("yes_no")

    def save(question, typed):
        return answering.save(
            session, clock, asked.reached(clock()), asked.questionnaire, question.id, typed
        )

    with pytest.raises(Refused):
        save(other, Typed(raw="no", version=1))
    saved = save(reopened, Typed(raw="Amber Call SIA", version=1))
    assert saved.version == 2
    (remark,) = resuming.remarks(session, asked.assessment.id).values()
    assert (remark.reply_version, remark.before["value"]) == (2, "As we said on the telephone.")
    assert counters(session, asked)[2] == "submitted"


def test_sending_closes_the_question_judges_anew_and_tells_who_asked(
    session, clock, asked, reopened, send, remi
) -> None:
    clock.move(DAY)
    answering.save(
        session, clock, asked.reached(clock()), asked.questionnaire, reopened.id,
        Typed(raw="Amber Call SIA", version=1),
    )  # fmt: skip
    assert send() == (reopened.id,)
    closed = session.scalars(sa.select(Clarification)).one()
    assert (closed.answered_version, closed.answered_at) == (2, clock())
    (notice,) = mails(session, "clarified_notice")
    assert notice.to_address == remi.email
    assert stored(session, reopened).value == "Amber Call SIA"
    judged = session.scalars(
        sa.select(Judgement.judged_at).where(Judgement.question_id == reopened.id)
    ).all()
    assert judged
    with pytest.raises(Refused):
        send()


def test_nothing_to_send_is_said(reopened, send) -> None:
    with pytest.raises(Refused, match="No reply"):
        send()


def test_a_reply_that_takes_a_needed_answer_away_is_refused(
    session, clock, asked, reopened, send
) -> None:
    answering.save(
        session, clock, asked.reached(clock()), asked.questionnaire, reopened.id,
        Typed(raw="", version=1),
    )  # fmt: skip
    with pytest.raises(Invalid) as fault:
        send()
    assert set(fault.value.faults) == {reopened.id}
