"""Reading what all vendors of an RFI were told about its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Notice


@dataclass(frozen=True, slots=True)
class Told:
    """One notice, as every vendor reads it; it says nothing of whoever asked."""

    id: UUID
    question_id: str
    text: str
    at: datetime


def told(session: Session, rfi_id: UUID) -> tuple[Told, ...]:
    """Every notice of an RFI, oldest first; one statement."""
    query = (
        sa.select(Notice.id, Notice.question_id, Notice.text, Notice.published_at)
        .where(Notice.rfi_id == rfi_id)
        .order_by(Notice.id)
    )
    return tuple(Told(*row) for row in session.execute(query))
