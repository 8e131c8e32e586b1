"""Bringing assessments into step that were judged by older rules: each once, and never an answer.

After an upgrade judging may find more in the same answers. The hourly job looks for what was
judged before; each assessment is judged in a transaction of its own.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment
from questionnaire.services import flagging, judging
from questionnaire.services.clock import Clock

#: So many at one look; the rest waits for the next.
MOST = 1_000


def due(session: Session) -> list[UUID]:
    """The assessments that were last judged by older rules; reads only."""
    query = (
        sa.select(Assessment.id)
        .where(Assessment.state == "submitted", Assessment.rules < judging.RULES)
        .order_by(Assessment.rules, Assessment.id)
        .limit(MOST)
    )
    return list(session.scalars(query))


def step(session: Session, clock: Clock, assessment_id: UUID) -> bool:
    """Judge one of them by today's rules; False when somebody else was faster."""
    flagging.lock(session, [assessment_id])
    rules = session.scalar(sa.select(Assessment.rules).where(Assessment.id == assessment_id))
    if rules is None or rules >= judging.RULES:
        return False
    judging.judge(session, clock, assessment_id)
    return True
