"""Evidence: files that a vendor puts beside an answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Hash, Id, OrganisationId


class Evidence(Base):
    """One file; its bytes are in the evidence store under `store_key`.

    Removing it hides it (`removed_at`); the bytes and the row stay, because decisions may rest
    on them. `issued_on` is the document's own date.
    """

    __tablename__ = "evidence"
    __table_args__ = (sa.Index(None, "assessment_id", "question_id"),)

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
