"""The judgements of one assessment as rows: only what differs from the last judging is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core import gaps
from questionnaire.db import new_id, run
from questionnaire.models import Judgement
from questionnaire.services.rejudging import Standing

_TABLE: Final = cast("sa.Table", Judgement.__table__)
# Built once: every judging runs it.
_STORED: Final = sa.select(
    _TABLE.c.requirement_id,
    _TABLE.c.id,
    _TABLE.c.severity,
    _TABLE.c.status,
    _TABLE.c.explanation,
    _TABLE.c.worse,
).where(_TABLE.c.assessment_id == sa.bindparam("this"))
_CHANGE: Final = (
    sa.update(_TABLE)
    .where(_TABLE.c.id == sa.bindparam("this"))
    .values(
        severity=sa.bindparam("new_severity"),
        status=sa.bindparam("new_status"),
        explanation=sa.bindparam("new_explanation"),
        worse=sa.bindparam("new_worse", type_=_TABLE.c.worse.type),
        judged_at=sa.bindparam("now"),
    )
)


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs from the judgements as they are stored; false when nothing does."""

    new: Sequence[gaps.Judgement]
    #: By the id of the stored row.
    changed: Mapping[UUID, gaps.Judgement]
    gone: Sequence[UUID]
    #: By requirement, what became worse since the vendor's last answer.
    worse: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def differing(
    session: Session,
    judged: Standing,
    found: tuple[gaps.Judgement, ...],
    worse: Mapping[str, Any],
) -> Differing:
    """Hold what judging found against the judgements as they are stored; writes nothing."""
    rows: Any = run(session, _STORED, {"this": judged.id})
    stored = {row[0]: row[1:] for row in rows}
    new: list[gaps.Judgement] = []
    changed: dict[UUID, gaps.Judgement] = {}
    for one in found:
        kept = stored.pop(one.requirement.id, None)
        if kept is None:
            new.append(one)
        elif kept[1:] != (
            one.requirement.severity,
            one.status,
            one.explanation,
            worse.get(one.requirement.id),
        ):
            changed[kept[0]] = one
    return Differing(new, changed, [kept[0] for kept in stored.values()], worse)


def store(session: Session, judged: Standing, what: Differing, now: datetime) -> None:
    """Write what differs, in three statements at most."""
    connection = session.connection()
    if what.new:
        connection.execute(
            sa.insert(_TABLE), [_columns(judged, one, what.worse, now) for one in what.new]
        )
    if what.changed:
        connection.execute(
            _CHANGE, [_said(id, one, what.worse, now) for id, one in what.changed.items()]
        )
    if what.gone:
        connection.execute(sa.delete(_TABLE).where(_TABLE.c.id.in_(what.gone)))


def _said(id: UUID, one: gaps.Judgement, worse: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "this": id,
        "new_severity": one.requirement.severity,
        "new_status": one.status,
        "new_explanation": one.explanation,
        "new_worse": worse.get(one.requirement.id),
        "now": now,
    }


def _columns(
    judged: Standing, one: gaps.Judgement, worse: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": judged.organisation_id,
        "assessment_id": judged.id,
        "requirement_id": one.requirement.id,
        "question_id": one.requirement.question,
        "section_id": judged.ground.bank.questions[one.requirement.question].section,
        "severity": one.requirement.severity,
        "status": one.status,
        "explanation": one.explanation,
        "worse": worse.get(one.requirement.id),
        "judged_at": now,
    }
