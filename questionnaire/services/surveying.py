"""Reading what many vendors submitted at once: a fixed number of statements, however many they are.

Answers stand as they were submitted: what a clarification has re-opened still says what it said
before, until the vendor replies. Sealed answers are among them; who hands them on answers for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Clarification, Evidence
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, HeldFile, with_reviews
from questionnaire.services.recalling import standing


def submitted_answers(
    session: Session, assessment_ids: Sequence[UUID]
) -> dict[UUID, dict[str, HeldAnswer]]:
    """Assessment -> question -> answer, each file with the review that stands; four statements."""
    found: dict[UUID, dict[str, HeldAnswer]] = {one: {} for one in assessment_ids}
    _add_answers(session, found)
    _add_files(session, found)
    _put_back(session, found)
    reviews = standing(session, assessment_ids)
    return {one: with_reviews(kept, reviews) for one, kept in found.items()}


def _add_answers(session: Session, found: dict[UUID, dict[str, HeldAnswer]]) -> None:
    query = sa.select(
        Answer.assessment_id,
        Answer.question_id,
        Answer.state,
        Answer.value,
        Answer.comment,
        Answer.reason,
        Answer.version,
    ).where(Answer.assessment_id.in_(found))
    for assessment_id, question_id, *stored in session.execute(query):
        found[assessment_id][question_id] = HeldAnswer(*stored)


def _add_files(session: Session, found: dict[UUID, dict[str, HeldAnswer]]) -> None:
    query = (
        sa.select(
            Evidence.assessment_id,
            Evidence.question_id,
            Evidence.id,
            Evidence.name,
            Evidence.document_type,
            Evidence.issued_on,
            Evidence.sha256,
        )
        .where(Evidence.assessment_id.in_(found), Evidence.removed_at.is_(None))
        .order_by(Evidence.id)
    )
    for assessment_id, question_id, id_, name, kind, issued_on, sha256 in session.execute(query):
        before = found[assessment_id].get(question_id, UNTOUCHED)
        beside = (*before.files, HeldFile(str(id_), name, kind, issued_on, sha256))
        found[assessment_id][question_id] = replace(before, files=beside)


def _put_back(session: Session, found: dict[UUID, dict[str, HeldAnswer]]) -> None:
    query = sa.select(
        Clarification.assessment_id, Clarification.question_id, Clarification.before
    ).where(
        Clarification.assessment_id.in_(found),
        Clarification.answered_at.is_(None),
        Clarification.cancelled_at.is_(None),
    )
    for assessment_id, question_id, before in session.execute(query):
        found[assessment_id][question_id] = HeldAnswer.from_json(before)
