"""Everything that a reviewer sees of one flag, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from questionnaire.models import (
    Assessment,
    Clarification,
    Flag,
    FlagEvent,
    Judgement,
    Membership,
    Rfi,
    User,
    Vendor,
)
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services.faults import Missing
from questionnaire.services.filtering import Key
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.flagging import COLUMNS
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, held


@dataclass(frozen=True, slots=True)
class Examined:
    """A flag with the names around it."""

    flag: FlagRow
    vendor: str
    rfi: str
    rfi_version: int
    submitted_at: datetime | None
    late: bool
    assignee: str | None
    proposer: str | None
    #: What the vendor had said before, where that met the requirement better.
    worse: Mapping[str, Any] | None

    @property
    def key(self) -> Key:
        """Where it stands in the queue."""
        return Key(self.flag.severity_rank, self.flag.raised_at, self.flag.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the vendor about this answer: what it said before, and when it replied."""

    id: UUID
    question_id: str
    remark: str
    before: HeldAnswer
    by: str | None
    asked_at: datetime
    answered_at: datetime | None
    cancelled_at: datetime | None
    nothing_to_add: bool

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.cancelled_at is None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a flag's history; `version` is the flag's before it happened."""

    at: datetime
    by: str | None
    action: str
    reason: str
    until: date | None
    version: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alike:
    """How many other open flags could be decided together with this one."""

    same_requirement: int
    same_section: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Another flag of the same vendor that counts once with this one; `covered` waits for it."""

    id: UUID
    finding_id: str | None
    question_id: str
    severity: str
    explanation: str
    state: str
    covered: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


_Proposer: Final = aliased(User)


def examine(session: Session, organisation_id: UUID, user_id: UUID, flag_id: UUID) -> Examined:
    """The flag, if the person may see it; Missing otherwise."""
    query = (
        sa.select(
            *COLUMNS,
            Vendor.name,
            Rfi.title,
            Rfi.version,
            Assessment.submitted_at,
            Assessment.late,
            User.name,
            _Proposer.name,
            Judgement.worse,
        )
        .join(
            Membership,
            sa.and_(
                Membership.organisation_id == Flag.organisation_id,
                Membership.user_id == user_id,
                Membership.ended_at.is_(None),
            ),
        )
        .join(Assessment, Assessment.id == Flag.assessment_id)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Flag.rfi_id)
        .outerjoin(User, User.id == Flag.assignee_id)
        .outerjoin(_Proposer, _Proposer.id == Flag.proposed_by)
        .outerjoin(
            Judgement,
            sa.and_(
                Judgement.assessment_id == Flag.assessment_id,
                Judgement.requirement_id == Flag.requirement_id,
            ),
        )
        .where(Flag.id == flag_id, Flag.organisation_id == organisation_id)
    )
    row = session.execute(query).first()
    if row is None:
        raise Missing(flag_id)
    cut = len(COLUMNS)
    return Examined(FlagRow(*row[:cut]), *row[cut:])


def answers_of(session: Session, flag: FlagRow, asked: Sequence[Asked]) -> dict[str, HeldAnswer]:
    """The answers that the flag rests on, as staff may see them: before an open clarification."""
    found = held(session, flag.assessment_id)
    answers = {id: found.get(id, UNTOUCHED) for id in flag.questions}
    return answers | {one.question_id: one.before for one in asked if one.is_open}


def clarifications(session: Session, flag: FlagRow) -> list[Asked]:
    """What the vendor was asked about the questions of this flag, newest first."""
    query = (
        sa.select(
            Clarification.id,
            Clarification.question_id,
            Clarification.remark,
            Clarification.before,
            User.name,
            Clarification.asked_at,
            Clarification.answered_at,
            Clarification.cancelled_at,
            Clarification.nothing_to_add,
        )
        .outerjoin(User, User.id == Clarification.asked_by)
        .where(
            Clarification.assessment_id == flag.assessment_id,
            Clarification.question_id.in_(flag.questions),
        )
        .order_by(Clarification.id.desc())
    )
    return [
        Asked(id_, question_id, remark, HeldAnswer.from_json(before), *rest)
        for id_, question_id, remark, before, *rest in session.execute(query)
    ]


def history(session: Session, flag: FlagRow) -> list[Event]:
    """What happened to the flag, newest first."""
    query = (
        sa.select(
            FlagEvent.at,
            User.name,
            FlagEvent.action,
            FlagEvent.reason,
            FlagEvent.until,
            FlagEvent.before,
            FlagEvent.undone_at,
        )
        .outerjoin(User, User.id == FlagEvent.by)
        .where(FlagEvent.flag_id == flag.id, FlagEvent.organisation_id == flag.organisation_id)
        .order_by(FlagEvent.id.desc())
    )
    return [
        Event(at, by, action, reason, until, int(before.get("version", 0)), undone_at)
        for at, by, action, reason, until, before, undone_at in session.execute(query)
    ]


def beside(session: Session, flag: FlagRow) -> list[Beside]:
    """The flags that count once with this one (brief 3.1), findings first; none for most flags."""
    head = flag.explained_by or flag.finding_id
    if head is None:
        return []
    query = (
        sa.select(
            Flag.id,
            Flag.finding_id,
            Flag.question_id,
            Flag.severity,
            Flag.explanation,
            Flag.state,
            Flag.covered,
        )
        .where(
            Flag.assessment_id == flag.assessment_id,
            sa.or_(Flag.finding_id == head, Flag.explained_by == head),
            Flag.id != flag.id,
            Flag.state != "closed",
        )
        .order_by(Flag.finding_id.is_(None), Flag.severity_rank, Flag.id)
    )
    return [Beside(*row) for row in session.execute(query)]


def alike(session: Session, flag: FlagRow) -> Alike:
    """How many open flags are about the same in the RFI, or share its vendor and section."""
    open_ones = (Flag.state.in_(OPEN_STATES), Flag.rfi_id == flag.rfi_id, Flag.id != flag.id)
    requirement = (
        Flag.finding_id == flag.finding_id
        if flag.finding_id
        else Flag.requirement_id == flag.requirement_id
    )
    section = sa.and_(Flag.assessment_id == flag.assessment_id, Flag.section_id == flag.section_id)
    row = session.execute(
        sa.select(
            sa.func.sum(sa.case((requirement, 1), else_=0)),
            sa.func.sum(sa.case((section, 1), else_=0)),
        ).where(*open_ones, sa.or_(requirement, section))
    ).one()
    return Alike(int(row[0] or 0), int(row[1] or 0))
