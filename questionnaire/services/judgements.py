"""The judgements of one assessment as rows: only what differs from the last judging is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core import gaps
from questionnaire.db import new_id, run
from questionnaire.models import Judgement
from questionnaire.services.rejudging import Standing

_TABLE: Final = cast("sa.Table", Judgement.__table__)
# Built once: every judging runs it.
_STORED: Final = sa.select(
    _TABLE.c.requirement_id, _TABLE.c.id, _TABLE.c.severity, _TABLE.c.status, _TABLE.c.explanation
).where(_TABLE.c.assessment_id == sa.bindparam("this"))


def store(
    session: Session, judged: Standing, found: tuple[gaps.Judgement, ...], now: datetime
) -> bool:
    """Write what differs from the judgements as they stand; whether anything did."""
    rows: Any = run(session, _STORED, {"this": judged.id})
    stored = {row[0]: row[1:] for row in rows}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for one in found:
        said = (one.requirement.severity, one.status, one.explanation)
        kept = stored.pop(one.requirement.id, None)
        if kept is None:
            new.append(_columns(judged, one, now))
        elif kept[1:] != said:
            names = ("id", "severity", "status", "explanation", "judged_at")
            changed.append(dict(zip(names, (kept[0], *said, now), strict=True)))
    if new:
        session.connection().execute(sa.insert(_TABLE), new)
    if changed:
        session.execute(sa.update(Judgement), changed)
    if stored:
        gone = Judgement.id.in_([kept[0] for kept in stored.values()])
        session.execute(
            sa.delete(Judgement).where(gone).execution_options(synchronize_session=False)
        )
    return bool(new or changed or stored)


def _columns(judged: Standing, one: gaps.Judgement, now: datetime) -> dict[str, Any]:
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
        "judged_at": now,
    }
