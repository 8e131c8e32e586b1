"""Replying to clarifications: one question is open again, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.db import new_id
from questionnaire.models import Clarification, Judgement, Message
from questionnaire.services import answering, replying, resuming
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.taking import Typed
from tests.services import reviewed
from tests.services.asked import counters, stored

DAY = timedelta(days=1)


def mails(session, kind):
    return session.scalars(sa.select(Message).where(Message.kind == kind)).all()


@pytest.fixture
def reopened(session, clock, small, answer_all, submit, remi):
    """A question that Remi has asked about, after everything was handed in."""
    answer_all()
    submit()
    question = small.a("text")
    before = answering.stored(session, small.assessment.id, question.id)
    session.add(
        Clarification(
            id=new_id(), organisation_id=small.assessment.organisation_id,
            assessment_id=small.assessment.id, question_id=question.id,
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
def send(session, clock, small):
    def send():
        done = replying.send_replies(
            session, clock, small.reached(clock()), small.questionnaire,
            flag_link=lambda id: f"http://localhost/flags/{id}",
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


def test_nothing_to_send_is_said(reopened, send) -> None:
    with pytest.raises(Refused, match="No reply"):
        send()


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
