"""Trials: test calls, who rates them, the marks, and what was measured."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.core.plans import TIME_BANDS
from questionnaire.db import Base
from questionnaire.models.columns import (
    Address,
    Code,
    Hash,
    Id,
    Line,
    OrganisationId,
    Prose,
    one_of,
)

#: What became of the failover drill; hours are known only of one that was done.
DRILLS = ("done", "refused", "not_done")
_IN_HOUSE = sa.text("assessment_id IS NULL")
_FIRST = sa.text("repeat_of IS NULL")


class Trial(Base):
    """The trial of one assessment; without an assessment it is the buyer's own team's.

    A vendor that failed may be tried once more (brief 4.4): `repeat_of` is the trial that it
    failed, `fix` what was put right in between.
    """

    __tablename__ = "trial"
    __table_args__ = (
        sa.Index(
            "uq_trial_in_house",
            "rfi_id",
            unique=True,
            sqlite_where=_IN_HOUSE,
            postgresql_where=_IN_HOUSE,
        ),
        sa.Index(
            "uq_trial_first",
            "assessment_id",
            unique=True,
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        sa.Index(None, "rfi_id"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    assessment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE")
    )
    repeat_of: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("trial.id", ondelete="CASCADE"), unique=True
    )
    fix: Mapped[Prose]
    created_at: Mapped[datetime]


class TrialConsent(Base):
    """One version of a vendor's written consent to test calls; the newest counts.

    `note` says where the document is: its name, or what was written.
    """

    __tablename__ = "trial_consent"
    __table_args__ = (sa.UniqueConstraint("trial_id", "version"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    trial_id: Mapped[UUID] = mapped_column(sa.ForeignKey("trial.id", ondelete="CASCADE"))
    version: Mapped[int]
    given_by: Mapped[Line]
    given_on: Mapped[date]
    note: Mapped[Prose]
    stated_by: Mapped[Line]
    stated_at: Mapped[datetime]


class PlannedCall(Base):
    """One planned call. `code` is all that a rater knows it by: drawn at random within the RFI.

    A calibration call is rated by everybody before the others and counts in no mean. `unaltered`:
    voice alteration and AI assistance are off in it (brief 4.1.5).
    """

    __tablename__ = "planned_call"
    __table_args__ = (
        sa.UniqueConstraint("rfi_id", "code"),
        one_of("time_band", TIME_BANDS, "time_band"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    trial_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("trial.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[Code]
    scenario_id: Mapped[Code]
    language: Mapped[str] = mapped_column(sa.String(8))
    time_band: Mapped[str] = mapped_column(sa.String(16))
    calibration: Mapped[bool] = mapped_column(default=False)
    unaltered: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Rater(Base):
    """Somebody who rates the calls of one RFI.

    `link_id` is what the token of the present link is made of, so that a new link can be made for
    the same person; `languages` those in which calls can be judged, empty for all.
    """

    __tablename__ = "rater"
    __table_args__ = (sa.UniqueConstraint("rfi_id", "email"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    name: Mapped[Line]
    email: Mapped[Address]
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    languages: Mapped[list[str]]
    link_id: Mapped[UUID]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class CallRating(Base):
    """One version of one rater's marks on one call; the newest counts, none is ever changed.

    `marks` maps a criterion to a mark from 1 to 5, or to None where the call gave no occasion to
    see it; what is absent was not marked yet. `critical` maps a class of critical errors to the
    note about it. An unfinished rating is kept and counts nowhere.
    """

    __tablename__ = "call_rating"
    __table_args__ = (
        sa.UniqueConstraint("call_id", "rater_id", "version"),
        sa.CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    call_id: Mapped[UUID] = mapped_column(sa.ForeignKey("planned_call.id", ondelete="CASCADE"))
    rater_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("rater.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int]
    marks: Mapped[dict[str, Any]]
    critical: Mapped[dict[str, Any]]
    comment: Mapped[Prose]
    finished: Mapped[bool]
    rated_at: Mapped[datetime]


class TrialFigures(Base):
    """One version of what the buyer's own telephony measured; the newest counts.

    `figures` holds numbers by name; a figure that is absent is not known, and never 0.
    """

    __tablename__ = "trial_figures"
    __table_args__ = (
        sa.UniqueConstraint("trial_id", "version"),
        one_of("drill", DRILLS, "drill"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    trial_id: Mapped[UUID] = mapped_column(sa.ForeignKey("trial.id", ondelete="CASCADE"))
    version: Mapped[int]
    figures: Mapped[dict[str, Any]]
    drill: Mapped[str | None] = mapped_column(sa.String(16))
    stated_by: Mapped[Line]
    stated_at: Mapped[datetime]


class TrialSummary(Base):
    """One version of criterion means that somebody else worked out; the newest counts.

    `means` maps a criterion to its mean and the number of calls behind it. An empty one takes the
    summary back, so that the calls that were rated here count again.
    """

    __tablename__ = "trial_summary"
    __table_args__ = (sa.UniqueConstraint("trial_id", "version"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    trial_id: Mapped[UUID] = mapped_column(sa.ForeignKey("trial.id", ondelete="CASCADE"))
    version: Mapped[int]
    source: Mapped[Line]
    calls: Mapped[int | None]
    means: Mapped[dict[str, Any]]
    critical_errors: Mapped[int | None]
    stated_by: Mapped[Line]
    stated_at: Mapped[datetime]
