"""How many open flags wait where: by vendor, and by section within one vendor.

The numbers per vendor stand on the assessments, kept in step by judging and deciding, so that no
page counts flags of a whole organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, Membership, Rfi, Vendor
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services.filtering import Filter

#: So many vendors stand beside the queue; the rest is found by name.
SHOWN: Final = 12
#: So many RFIs can be chosen from, the newest first.
RFIS: Final = 50

_COUNTS: Final = (Assessment.open_mandatory, Assessment.open_major, Assessment.open_minor)


@dataclass(frozen=True, slots=True)
class VendorGroup:
    """One vendor's open flags in one RFI."""

    assessment_id: UUID
    vendor: str
    rfi: str
    mandatory: int
    major: int
    minor: int

    @property
    def total(self) -> int:
        return self.mandatory + self.major + self.minor


@dataclass(frozen=True, slots=True)
class SectionGroup:
    edition_digest: str
    section_id: str
    count: int
    mandatory: int


@dataclass(frozen=True, slots=True)
class Groups:
    """The vendors with most to do first; the numbers are sums over all vendors."""

    vendors: tuple[VendorGroup, ...] = ()
    mandatory: int = 0
    major: int = 0
    minor: int = 0
    #: How many vendors have open flags, shown or not.
    count: int = 0
    #: How many proposals of others, of the whole organisation, wait for this person to agree.
    second: int = 0

    @property
    def total(self) -> int:
        return self.mandatory + self.major + self.minor


def vendors(session: Session, organisation_id: UUID, user_id: UUID, wanted: Filter) -> Groups:
    """The groups within the filter's RFI and vendor; one statement."""
    mine = _with_open_flags(organisation_id, user_id)
    if wanted.rfi:
        mine.append(Assessment.rfi_id == wanted.rfi)
    if wanted.vendor:
        mine.append(Vendor.name.icontains(wanted.vendor, autoescape=True))
    sums = (sa.func.sum(one).label(one.key) for one in _COUNTS)
    summed = sa.select(*sums, sa.func.count().label("vendors")).select_from(Assessment)
    if wanted.vendor:
        summed = summed.join(Vendor, Vendor.id == Assessment.vendor_id)
    totals = summed.where(*mine).subquery()
    second = _proposed_by_others(organisation_id, user_id)
    query = (
        _joined(Assessment.id, Vendor.name, Rfi.title, *_COUNTS, *totals.c, second)
        .where(*mine)
        .join(totals, sa.true())
        .order_by(*(one.desc() for one in _COUNTS), Assessment.id.desc())
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    if not rows:
        return Groups()
    return Groups(tuple(VendorGroup(*row[:6]) for row in rows), *rows[0][6:])


def _proposed_by_others(organisation_id: UUID, user_id: UUID) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .where(
            Flag.organisation_id == organisation_id,
            Flag.proposed_action.is_not(None),
            Flag.proposed_by != user_id,
        )
        .scalar_subquery()
    )


def _joined(*columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(Assessment)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Assessment.rfi_id)
    )


def _with_open_flags(organisation_id: UUID, user_id: UUID) -> list[sa.ColumnElement[bool]]:
    may = sa.exists().where(
        Membership.organisation_id == organisation_id,
        Membership.user_id == user_id,
        Membership.ended_at.is_(None),
    )
    # The zero as a literal, so that the database knows the partial index to be about just these.
    some = Assessment.open_mandatory + Assessment.open_major + Assessment.open_minor
    return [Assessment.organisation_id == organisation_id, some > sa.literal_column("0"), may]


def sections(
    session: Session, organisation_id: UUID, user_id: UUID, assessment_id: UUID
) -> list[SectionGroup]:
    """The sections of one vendor that have open flags; one statement."""
    query = (
        sa.select(
            Rfi.edition_digest,
            Flag.section_id,
            sa.func.count(),
            sa.func.sum(sa.case((Flag.severity_rank == 0, 1), else_=0)),
        )
        .select_from(Flag)
        .join(
            Membership,
            sa.and_(
                Membership.organisation_id == organisation_id,
                Membership.user_id == user_id,
                Membership.ended_at.is_(None),
            ),
        )
        .join(Rfi, Rfi.id == Flag.rfi_id)
        .where(
            Flag.organisation_id == organisation_id,
            Flag.assessment_id == assessment_id,
            Flag.state.in_(OPEN_STATES),
        )
        .group_by(Rfi.edition_digest, Flag.section_id)
    )
    return [SectionGroup(*row) for row in session.execute(query)]


def rfis(session: Session, organisation_id: UUID) -> list[tuple[UUID, str]]:
    """The RFIs that a queue can be narrowed to: id and title, newest first."""
    query = (
        sa.select(Rfi.id, Rfi.title)
        .where(Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None))
        .order_by(Rfi.id.desc())
        .limit(RFIS)
    )
    return [(id_, title) for id_, title in session.execute(query)]
