"""Putting an answer back to what it was when a clarification opened it; the history keeps both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Answer, AnswerChange, Assessment, Clarification, Evidence
from questionnaire.services import auditing
from questionnaire.services.auditing import Actor
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, held


def restore(session: Session, now: datetime, actor: Actor, asked: Clarification) -> None:
    """Give the question its answer and its files from before the clarification again.

    It is a new version of the answer; without a change since then nothing is written.
    """
    before = HeldAnswer.from_json(asked.before)
    present = held(session, asked.assessment_id).get(asked.question_id, UNTOUCHED)
    if present.files != before.files:
        _restore_files(session, now, asked, before)
    if present.digest != before.digest:
        _restore_answer(session, now, actor, asked, before, present)
    _audit(session, now, actor, asked)


def _restore_answer(
    session: Session,
    now: datetime,
    actor: Actor,
    asked: Clarification,
    before: HeldAnswer,
    present: HeldAnswer,
) -> None:
    said = {
        "state": before.state,
        "value": before.value,
        "comment": before.comment,
        "reason": before.reason,
        "version": present.version + 1,
        "changed_at": now,
        "changed_by": f"taken back by {actor.name}"[:320],
    }
    where = {"assessment_id": asked.assessment_id, "question_id": asked.question_id}
    session.execute(
        sa.update(Answer)
        .filter_by(**where, version=present.version)
        .values(**said)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.insert(AnswerChange),
        [{"id": new_id(), "organisation_id": asked.organisation_id} | where | said],
    )
    difference = (before.state != "blank") - (present.state != "blank")
    if difference:
        session.execute(
            sa.update(Assessment)
            .filter_by(id=asked.assessment_id)
            .values(answered=Assessment.answered + difference)
            .execution_options(synchronize_session=False)
        )


def _restore_files(
    session: Session, now: datetime, asked: Clarification, before: HeldAnswer
) -> None:
    """Files of that time are there again, later ones hidden."""
    of_then = [UUID(one.id) for one in before.files]
    mine = (
        Evidence.assessment_id == asked.assessment_id,
        Evidence.question_id == asked.question_id,
    )
    for condition, removed_at in (
        (Evidence.id.in_(of_then), None),
        (sa.and_(Evidence.id.not_in(of_then), Evidence.removed_at.is_(None)), now),
    ):
        session.execute(
            sa.update(Evidence)
            .where(*mine, condition)
            .values(removed_at=removed_at)
            .execution_options(synchronize_session=False)
        )


def _audit(session: Session, now: datetime, actor: Actor, asked: Clarification) -> None:
    rfi_id = session.scalar(
        sa.select(Assessment.rfi_id).where(Assessment.id == asked.assessment_id)
    )
    auditing.append(
        session,
        actor,
        now,
        "taken back",
        "clarification",
        asked.id,
        rfi_id=rfi_id,
        assessment_id=asked.assessment_id,
        question=asked.question_id,
    )
