"""The audit trail: who changed what, when; written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Code, Id, Line, one_of

ACTOR_KINDS = ("staff", "vendor", "rater", "service")


class AuditRow(Base):
    """One change. `details` holds names and numbers of versions, never an answer's value.

    `actor_id` is a user's id for staff, an invitation's for a vendor, a rater's own for a rater,
    None for the service itself.
    """

    __tablename__ = "audit_row"
    __table_args__ = (
        one_of("actor_kind", ACTOR_KINDS, "actor_kind"),
        sa.Index(None, "organisation_id", "id"),
        sa.Index(None, "rfi_id", "id"),
        sa.Index(None, "assessment_id", "id"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE")
    )
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(sa.String(16))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[Line]
    action: Mapped[Code]
    object_kind: Mapped[Code]
    object_id: Mapped[Line]
    rfi_id: Mapped[UUID | None]
    assessment_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]]
