"""Coming back to a draft: everything a vendor has said so far, read in one narrow select."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.schema_fields import QUESTION_ID
from questionnaire.models import Answer, Base, Clarification, Evidence
from questionnaire.services.bundling import id_of, in_one, moment, read_one, rows_of

#: So many answers are kept as they were read: those of a hundred vendors to all questions.
MOST_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Attached:
    """One file beside an answer."""

    id: UUID
    name: str
    document_type: str
    issued_on: date | None
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The stored answer to one question, as JSON; version 0 was never touched.

    As long as nothing about an answer changes the same object is handed out, so that what was made
    of it can be kept as well: nobody changes the value in it.
    """

    state: str = "blank"
    value: Any = None
    comment: str = ""
    reason: str = ""
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""
    files: tuple[Attached, ...] = ()


UNTOUCHED = Kept()
#: Of an answer that is not shown: that there is one.
GIVEN = Kept("answered")


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
    #: The vendor lets its answer stand.
    nothing_to_add: bool = False

    @property
    def digest(self) -> str:
        """Names the text: a page that was shown another one has not shown this."""
        return sha256(self.text.encode()).hexdigest()[:16]


# Written on the tables, once: these run with every page and every save, and what the ORM would
# add to them is more than the rest of their work.
_tables = Base.metadata.tables
_answers = _tables[Answer.__tablename__].c
_files = _tables[Evidence.__tablename__].c

_ANSWERS = sa.select(
    _answers.question_id,
    _answers.state,
    sa.cast(_answers.value, sa.Text),
    _answers.comment,
    _answers.reason,
    _answers.version,
    _answers.changed_at,
    _answers.changed_by,
).where(_answers.assessment_id == sa.bindparam("assessment_id"))
_GIVEN = sa.select(_answers.question_id).where(
    _answers.assessment_id == sa.bindparam("assessment_id"), _answers.state != "blank"
)
_FILES = sa.select(
    _files.question_id,
    _files.id,
    _files.name,
    _files.document_type,
    _files.issued_on,
    _files.size,
).where(_files.assessment_id == sa.bindparam("assessment_id"), _files.removed_at.is_(None))
_BY_ID = 2


def _texts(*texts: sa.ScalarSelect[str]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*texts)


_DRAFT = _texts(in_one(_ANSWERS), in_one(_FILES, _BY_ID))
_ALL_FILES = _texts(in_one(_FILES, _BY_ID))


@lru_cache(1_000)
def _some(question_ids: frozenset[str]) -> sa.Select[Any]:
    """The answers to these questions, with the ids in the statement itself: a section has dozens,
    and as parameters they cost more than the answers.
    """
    return _ANSWERS.where(_answers.question_id.in_(_each(question_ids)))


@lru_cache(1_000)
def _some_files(question_ids: frozenset[str]) -> sa.Select[Any]:
    return _FILES.where(_files.question_id.in_(_each(question_ids)))


@lru_cache(1_000)
def _in_one(question_ids: frozenset[str]) -> sa.Select[*tuple[Any, ...]]:
    return _texts(in_one(_some(question_ids)))


@lru_cache(1_000)
def _files_in_one(question_ids: frozenset[str]) -> sa.Select[*tuple[Any, ...]]:
    return _texts(in_one(_some_files(question_ids), _BY_ID))


@lru_cache(1_000)
def _part(question_ids: frozenset[str]) -> sa.Select[*tuple[Any, ...]]:
    some, files = in_one(_some(question_ids)), in_one(_some_files(question_ids), _BY_ID)
    return _texts(in_one(_GIVEN), some, files)


def _each(question_ids: frozenset[str]) -> list[sa.ColumnClause[str]]:
    strange = [one for one in question_ids if not QUESTION_ID.fullmatch(one)]
    if strange:
        raise ValueError(f"no ids of questions: {strange}")
    return [sa.literal_column(f"'{one}'", sa.String()) for one in sorted(question_ids)]


def answers_to(
    session: Session, assessment_id: UUID, question_ids: Collection[str]
) -> dict[str, Kept]:
    """The stored answers to these questions, without their files; one statement."""
    (answers,) = _read(session, assessment_id, _in_one(frozenset(question_ids)))
    return _held(answers, None)


def draft(session: Session, assessment_id: UUID) -> dict[str, Kept]:
    """All stored answers with their files; one statement."""
    answers, files = _read(session, assessment_id, _DRAFT)
    return _held(answers, files)


def part(session: Session, assessment_id: UUID, question_ids: Collection[str]) -> dict[str, Kept]:
    """The stored answers to these questions with their files, of all others only that they are
    there: a page that shows one section need not carry the answers of all. One statement.
    """
    given, answers, files = _read(session, assessment_id, _part(frozenset(question_ids)))
    return {row[0]: GIVEN for row in rows_of(given)} | _held(answers, files)


def files_of(
    session: Session, assessment_id: UUID, question_ids: Collection[str] | None = None
) -> dict[str, tuple[Attached, ...]]:
    """The files that are attached now, oldest first, by question; one statement."""
    query = _ALL_FILES if question_ids is None else _files_in_one(frozenset(question_ids))
    (files,) = _read(session, assessment_id, query)
    return {id: tuple(map(_attached, rows)) for id, rows in _by_question(files).items()}


def _read(
    session: Session, assessment_id: UUID, query: sa.Select[*tuple[Any, ...]]
) -> tuple[Any, ...]:
    return read_one(session, query, {"assessment_id": assessment_id})


def _held(answers: str | None, files: str | None) -> dict[str, Kept]:
    beside = _by_question(files)
    found = {row[0]: _kept(tuple(row[1:]), beside.pop(row[0], ())) for row in rows_of(answers)}
    return found | {id: _kept((), rows) for id, rows in beside.items()}


def _by_question(files: str | None) -> dict[str, tuple[tuple[Any, ...], ...]]:
    found: dict[str, tuple[tuple[Any, ...], ...]] = {}
    for question_id, *rest in rows_of(files):
        found[question_id] = (*found.get(question_id, ()), tuple(rest))
    return found


@lru_cache(MOST_KEPT)
def _kept(row: tuple[Any, ...], files: tuple[tuple[Any, ...], ...]) -> Kept:
    """An answer out of its row, bit by bit the same one read once."""
    attached = tuple(map(_attached, files))
    if not row:
        return Kept(files=attached)
    state, value, comment, reason, version, changed_at, changed_by = row
    return Kept(
        state,
        json.loads(value) if value is not None else None,
        comment,
        reason,
        version,
        moment(changed_at),
        changed_by,
        attached,
    )


def _attached(row: tuple[Any, ...]) -> Attached:
    id, name, document_type, issued_on, size = row
    day = date.fromisoformat(issued_on) if issued_on else None
    return Attached(id_of(id), name, document_type, day, size)


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
            Clarification.nothing_to_add,
        )
        .where(
            Clarification.assessment_id == assessment_id,
            Clarification.answered_at.is_(None),
            Clarification.cancelled_at.is_(None),
        )
        .order_by(Clarification.id)
    )
    return {one[1]: Remark(*one) for one in session.execute(query)}
