"""Coming back to a draft: everything a vendor has said so far, read in a few narrow selects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Base, Clarification, Evidence


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


# Written on the tables, once: these run with every page and every save, and what the ORM would
# add to them is more than the rest of their work.
_tables = Base.metadata.tables
_answers = _tables[Answer.__tablename__].c
_files = _tables[Evidence.__tablename__].c

_ALL = sa.select(
    _answers.question_id,
    _answers.state,
    _answers.value,
    _answers.comment,
    _answers.reason,
    _answers.version,
    _answers.changed_at,
    _answers.changed_by,
).where(_answers.assessment_id == sa.bindparam("assessment_id"))
_STATES = sa.select(_answers.question_id, _answers.state).where(
    _answers.assessment_id == sa.bindparam("assessment_id"), _answers.state != "blank"
)
_FILES = (
    sa.select(
        _files.question_id,
        _files.id,
        _files.name,
        _files.document_type,
        _files.issued_on,
        _files.size,
    )
    .where(_files.assessment_id == sa.bindparam("assessment_id"), _files.removed_at.is_(None))
    .order_by(_files.id)
)


@lru_cache(1_000)
def _some(question_ids: frozenset[str]) -> sa.Select[Any]:
    """The answers to these questions; each id a parameter of its own, for a list of any length
    would be written into the statement anew at every run.
    """
    return _ALL.where(_answers.question_id.in_(_each(question_ids)))


@lru_cache(1_000)
def _some_files(question_ids: frozenset[str]) -> sa.Select[Any]:
    return _FILES.where(_files.question_id.in_(_each(question_ids)))


def _each(question_ids: frozenset[str]) -> list[sa.BindParameter[str]]:
    return [sa.bindparam(f"id_{n}", one) for n, one in enumerate(sorted(question_ids))]


def answers_to(
    session: Session, assessment_id: UUID, question_ids: Collection[str]
) -> dict[str, Kept]:
    """The stored answers to these questions, without their files; one statement."""
    query = _some(frozenset(question_ids))
    rows = session.connection().execute(query, {"assessment_id": assessment_id}).all()
    return {row[0]: Kept(*row[1:]) for row in rows}


def draft(session: Session, assessment_id: UUID) -> dict[str, Kept]:
    """All stored answers with their files; two statements."""
    rows = session.connection().execute(_ALL, {"assessment_id": assessment_id}).all()
    return _with_files({row[0]: Kept(*row[1:]) for row in rows}, files_of(session, assessment_id))


def part(session: Session, assessment_id: UUID, question_ids: Collection[str]) -> dict[str, Kept]:
    """The stored answers to these questions with their files, of all others only the state.

    Three statements: a page that shows one section need not carry the answers of all.
    """
    found = {id: Kept(state) for id, state in states(session, assessment_id).items()}
    found |= answers_to(session, assessment_id, question_ids)
    return _with_files(found, files_of(session, assessment_id, question_ids))


def states(session: Session, assessment_id: UUID) -> dict[str, str]:
    """The state of every answer that was given; one statement."""
    rows = session.connection().execute(_STATES, {"assessment_id": assessment_id}).all()
    return {row[0]: row[1] for row in rows}


def files_of(
    session: Session, assessment_id: UUID, question_ids: Collection[str] | None = None
) -> dict[str, list[Attached]]:
    """The files that are attached now, oldest first, by question; one statement."""
    query = _FILES if question_ids is None else _some_files(frozenset(question_ids))
    found: dict[str, list[Attached]] = {}
    for row in session.connection().execute(query, {"assessment_id": assessment_id}).all():
        found.setdefault(row[0], []).append(Attached(*row[1:]))
    return found


def _with_files(kept: dict[str, Kept], files: Mapping[str, Sequence[Attached]]) -> dict[str, Kept]:
    for question_id, attached in files.items():
        kept[question_id] = replace(kept.get(question_id, UNTOUCHED), files=tuple(attached))
    return kept


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
