"""Spreadsheets that vendors sent in, as they were read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Id, OrganisationId


class SheetUpload(Base):
    """What was filled in in one uploaded spreadsheet, until it is applied or its time is over.

    `reading` is what `core.sheet.Reading` makes of itself: texts, not answers; a look at it
    compares them with what is stored then. `applied` names the questions that were saved from it.
    The file itself is not kept.
    """

    __tablename__ = "sheet_upload"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(255))
    reading: Mapped[dict[str, Any]]
    applied: Mapped[list[Any]]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[Address]
    expires_at: Mapped[datetime] = mapped_column(index=True)
