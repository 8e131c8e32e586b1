"""Evidence: files that a vendor puts beside an answer, and what reviewers found in them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Hash, Id, Line, OrganisationId, Prose

_WAITING = sa.text("reviews = 0 AND removed_at IS NULL")
_RUNNING = sa.text("lapsed_at IS NULL AND expires_on IS NOT NULL")


class Evidence(Base):
    """One file; its bytes are in the evidence store under `store_key`.

    Removing it hides it (`removed_at`); the bytes and the row stay, because decisions may rest
    on them. `issued_on` is the document's own date. `reviews` counts how often it was reviewed and
    is the version of the review that stands; 0 is a document that was supplied and not read yet.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index(None, "assessment_id", "question_id"),
        sa.Index(
            "ix_evidence_waiting",
            "organisation_id",
            "assessment_id",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    question_id: Mapped[Code]
    name: Mapped[str] = mapped_column(sa.String(255))
    document_type: Mapped[Code]
    issued_on: Mapped[date | None]
    content_type: Mapped[str] = mapped_column(sa.String(128))
    size: Mapped[int]
    sha256: Mapped[Hash]
    store_key: Mapped[str] = mapped_column(sa.String(255))
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[Address]
    removed_at: Mapped[datetime | None]
    reviews: Mapped[int] = mapped_column(default=0)


class EvidenceReview(Base):
    """What one reviewer found in one document, kept for ever; the newest version stands.

    `level` is one of the levels of assurance, 0 for a document that was not accepted, with its
    `reason`. `sites` are names out of the vendor's own answer. `lapsed_at` is when the service saw
    that the last day of the document was over, the only thing that is ever added to a review.
    """

    __tablename__ = "evidence_review"
    __table_args__ = (
        sa.UniqueConstraint("evidence_id", "version"),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        sa.Index(None, "assessment_id"),
        sa.Index(
            "ix_evidence_review_running",
            "expires_on",
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    evidence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence.id", ondelete="CASCADE"))
    version: Mapped[int]
    level: Mapped[int]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    sites: Mapped[list[str]]
    legal_entity: Mapped[Line]
    covers_service: Mapped[bool]
    rejected: Mapped[bool]
    reason: Mapped[Prose]
    note: Mapped[Prose]
    reviewed_at: Mapped[datetime]
    reviewed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    lapsed_at: Mapped[datetime | None]
