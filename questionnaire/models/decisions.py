"""What a buyer chose: written down once, never changed, with everything that it was made on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Code, Hash, Id, Line, OrganisationId, Prose, one_of

DECIDED_OPTIONS = ("vendor", "in_house", "search", "hybrid")


class Decision(Base):
    """One decision on an RFI; `number` counts them, and the highest one that stands is in force.

    `snapshot` is canonical JSON, `digest` its SHA-256: nothing of it is ever changed. Names are
    kept as they were on the day. `against` lists the advice gone against, each as `{"kind", "text",
    "points", "reason"}`. Where a second person has to agree it stands from `agreed_at` on; one that
    was taken back or declined before has `ended_at`. These are the only things added later. `key`
    names the press of a button, so that pressing twice decides once.
    """

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("rfi_id", "number"),
        sa.UniqueConstraint("rfi_id", "key"),
        one_of("option", DECIDED_OPTIONS, "option"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    number: Mapped[int]
    option: Mapped[str] = mapped_column(sa.String(16))
    assessment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    vendor: Mapped[Line]
    reason: Mapped[Prose]
    against: Mapped[list[Any]]
    supersedes: Mapped[int | None]
    superseding_reason: Mapped[Prose]
    decided_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    decider: Mapped[Line]
    decided_at: Mapped[datetime]
    needs_second: Mapped[bool]
    agreed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    second: Mapped[str | None] = mapped_column(sa.String(200))
    agreed_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    key: Mapped[Code]
    snapshot: Mapped[str] = mapped_column(sa.Text())
    digest: Mapped[Hash]
