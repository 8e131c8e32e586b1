"""The locked review: what must stand still before a price is seen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Id, OrganisationId, Prose

_STANDS = sa.text("ended_at IS NULL")


class ReviewLock(Base):
    """One locking of an RFI's requirement review, from the proposal to its end; never deleted.

    `covers` are the assessments that were submitted when the second person agreed: only their
    prices can be opened. `opened_at` is when somebody first did. A proposal that was taken back
    ends without `agreed_at`.
    """

    __tablename__ = "review_lock"
    __table_args__ = (
        sa.Index(
            "ix_review_lock_standing",
            "rfi_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"), index=True)
    proposed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    agreed_at: Mapped[datetime | None]
    covers: Mapped[list[str]]
    opened_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    opened_at: Mapped[datetime | None]
    unlock_reason: Mapped[Prose]
    unlock_proposed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    ended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
