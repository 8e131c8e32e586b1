"""Where the review of an RFI stands: what is still open, who locked it, when prices were seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from questionnaire.models import Assessment, Flag, ReviewLock, Rfi, User, Vendor
from questionnaire.services.faults import Missing


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far the review of one vendor's answers is: open flags, and proposals that wait."""

    assessment_id: UUID
    vendor: str
    mandatory: int
    major: int
    minor: int
    waiting: int
    #: The buyer's own team: its gaps are decided like a vendor's, and it has no price.
    in_house: bool = False

    @property
    def finished(self) -> bool:
        """Nothing is undecided that could decide the verdict; open minor flags count as gaps."""
        return not (self.mandatory or self.major or self.waiting)


@dataclass(frozen=True, slots=True)
class Lock:
    """The standing lock, or the proposal of one, with the names of the people in it."""

    id: UUID
    proposed_by: UUID
    proposer: str
    proposed_at: datetime
    agreed_at: datetime | None
    second: str | None
    covers: tuple[str, ...]
    opened_at: datetime | None
    opener: str | None
    unlock_proposed_by: UUID | None
    unlock_reason: str

    @property
    def locked(self) -> bool:
        return self.agreed_at is not None


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one RFI as its page shows it."""

    rfi_id: UUID
    title: str
    vendors: tuple[Reviewed, ...]
    lock: Lock | None
    #: When prices were first seen under a lock that has ended since; None if they never were.
    seen_before: datetime | None

    @property
    def can_lock(self) -> bool:
        return bool(self.vendors) and all(one.finished for one in self.vendors)


def lock_of(session: Session, rfi_id: UUID) -> ReviewLock | None:
    """The lock or proposal that stands, as a row to change."""
    return session.scalars(
        sa.select(ReviewLock)
        .where(ReviewLock.rfi_id == rfi_id, ReviewLock.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()


def vendors(session: Session, organisation_id: UUID, rfi_id: UUID) -> tuple[Reviewed, ...]:
    """Every vendor of the RFI that has submitted, by name, the own team too; one statement."""
    waiting = (
        sa.select(sa.func.count())
        .where(Flag.assessment_id == Assessment.id, Flag.proposed_action.is_not(None))
        .correlate(Assessment)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(
            Assessment.id,
            Vendor.name,
            Assessment.open_mandatory,
            Assessment.open_major,
            Assessment.open_minor,
            waiting,
            Assessment.in_house,
        )
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(
            Assessment.organisation_id == organisation_id,
            Assessment.rfi_id == rfi_id,
            Assessment.state == "submitted",
        )
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return tuple(Reviewed(*tuple(row)) for row in rows)


def review(session: Session, organisation_id: UUID, rfi_id: UUID) -> Review:
    """The review of one RFI; Missing for a draft, another organisation's or nobody's."""
    title = session.scalar(
        sa.select(Rfi.title).where(
            Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
        )
    )
    if title is None:
        raise Missing(rfi_id)
    seen = seen_before(session, rfi_id)
    found = vendors(session, organisation_id, rfi_id)
    return Review(rfi_id, title, found, lock(session, organisation_id, rfi_id), seen)


def seen_before(session: Session, rfi_id: UUID) -> datetime | None:
    """When prices were first seen under a lock that has ended since; None if they never were."""
    return session.scalar(
        sa.select(sa.func.min(ReviewLock.opened_at, type_=ReviewLock.opened_at.type)).where(
            ReviewLock.rfi_id == rfi_id, ReviewLock.ended_at.is_not(None)
        )
    )


def lock(session: Session, organisation_id: UUID, rfi_id: UUID) -> Lock | None:
    """The standing lock or proposal with its people's names; one statement."""
    one, two, three = aliased(User), aliased(User), aliased(User)
    row = session.execute(
        sa.select(
            ReviewLock.id,
            ReviewLock.proposed_by,
            one.name,
            ReviewLock.proposed_at,
            ReviewLock.agreed_at,
            two.name,
            ReviewLock.covers,
            ReviewLock.opened_at,
            three.name,
            ReviewLock.unlock_proposed_by,
            ReviewLock.unlock_reason,
        )
        .join(one, one.id == ReviewLock.proposed_by)
        .outerjoin(two, two.id == ReviewLock.agreed_by)
        .outerjoin(three, three.id == ReviewLock.opened_by)
        .where(
            ReviewLock.rfi_id == rfi_id,
            ReviewLock.organisation_id == organisation_id,
            ReviewLock.ended_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    values = list(row)
    values[6] = tuple(values[6])
    return Lock(*values)


@dataclass(frozen=True, slots=True)
class Round:
    """One RFI in the list of reviews."""

    rfi_id: UUID
    title: str
    submitted: int
    open: int
    locked: bool
    proposed: bool


def rounds(session: Session, organisation_id: UUID) -> list[Round]:
    """Every RFI that was sent and answered by somebody, the newest first; one statement."""
    undecided = Assessment.open_mandatory + Assessment.open_major + Assessment.open_minor
    rows = session.execute(
        sa.select(
            Rfi.id,
            Rfi.title,
            sa.func.count(),
            sa.func.sum(undecided),
            sa.func.max(ReviewLock.agreed_at).is_not(None),
            sa.func.max(ReviewLock.proposed_at).is_not(None),
        )
        .join(Assessment, sa.and_(Assessment.rfi_id == Rfi.id, Assessment.state == "submitted"))
        .outerjoin(ReviewLock, sa.and_(ReviewLock.rfi_id == Rfi.id, ReviewLock.ended_at.is_(None)))
        .where(Rfi.organisation_id == organisation_id)
        .group_by(Rfi.id, Rfi.title)
        .order_by(Rfi.id.desc())
        .limit(100)
    )
    return [
        Round(id, title, n, open, bool(locked), bool(proposed) and not locked)
        for id, title, n, open, locked, proposed in rows
    ]
