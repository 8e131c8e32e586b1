"""What judging found, and what reviewers did about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.assessments import Assessment
from questionnaire.models.columns import Code, Id, OrganisationId, Prose, one_of

STATUSES = ("met", "not_met", "unknown", "not_applicable")
FLAG_STATES = ("open", "clarifying", "gap_confirmed", "accepted", "waived", "closed")
OPEN_STATES = ("open", "clarifying")
DECISIONS = ("confirm", "accept", "waive", "not_applicable")
_STILL_OPEN = sa.text("state IN ('open', 'clarifying')")
_PROPOSED = sa.text("proposed_action IS NOT NULL")


class Judgement(Base):
    """The status of one requirement for one assessment, as of the last judging.

    `worse` tells what the same vendor had said before where that met it better (see
    `services.worsening`); None everywhere else.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "requirement_id"),
        one_of("status", STATUSES, "status"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    requirement_id: Mapped[Code]
    question_id: Mapped[Code]
    section_id: Mapped[Code]
    severity: Mapped[str] = mapped_column(sa.String(16))
    status: Mapped[str] = mapped_column(sa.String(16))
    explanation: Mapped[Prose]
    worse: Mapped[dict[str, Any] | None]
    judged_at: Mapped[datetime]


class Flag(Base):
    """A gap or a finding with a life of its own: raised by judging, closed by people or by a
    better answer.

    It is about one requirement, or about one derived finding: then `question_id` is the question
    that stands for those it was computed from, which `basis` names. `status` of a finding that
    fires is not_met, of one that nobody can tell unknown. `explained_by` is the finding that says
    the same with more reason (brief 3.1, "replaces in the count"); while that one's flag is open
    this one is `covered`: neither listed nor counted.

    `severity_rank` is 0 mandatory, 1 major, 2 minor, so that lists sort by it. `basis` is what
    the current state rests on (answer version, requirement version, evidence digests): when it
    changes the flag re-opens and `reopened_why` says so. `decision` is what people decided, None
    while nothing stands; `proposed_*` hold an acceptance or waiver of a mandatory gap until a
    second person agrees.
    """

    __tablename__ = "flag"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "requirement_id"),
        sa.UniqueConstraint("assessment_id", "finding_id"),
        sa.CheckConstraint("(requirement_id IS NULL) <> (finding_id IS NULL)", name="about_one"),
        one_of("state", FLAG_STATES, "state"),
        one_of("status", ("not_met", "unknown"), "status"),
        one_of("decision", DECISIONS, "decision"),
        one_of("proposed_action", DECISIONS, "proposed_action"),
        sa.Index(
            "ix_flag_queue",
            "organisation_id",
            "severity_rank",
            "raised_at",
            "id",
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
        sa.Index(
            "ix_flag_proposed",
            "organisation_id",
            "severity_rank",
            "raised_at",
            "id",
            sqlite_where=_PROPOSED,
            postgresql_where=_PROPOSED,
        ),
        sa.Index("ix_flag_state", "organisation_id", "state", "severity_rank", "raised_at", "id"),
        sa.Index(None, "assignee_id", "severity_rank", "raised_at", "id"),
        sa.Index(None, "rfi_id", "assessment_id"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    requirement_id: Mapped[str | None] = mapped_column(sa.String(64))
    finding_id: Mapped[str | None] = mapped_column(sa.String(64))
    question_id: Mapped[Code]
    section_id: Mapped[Code]
    explained_by: Mapped[str | None] = mapped_column(sa.String(64))
    covered: Mapped[bool] = mapped_column(default=False)
    severity: Mapped[str] = mapped_column(sa.String(16))
    severity_rank: Mapped[int]
    never_waivable: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(sa.String(16))
    explanation: Mapped[Prose]
    state: Mapped[str] = mapped_column(sa.String(16), default="open")
    decision: Mapped[str | None] = mapped_column(sa.String(16))
    basis: Mapped[dict[str, Any]]
    reopened_why: Mapped[str | None] = mapped_column(sa.Text())
    assignee_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    waived_until: Mapped[date | None]
    proposed_action: Mapped[str | None] = mapped_column(sa.String(16))
    proposed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    proposed_reason: Mapped[str | None] = mapped_column(sa.Text())
    proposed_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    raised_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    assessment: Mapped[Assessment] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class FlagEvent(Base):
    """One thing that happened to a flag, in order, kept for ever.

    `batch` names the bulk decision that it was part of; `before` holds what undoing restores.
    """

    __tablename__ = "flag_event"
    __table_args__ = (sa.Index(None, "flag_id", "id"), sa.Index(None, "batch"))

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    flag_id: Mapped[UUID] = mapped_column(sa.ForeignKey("flag.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(sa.String(32))
    from_state: Mapped[str] = mapped_column(sa.String(16))
    to_state: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[Prose]
    until: Mapped[date | None]
    batch: Mapped[UUID | None]
    before: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
