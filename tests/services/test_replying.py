"""Replying to clarifications: one question is open again, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.db import new_id
from questionnaire.models import Attestation as AttestationRow
from questionnaire.models import Clarification, Flag, Judgement, Message
from questionnaire.services import answering, replying, resuming
from questionnaire.services.attesting import Attestation
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.taking import Typed
from tests.services import reviewed
from tests.services.asked import SECRET_PRICE, counters, stored
from tests.services.conftest import VERA

DAY = timedelta(days=1)


def mails(session, kind):
    return session.scalars(sa.select(Message).where(Message.kind == kind)).all()


@pytest.fixture
def reopened(session, clock, small, answer_all, submit, remi):
    """A question that Remi has asked about, after everything was handed in."""
    answer_all()
    submit()
    question = small.a("text")
    ask_about(session, clock, small, remi, question, "Which company, exactly?")
    return question


def say_nothing(session, clock, small, question):
    replying.note(session, small.reached(clock()), {question.id: True})


def ask_about(session, clock, small, remi, question, remark):
    before = answering.stored(session, small.assessment.id, question.id)
    session.add(
        Clarification(
            id=new_id(), organisation_id=small.assessment.organisation_id,
            assessment_id=small.assessment.id, question_id=question.id,
            remark=remark, asked_by=remi.id, asked_at=clock(),
            before={
                "state": before.state, "value": before.value, "comment": before.comment,
                "reason": before.reason, "version": before.version, "files": [],
            },
        )
    )  # fmt: skip
    session.flush()


@pytest.fixture
def send(session, clock, small):
    def send(attestation=VERA):
        done = replying.send_replies(
            session, clock, small.reached(clock()), small.questionnaire, attestation,
            flag_link=lambda id: f"http://localhost/flags/{id}", link="http://localhost/l",
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return done

    return send


def test_only_the_question_that_was_asked_about_is_open_again(
    session, clock, small, reopened
) -> None:
    other = small.a("yes_no")

    def save(question, typed):
        return answering.save(
            session, clock, small.reached(clock()), small.questionnaire, question.id, typed
        )

    with pytest.raises(Refused):
        save(other, Typed(raw="no", version=1))
    saved = save(reopened, Typed(raw="Amber Call SIA", version=1))
    assert saved.version == 2
    (remark,) = resuming.remarks(session, small.assessment.id).values()
    assert (remark.reply_version, remark.before["value"]) == (2, "As we said on the telephone.")
    assert counters(session, small)[2] == "submitted"


def test_sending_closes_the_question_judges_anew_and_tells_who_asked(
    session, clock, small, reopened, send, remi
) -> None:
    clock.move(DAY)
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw="Amber Call SIA", comment="The company was renamed.", version=1),
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


def test_another_answer_needs_a_reason(session, clock, small, reopened, send) -> None:
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw="Amber Call SIA", version=1),
    )  # fmt: skip
    with pytest.raises(Invalid, match="say in the comment why it changed"):
        send()
    reviewed.attach(session, small.assessment, reopened.id)
    assert send() == (reopened.id,)


def test_a_comment_alone_is_a_reply(session, clock, small, reopened, send) -> None:
    value = stored(session, reopened).value
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw=value, comment="It is the one in the register.", version=1),
    )  # fmt: skip
    assert send() == (reopened.id,)


def test_what_was_not_replied_to_blocks_all_others_with_a_list(
    session, clock, small, reopened, send, remi
) -> None:
    other = small.a("yes_no")
    ask_about(session, clock, small, remi, other, "Still so?")
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, other.id,
        Typed(raw="yes", comment="Still so.", version=1),
    )  # fmt: skip
    with pytest.raises(Invalid) as fault:
        send()
    assert set(fault.value.faults) == {reopened.id}
    assert "still waits for your reply" in fault.value.faults[reopened.id]
    assert not session.scalars(
        sa.select(Clarification).where(Clarification.answered_at.is_not(None))
    ).all()
    say_nothing(session, clock, small, reopened)
    assert set(send()) == {reopened.id, other.id}


def test_having_nothing_to_add_closes_the_question_and_is_kept(
    session, clock, small, reopened, send
) -> None:
    say_nothing(session, clock, small, reopened)
    assert send() == (reopened.id,)
    closed = session.scalars(sa.select(Clarification)).one()
    assert (closed.nothing_to_add, closed.answered_version) == (True, 1)
    assert not session.scalars(sa.select(Flag.id).where(Flag.state == "clarifying")).all()


def test_a_reply_beside_nothing_to_add_is_a_contradiction(
    session, clock, small, reopened, send
) -> None:
    say_nothing(session, clock, small, reopened)
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw=stored(session, reopened).value, comment="But this.", version=1),
    )  # fmt: skip
    with pytest.raises(Invalid, match="take one of the two back"):
        send()


def test_replies_are_attested_anew_and_the_first_attestation_stays(
    session, clock, small, reopened, send
) -> None:
    say_nothing(session, clock, small, reopened)
    with pytest.raises(Invalid) as fault:
        send(Attestation("", "Director", False))
    assert set(fault.value.faults) == {"name", "agreed"}
    clock.move(DAY)
    send(Attestation("Viktor Ozols", "Director", True))
    first, second = session.scalars(sa.select(AttestationRow).order_by(AttestationRow.id))
    assert (first.about, first.name, first.question_ids) == ("submitted", "Vera Ozola", None)
    assert (second.about, second.name) == ("replied", "Viktor Ozols")
    assert second.question_ids == [reopened.id]
    assert "these replies" in second.text
    assert "these answers" in first.text
    assert small.assessment.attested_name == "Vera Ozola"


def test_a_receipt_for_the_replies_is_mailed(session, clock, small, reopened, send) -> None:
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw="Amber Call SIA", comment="It was renamed.", version=1),
    )  # fmt: skip
    send()
    (receipt,) = mails(session, "replies_receipt")
    assert receipt.to_address == small.invitation.email
    for words in ("Which company, exactly?", "Amber Call SIA", "It was renamed.", "Vera Ozola"):
        assert words in receipt.text
        assert words in receipt.html
    assert SECRET_PRICE not in receipt.text


def test_a_reply_that_takes_a_needed_answer_away_is_refused(
    session, clock, small, reopened, send
) -> None:
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, reopened.id,
        Typed(raw="", version=1),
    )  # fmt: skip
    with pytest.raises(Invalid) as fault:
        send()
    assert set(fault.value.faults) == {reopened.id}
