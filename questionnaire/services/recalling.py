"""Recalling what reviewers found in documents: of each document the review that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.evidence import Review
from questionnaire.models import Evidence, EvidenceReview, User


@dataclass(frozen=True, slots=True)
class HeldReview:
    """A review as it is stored, with the name of whoever made it."""

    id: UUID
    evidence_id: UUID
    version: int
    level: int
    issued_on: date | None
    expires_on: date | None
    sites: tuple[str, ...]
    legal_entity: str
    covers_service: bool
    rejected: bool
    reason: str
    note: str
    at: datetime
    by_id: UUID | None
    by: str | None

    def as_judged(self) -> Review:
        """What the rules look at."""
        return Review(
            self.level,
            self.issued_on,
            self.expires_on,
            self.sites,
            self.legal_entity,
            self.covers_service,
            self.rejected,
        )

    def lapsed(self, on: date) -> bool:
        return self.as_judged().lapsed(on)


_COLUMNS = (
    EvidenceReview.id,
    EvidenceReview.evidence_id,
    EvidenceReview.version,
    EvidenceReview.level,
    EvidenceReview.issued_on,
    EvidenceReview.expires_on,
    EvidenceReview.sites,
    EvidenceReview.legal_entity,
    EvidenceReview.covers_service,
    EvidenceReview.rejected,
    EvidenceReview.reason,
    EvidenceReview.note,
    EvidenceReview.reviewed_at,
    EvidenceReview.reviewed_by,
    User.name,
)


def standing(session: Session, assessment_ids: Sequence[UUID]) -> dict[str, HeldReview]:
    """Evidence id (as text) -> its newest review, of whole assessments; one statement."""
    newest = sa.and_(
        Evidence.id == EvidenceReview.evidence_id, Evidence.reviews == EvidenceReview.version
    )
    query = (
        sa.select(*_COLUMNS)
        .join(Evidence, newest)
        .outerjoin(User, User.id == EvidenceReview.reviewed_by)
        .where(EvidenceReview.assessment_id.in_(assessment_ids))
    )
    return {str(row.evidence_id): _held(tuple(row)) for row in session.execute(query)}


def history(session: Session, evidence_id: UUID) -> list[HeldReview]:
    """Every review of a document that the caller may see, the newest first; one statement."""
    query = (
        sa.select(*_COLUMNS)
        .outerjoin(User, User.id == EvidenceReview.reviewed_by)
        .where(EvidenceReview.evidence_id == evidence_id)
        .order_by(EvidenceReview.version.desc())
    )
    return [_held(tuple(row)) for row in session.execute(query)]


def _held(row: tuple[Any, ...]) -> HeldReview:
    id_, evidence_id, version, level, issued_on, expires_on, sites, *rest = row
    dates = (issued_on, expires_on)
    return HeldReview(id_, evidence_id, version, level, *dates, tuple(sites), *rest)
