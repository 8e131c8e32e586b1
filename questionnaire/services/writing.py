"""Writing changed answers down: the answer, its history, the audit trail and the counters.

Statements on the tables themselves, each for all changes together: a save is what happens here
most often, and somebody waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.answers import Answer
from questionnaire.core.kinds import json_of
from questionnaire.db import new_id
from questionnaire.models import Answer as AnswerRow
from questionnaire.models import AnswerChange, Assessment, AuditRow, Base, Clarification
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed
from questionnaire.services.resuming import Kept
from questionnaire.services.taking import UNKNOWN_STATES

_tables = Base.metadata.tables
_answers = _tables[AnswerRow.__tablename__]
_changes = _tables[AnswerChange.__tablename__]
_trail = _tables[AuditRow.__tablename__]
_assessments = _tables[Assessment.__tablename__]
_clarifications = _tables[Clarification.__tablename__]

_UPDATE = (
    sa.update(_answers)
    .where(
        _answers.c.assessment_id == sa.bindparam("of_assessment"),
        _answers.c.question_id == sa.bindparam("of_question"),
        _answers.c.version == sa.bindparam("seen"),
    )
    .values(
        {
            name: sa.bindparam(f"new_{name}", type_=_answers.c[name].type)
            for name in (
                "state", "value", "comment", "reason", "version", "changed_at", "changed_by",
            )
        }
    )
)  # fmt: skip

_INSERT = sa.insert(_answers)
_REMEMBER = sa.insert(_changes)
_TELL = sa.insert(_trail)
_RECOUNT = (
    sa.update(_assessments)
    .where(_assessments.c.id == sa.bindparam("of_assessment"))
    .values(
        asked=_assessments.c.asked + sa.bindparam("more_asked", type_=sa.Integer),
        answered=_assessments.c.answered + sa.bindparam("more_answered", type_=sa.Integer),
        changed_at=sa.bindparam("new_changed_at", type_=_assessments.c.changed_at.type),
        state=sa.bindparam("new_state", type_=_assessments.c.state.type),
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs from the stored one."""

    question: Question
    before: Kept
    answer: Answer
    save_key: str | None = None
    #: The earlier assessment of this vendor whose answer is confirmed as still true.
    taken_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many questions are asked and answered now, and which came and went by this change."""

    asked: int
    answered: int
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def write(
    session: Session,
    now: datetime,
    reached: Reached,
    questionnaire: Questionnaire,
    kept: Mapping[str, Kept],
    changes: Sequence[Change],
) -> Counted:
    """Store the changes. `kept` holds every stored answer on which the shown questions depend.

    Refused when a question is not open: after submitting only those of clarifications are.
    """
    if not reached.answering:
        _reply(session, reached, changes)
    counted = _count(session, reached, questionnaire, kept, changes)
    rows = [_row(reached, now, one) for one in changes]
    _store(session, rows, changes)
    run = session.connection().execute
    run(
        _REMEMBER,
        [
            row | {"id": new_id(), "save_key": one.save_key, "taken_from": one.taken_from}
            for row, one in zip(rows, changes, strict=True)
        ],
    )
    _audit(session, reached, now, changes)
    run(
        _RECOUNT,
        {
            "of_assessment": reached.assessment_id,
            "more_asked": counted.asked - reached.asked,
            "more_answered": counted.answered - reached.answered,
            "new_changed_at": now,
            "new_state": "in_progress" if reached.answering else reached.state,
        },
    )
    return counted


def _row(reached: Reached, now: datetime, change: Change) -> dict[str, Any]:
    """What the answer and its history have in common."""
    answer = change.answer
    return {
        "organisation_id": reached.organisation_id,
        "assessment_id": reached.assessment_id,
        "question_id": change.question.id,
        "state": answer.state,
        "value": json_of(answer.value) if answer.state == "answered" else _set_aside(change),
        "comment": answer.comment,
        "reason": answer.reason,
        "version": change.before.version + 1,
        "changed_at": now,
        "changed_by": reached.email,
    }


def _set_aside(change: Change) -> Any:
    """What was answered before "don't know" or "does not apply" was said: kept, and judged by
    nobody (`kept_answer` reads a value of answered ones only), so that saying it loses nothing.
    """
    return change.before.value if change.answer.state in UNKNOWN_STATES else None


def _store(session: Session, rows: Sequence[dict[str, Any]], changes: Sequence[Change]) -> None:
    fresh = [row | {"id": new_id()} for row in rows if row["version"] == 1]
    if fresh:
        session.connection().execute(_INSERT, fresh)
    later = [
        {f"new_{name}": value for name, value in row.items()}
        | {
            "of_assessment": row["assessment_id"],
            "of_question": row["question_id"],
            "seen": change.before.version,
        }
        for row, change in zip(rows, changes, strict=True)
        if row["version"] > 1
    ]
    # The assessment is locked by the gate, so that no other save can come between.
    if later:
        session.connection().execute(_UPDATE, later)


def _reply(session: Session, reached: Reached, changes: Sequence[Change]) -> None:
    """Note which version replies to an open clarification; without one the answer is closed."""
    for one in changes:
        found = session.execute(
            sa.update(_clarifications)
            .where(
                _clarifications.c.assessment_id == reached.assessment_id,
                _clarifications.c.question_id == one.question.id,
                _clarifications.c.answered_at.is_(None),
                _clarifications.c.cancelled_at.is_(None),
            )
            .values(answered_version=one.before.version + 1)
            .returning(_clarifications.c.id)
        ).all()
        if reached.state != "submitted" or not found:
            raise closed(reached)


def _count(
    session: Session,
    reached: Reached,
    questionnaire: Questionnaire,
    kept: Mapping[str, Kept],
    changes: Sequence[Change],
) -> Counted:
    """The counters after the changes, from those before and what differs."""
    changed = {one.question.id: one for one in changes}
    hidden_before: frozenset[str] = frozenset()
    hidden_after: frozenset[str] = frozenset()
    if changed.keys() & (questionnaire.triggers | set(questionnaire.waiting)):
        after = {
            id: Kept(one.answer.state, json_of(one.answer.value)) for id, one in changed.items()
        }
        hidden_before = questionnaire.hidden(kept)
        hidden_after = questionnaire.hidden({**kept, **after})
    appeared, gone = hidden_before - hidden_after, hidden_after - hidden_before
    given = _given(session, reached, (appeared | gone) - changed.keys())
    difference = len(given & appeared) - len(given & gone)
    for id, one in changed.items():
        difference += (id not in hidden_after) and one.answer.state != "blank"
        difference -= (id not in hidden_before) and one.before.state != "blank"
    return Counted(
        reached.asked + len(appeared) - len(gone),
        reached.answered + difference,
        tuple(sorted(appeared)),
        tuple(sorted(gone)),
    )


def _given(session: Session, reached: Reached, question_ids: set[str] | frozenset[str]) -> set[str]:
    """Which of these questions have an answer; no statement when there are none."""
    if not question_ids:
        return set()
    query = sa.select(_answers.c.question_id).where(
        _answers.c.assessment_id == reached.assessment_id,
        _answers.c.question_id.in_(question_ids),
        _answers.c.state != "blank",
    )
    return set(session.execute(query).scalars())


def _audit(session: Session, reached: Reached, now: datetime, changes: Sequence[Change]) -> None:
    """One row for a question, a person and a minute; the history has every change."""
    actor, minute = reached.actor(), now.replace(second=0, microsecond=0)
    rows = [
        {
            "id": new_id(),
            "organisation_id": reached.organisation_id,
            "at": now,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "actor_name": actor.name[:200],
            "action": "reconfirmed" if one.taken_from else "answered",
            "object_kind": "answer",
            "object_id": one.question.id,
            "rfi_id": reached.rfi_id,
            "assessment_id": reached.assessment_id,
            "details": {"version": one.before.version + 1}
            | actor.beside
            | ({"taken_from": str(one.taken_from)} if one.taken_from else {}),
        }
        for one in changes
        if one.taken_from
        or one.before.changed_by != reached.email
        or one.before.changed_at is None
        or one.before.changed_at < minute
    ]
    if rows:
        session.connection().execute(_TELL, rows)
