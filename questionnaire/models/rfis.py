"""RFIs: one sourcing round, with what it froze when it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.columns import Address, Hash, Id, Line, OrganisationId, Prose, one_of

RFI_STATES = ("draft", "open", "withdrawn")


class Edition(Base):
    """A frozen copy of the bank, named by its content digest; never changed, never deleted."""

    __tablename__ = "edition"

    digest: Mapped[Hash] = mapped_column(primary_key=True)
    documents: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Rfi(Base):
    """A sourcing round: brief, selection, requirements, deadline.

    `edition_digest` is the bank that its draft is edited with, and is frozen by sending.
    `question_ids` is the buyer's selection in the bank's order. `need_weights` says how much each
    need of customers matters to the buyer, 0 to 5: it orders a table, and no verdict rests on it.
    """

    __tablename__ = "rfi"
    __table_args__ = (one_of("state", RFI_STATES, "state"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    title: Mapped[Line]
    purpose: Mapped[Prose]
    reply_to: Mapped[Address]
    state: Mapped[str] = mapped_column(sa.String(16), default="draft")
    deadline: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    profiles: Mapped[list[str]]
    brief: Mapped[dict[str, Any]]
    question_ids: Mapped[list[str]]
    edition_digest: Mapped[Hash] = mapped_column(sa.ForeignKey("edition.digest"))
    need_weights: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    requirement_sets: Mapped[list[RequirementSetVersion]] = relationship(
        back_populates="rfi", order_by="RequirementSetVersion.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class RequirementSetVersion(Base):
    """One version of an RFI's requirements, as documents; frozen when vendors are invited.

    Each document is what :func:`question_bank.loader.requirement_to_document` gives, with
    `"off": true` where the buyer switched it off. `weighting` is what differs from the profiles'
    weights and floors, None where nothing does. `digest` is set when it is frozen.
    """

    __tablename__ = "requirement_set_version"
    __table_args__ = (sa.UniqueConstraint("rfi_id", "number"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    number: Mapped[int]
    documents: Mapped[list[Any]]
    weighting: Mapped[dict[str, Any] | None]
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_at: Mapped[datetime | None]

    rfi: Mapped[Rfi] = relationship(back_populates="requirement_sets")
