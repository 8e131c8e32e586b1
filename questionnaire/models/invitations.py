"""The e-mailed link into an assessment, and the code that proves whose browser it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.assessments import Assessment
from questionnaire.models.columns import Address, Hash, Id, Line, OrganisationId


class Invitation(Base):
    """A link for one address; of its token only the hash is kept.

    It works many times until it is revoked or expires; reissuing makes another invitation into
    the same assessment, so the draft stays.
    """

    __tablename__ = "invitation"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[Address]
    name: Mapped[Line]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    assessment: Mapped[Assessment] = relationship()


class Code(Base):
    """An 8-digit code sent to the invited address: 10 minutes, 5 tries, bound to one browser.

    It opens what an invitation leads to, or the calls of a rater.
    """

    __tablename__ = "code"
    __table_args__ = (
        sa.CheckConstraint("invitation_id IS NOT NULL OR rater_id IS NOT NULL", name="opens"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    invitation_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    rater_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("rater.id", ondelete="CASCADE"), index=True
    )
    browser_hash: Mapped[Hash]
    code_hash: Mapped[Hash]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
