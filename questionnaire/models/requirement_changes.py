"""Changes of the requirements of an RFI that was sent: proposed, agreed to, published."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Id, OrganisationId, Prose

_STANDS = sa.text("published_at IS NULL AND ended_at IS NULL")


class RequirementChange(Base):
    """One change of a sent RFI's requirements, from the proposal to its version; never deleted.

    `wanted` is what `services.supposing` stores: edits by requirement, and weights. `begun_on` is
    the version that it changes, `number` the one that it became. `asks_less` says that a gate asks
    less of vendors than before. `prices_seen_at` is when prices had first been seen before it was
    published, under a lock that has ended. `effects` tells what it did to whom: tiers, statuses
    and flags before and after. One that was declined or taken back ends without `published_at`.
    """

    __tablename__ = "requirement_change"
    __table_args__ = (
        sa.UniqueConstraint("rfi_id", "number"),
        sa.Index(
            "ix_requirement_change_standing",
            "rfi_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"), index=True)
    begun_on: Mapped[int]
    wanted: Mapped[dict[str, Any]]
    reason: Mapped[Prose]
    asks_less: Mapped[bool]
    proposed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    published_at: Mapped[datetime | None]
    number: Mapped[int | None]
    prices_seen_at: Mapped[datetime | None]
    effects: Mapped[dict[str, Any] | None]
    ended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
