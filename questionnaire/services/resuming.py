"""Coming back to a draft: everything a vendor has said so far, read in a few narrow selects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Clarification, Evidence


@dataclass(frozen=True, slots=True)
class Attached:
    """One file beside an answer."""

    id: UUID
    name: str
    document_type: str
    issued_on: date | None
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The stored answer to one question, as JSON; version 0 was never touched."""

    state: str = "blank"
    value: Any = None
    comment: str = ""
    reason: str = ""
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""
    files: tuple[Attached, ...] = ()


UNTOUCHED = Kept()

_COLUMNS = (
    Answer.state,
    Answer.value,
    Answer.comment,
    Answer.reason,
    Answer.version,
    Answer.changed_at,
    Answer.changed_by,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer asked about one question after the answers were handed in."""

    id: UUID
    question_id: str
    text: str
    before: Mapping[str, Any]
    asked_at: datetime
    #: The version of the answer that replies to it; None until the vendor has changed it.
    reply_version: int | None


def answers_to(
    session: Session, assessment_id: UUID, question_ids: Collection[str]
) -> dict[str, Kept]:
    """The stored answers to these questions, without their files; one statement."""
    query = sa.select(Answer.question_id, *_COLUMNS).where(
        Answer.assessment_id == assessment_id, Answer.question_id.in_(question_ids)
    )
    return {question_id: Kept(*stored) for question_id, *stored in session.execute(query)}


def draft(
    session: Session, assessment_id: UUID, valued: Collection[str] | None = None
) -> dict[str, Kept]:
    """All stored answers with their files; two statements.

    With `valued`, values, comments and reasons are read for these questions only: a page that
    shows one section need not carry the answers of all.
    """
    columns: tuple[Any, ...] = _COLUMNS
    if valued is not None:
        wanted = Answer.question_id.in_(valued)
        columns = (
            Answer.state,
            *(_only(wanted, one) for one in (Answer.value, Answer.comment, Answer.reason)),
            *_COLUMNS[4:],
        )
    query = sa.select(Answer.question_id, *columns).where(Answer.assessment_id == assessment_id)
    found = {question_id: Kept(*stored) for question_id, *stored in session.execute(query)}
    for question_id, files in files_of(session, assessment_id).items():
        found[question_id] = replace(found.get(question_id, UNTOUCHED), files=tuple(files))
    return found


def _only(wanted: sa.ColumnElement[bool], column: Any) -> Any:
    return sa.case((wanted, column), else_=None).label(column.key)


def files_of(
    session: Session, assessment_id: UUID, question_id: str | None = None
) -> dict[str, list[Attached]]:
    """The files that are attached now, oldest first, by question."""
    query = (
        sa.select(
            Evidence.question_id,
            Evidence.id,
            Evidence.name,
            Evidence.document_type,
            Evidence.issued_on,
            Evidence.size,
        )
        .where(Evidence.assessment_id == assessment_id, Evidence.removed_at.is_(None))
        .order_by(Evidence.id)
    )
    if question_id is not None:
        query = query.where(Evidence.question_id == question_id)
    found: dict[str, list[Attached]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], []).append(Attached(*row[1:]))
    return found


def remarks(session: Session, assessment_id: UUID) -> dict[str, Remark]:
    """The questions that reviewers have re-opened and the vendor has not replied to yet."""
    query = (
        sa.select(
            Clarification.id,
            Clarification.question_id,
            Clarification.remark,
            Clarification.before,
            Clarification.asked_at,
            Clarification.answered_version,
        )
        .where(
            Clarification.assessment_id == assessment_id,
            Clarification.answered_at.is_(None),
            Clarification.cancelled_at.is_(None),
        )
        .order_by(Clarification.id)
    )
    return {one[1]: Remark(*one) for one in session.execute(query)}
