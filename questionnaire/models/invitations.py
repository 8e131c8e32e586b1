"""The e-mailed link into an assessment, and the code that proves whose browser it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.assessments import Assessment
from questionnaire.models.columns import Address, Hash, Id, Line, OrganisationId

_OF_A_COLLEAGUE = sa.text("handed_by IS NOT NULL AND revoked_at IS NULL")


class Invitation(Base):
    """A link for one address; of its token only the hash is kept.

    It works many times until it is revoked or expires; reissuing makes another invitation into
    the same assessment, so the draft stays.

    One with `handed_by` is a colleague's: whoever has that address and was invited by the buyer
    handed it the sections and questions in `handed_over` ({"sections": ids, "questions": ids}). It
    works only as long as the invitation of that address does, whatever its own `expires_at` says.
    `language` is the colleague's own, `message` what the hand-over said, `done_at` and `done_note`
    when the colleague said that all is answered.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        sa.CheckConstraint(
            "handed_by IS NULL OR handed_over IS NOT NULL", name="colleague_has_something"
        ),
        sa.Index(
            "uq_invitation_colleague",
            "assessment_id",
            "email",
            unique=True,
            sqlite_where=_OF_A_COLLEAGUE,
            postgresql_where=_OF_A_COLLEAGUE,
        ),
    )

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
    handed_by: Mapped[str | None] = mapped_column(sa.String(320))
    handed_over: Mapped[dict[str, Any] | None]
    language: Mapped[str | None] = mapped_column(sa.String(8))
    message: Mapped[str | None] = mapped_column(sa.Text())
    done_at: Mapped[datetime | None]
    done_note: Mapped[str | None] = mapped_column(sa.Text())

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
