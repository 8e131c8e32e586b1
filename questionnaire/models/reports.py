"""Reports as files, and what a vendor is told of its own gaps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Id, OrganisationId, one_of

FILE_KINDS = ("pdf", "xlsx", "csv")
FILE_STATES = ("waiting", "making", "made", "failed", "expired")
_UNMADE = sa.text("state IN ('waiting', 'making')")


class ReportFile(Base):
    """One report that somebody asked for as a file; a worker makes it.

    `due_at` is when a worker may take it: at once, and when the lease of one that was cut off is
    over. `progress` goes from 0 to 100. The bytes are in the evidence store under `store_key` until
    `expires_at`. `versions` is what the report was made on, `seen` the newest row of the RFI's
    trail at that time: what was changed since stands behind it. `opened_by_lock` is the review lock
    under which prices were open then: only while it stands may a file with prices be fetched.
    """

    __tablename__ = "report_file"
    __table_args__ = (
        one_of("kind", FILE_KINDS, "kind"),
        one_of("state", FILE_STATES, "state"),
        sa.Index(
            "ix_report_file_due",
            "due_at",
            sqlite_where=_UNMADE,
            postgresql_where=_UNMADE,
        ),
        sa.Index(None, "rfi_id", "id"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(8))
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    state: Mapped[str] = mapped_column(sa.String(16), default="waiting")
    progress: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(sa.String(64))
    made_at: Mapped[datetime | None]
    as_of: Mapped[date | None]
    versions: Mapped[list[Any] | None]
    seen: Mapped[UUID | None]
    opened_by_lock: Mapped[UUID | None] = mapped_column(sa.ForeignKey("review_lock.id"))
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    store_key: Mapped[str | None] = mapped_column(sa.String(255))
    expires_at: Mapped[datetime | None]


class Debrief(Base):
    """What one vendor was told of its own gaps, once, as it stood when it was released."""

    __tablename__ = "debrief"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), unique=True
    )
    document: Mapped[dict[str, Any]]
    released_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    released_at: Mapped[datetime]
