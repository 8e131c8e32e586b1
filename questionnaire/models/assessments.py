"""Vendors and their copy of an RFI's questionnaire."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Id, Line, OrganisationId, Prose, one_of
from questionnaire.models.rfis import Rfi

ASSESSMENT_STATES = (
    "not_sent", "sent", "opened", "in_progress", "submitted", "declined", "withdrawn",
)  # fmt: skip
_OWN_TEAM = sa.text("in_house")
_SUBMITTED = sa.text("state = 'submitted'")
_HAS_OPEN_FLAGS = sa.text("open_mandatory + open_major + open_minor > 0")


class Vendor(Base):
    """A call-centre provider as this organisation knows it, over all its RFIs."""

    __tablename__ = "vendor"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "name"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    name: Mapped[Line]
    created_at: Mapped[datetime]


class Assessment(Base):
    """One vendor's copy in one RFI.

    `asked` and `answered` count the questions shown and those with an answer, kept in step by
    each save so that a board need not look at the answers; `open_mandatory`, `open_major` and
    `open_minor` count the open flags in the same way, and `tally` what judging found in each
    section (see `services.tallying`). `rules` is the number of the rules that it was last judged
    by, so that those judged before there were newer ones are found. `late` is set at submitting.
    `due_at` overrides the RFI's deadline for this vendor. `in_house` is the one of the buyer's own
    team, one at most in an RFI.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        sa.UniqueConstraint("rfi_id", "vendor_id"),
        one_of("state", ASSESSMENT_STATES, "state"),
        sa.Index(
            "uq_assessment_own_team",
            "rfi_id",
            unique=True,
            sqlite_where=_OWN_TEAM,
            postgresql_where=_OWN_TEAM,
        ),
        sa.Index(
            "ix_assessment_open_flags",
            "organisation_id",
            "open_mandatory",
            "open_major",
            "open_minor",
            "id",
            sqlite_where=_HAS_OPEN_FLAGS,
            postgresql_where=_HAS_OPEN_FLAGS,
        ),
        sa.Index(
            "ix_assessment_rules",
            "rules",
            "id",
            sqlite_where=_SUBMITTED,
            postgresql_where=_SUBMITTED,
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"), index=True)
    vendor_id: Mapped[UUID] = mapped_column(sa.ForeignKey("vendor.id"), index=True)
    in_house: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(sa.String(16), default="not_sent")
    contact_name: Mapped[Line]
    contact_email: Mapped[Address]
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    due_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    open_mandatory: Mapped[int] = mapped_column(default=0)
    open_major: Mapped[int] = mapped_column(default=0)
    open_minor: Mapped[int] = mapped_column(default=0)
    tally: Mapped[dict[str, Any] | None]
    rules: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)
    attested_name: Mapped[str | None] = mapped_column(sa.String(200))
    attested_role: Mapped[str | None] = mapped_column(sa.String(200))
    attested_text: Mapped[str | None] = mapped_column(sa.Text())
    declined_reason: Mapped[str | None] = mapped_column(sa.Text())
    created_at: Mapped[datetime]

    rfi: Mapped[Rfi] = relationship()
    vendor: Mapped[Vendor] = relationship()


class Clarification(Base):
    """A reviewer's remark that re-opens one question for the vendor.

    `before` is the answer as it stood when it was asked; `answered_version` the version of the
    answer that replied to it. `nothing_to_add` says that the vendor lets its answer stand.
    `notice_id` is what every vendor was told, where that is why the question is open.
    """

    __tablename__ = "clarification"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[Code]
    remark: Mapped[Prose]
    before: Mapped[dict[str, Any]]
    asked_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_version: Mapped[int | None]
    nothing_to_add: Mapped[bool] = mapped_column(default=False)
    notice_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("notice.id", ondelete="SET NULL"))
    cancelled_at: Mapped[datetime | None]
