"""What is said to all vendors of an RFI about a question, and who stood for what was handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Id, Line, OrganisationId, Prose, one_of

ATTESTED = ("submitted", "replied")


class Attestation(Base):
    """A named person stood for what was handed in or replied with; kept for ever, one each time.

    `text` is the statement as it was shown, `question_ids` what it was about: None is everything.
    """

    __tablename__ = "attestation"
    __table_args__ = (one_of("about", ATTESTED, "about"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    about: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[Line]
    role: Mapped[Line]
    text: Mapped[Prose]
    question_ids: Mapped[list[str] | None]
    attested_by: Mapped[Address]
    attested_at: Mapped[datetime]


class Notice(Base):
    """What a buyer tells every vendor of an RFI about one question, in neutral words.

    It names nobody who asked. It is never changed: whoever handed in after it has read it.
    """

    __tablename__ = "notice"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[Code]
    text: Mapped[Prose]
    published_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    published_at: Mapped[datetime]
