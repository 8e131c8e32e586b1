"""How many open flags wait where: by vendor, and by section within one vendor.

The numbers per vendor stand on the assessments, kept in step by judging and deciding, so that no
page counts flags of a whole organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import run
from questionnaire.models import Assessment, Flag, Membership, Rfi, Vendor
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services.bundling import id_of, in_one, read_one, rows_of
from questionnaire.services.filtering import Filter
from questionnaire.services.queue_statements import part_of

#: So many vendors stand beside the queue; the rest is found by name.
SHOWN: Final = 12
#: So many RFIs can be chosen from, the newest first.
RFIS: Final = 50

_ASSESSMENT: Final = cast("sa.Table", Assessment.__table__)
_A: Final = _ASSESSMENT.c
_F: Final = cast("sa.Table", Flag.__table__).c
_M: Final = cast("sa.Table", Membership.__table__).c
_R: Final = cast("sa.Table", Rfi.__table__).c
_V: Final = cast("sa.Table", Vendor.__table__).c
_ME: Final = sa.bindparam("me", type_=_M.user_id.type)
_MINE: Final = sa.bindparam("mine", type_=_M.organisation_id.type)
_NAMED: Final = sa.join(_ASSESSMENT, Vendor.__table__, _V.id == _A.vendor_id)
#: So many groups of vendors are kept as they were read.
MOST_KEPT: Final = 256
_COUNTS: Final = (_A.open_mandatory, _A.open_major, _A.open_minor)


_NEWEST: Final = (
    sa.select(_R.id, _R.title)
    .where(_R.organisation_id == _MINE, _R.sent_at.is_not(None))
    .order_by(_R.id.desc())
    .limit(RFIS)
)


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


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The vendors with most to do first; the numbers are sums over all vendors.

    As long as nothing in them changes the same object is handed out.
    """

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


def beside(
    session: Session, organisation_id: UUID, user_id: UUID, wanted: Filter
) -> tuple[Groups, tuple[tuple[UUID, str], ...]]:
    """The groups within the filter's RFI and vendor, and the RFIs that a queue can be narrowed to:
    id and title, newest first; one statement.
    """
    shape = {"by_rfi": wanted.rfi is not None, "by_name": bool(wanted.vendor)}
    values = {
        "mine": organisation_id,
        "me": user_id,
        "rfi": wanted.rfi,
        "vendor": part_of(wanted.vendor),
    }
    vendors, rfis, *sums = read_one(session, _groups(**shape), values)
    return _read(vendors, tuple(number or 0 for number in sums)), _rfis(rfis)


@lru_cache(MOST_KEPT)
def _read(vendors: str | None, sums: tuple[int, ...]) -> Groups:
    groups = (VendorGroup(id_of(id), *rest) for id, *rest in rows_of(vendors))
    return Groups(tuple(groups), *sums)


@cache
def _groups(*, by_rfi: bool, by_name: bool) -> sa.Select[*tuple[Any, ...]]:
    """The sums, and before them the vendors and the RFIs, each in one text; built once."""
    sums = _sums(by_rfi=by_rfi, by_name=by_name).subquery("sums")
    most_first = (-4, -5, -6, -1)
    vendors = in_one(_vendors(by_rfi=by_rfi, by_name=by_name), *most_first)
    newest_first = -1
    return sa.select(vendors, in_one(_NEWEST, newest_first), *sums.c)


def _vendors(*, by_rfi: bool, by_name: bool) -> sa.Select[Any]:
    return (
        sa.select(_A.id, _V.name, _R.title, *_COUNTS)
        .select_from(_NAMED)
        .join(Rfi.__table__, _R.id == _A.rfi_id)
        .where(*_within(by_rfi=by_rfi, by_name=by_name))
        .order_by(*(one.desc() for one in _COUNTS), _A.id.desc())
        .limit(SHOWN)
    )


def _sums(*, by_rfi: bool, by_name: bool) -> sa.Select[Any]:
    """Over the index alone, where no name is asked for."""
    return (
        sa.select(
            *(sa.func.sum(one).label(one.key) for one in _COUNTS),
            sa.func.count().label("vendors"),
            _proposed_by_others().label("second"),
        )
        .select_from(_NAMED if by_name else _ASSESSMENT)
        .where(*_within(by_rfi=by_rfi, by_name=by_name))
    )


def _within(*, by_rfi: bool, by_name: bool) -> list[sa.ColumnElement[bool]]:
    may = sa.exists().where(_M.organisation_id == _MINE, _M.user_id == _ME, _M.ended_at.is_(None))
    # The zero as a literal, so that the database knows the partial index to be about just these.
    some = _A.open_mandatory + _A.open_major + _A.open_minor > sa.literal_column("0")
    within: list[sa.ColumnElement[bool]] = [_A.organisation_id == _MINE, some, may]
    if by_rfi:
        within.append(_A.rfi_id == sa.bindparam("rfi", type_=_A.rfi_id.type))
    if by_name:
        within.append(sa.func.lower(_V.name).like(sa.bindparam("vendor"), escape="/"))
    return within


def _proposed_by_others() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .where(_F.organisation_id == _MINE, _F.proposed_action.is_not(None), _F.proposed_by != _ME)
        .scalar_subquery()
    )


def sections(
    session: Session, organisation_id: UUID, user_id: UUID, assessment_id: UUID
) -> list[SectionGroup]:
    """The sections of one vendor that have open flags; one statement."""
    values = {"mine": organisation_id, "me": user_id, "assessment": assessment_id}
    return [SectionGroup(*tuple(row)) for row in run(session, _SECTIONS, values)]


_SECTIONS: Final = (
    sa.select(
        _R.edition_digest,
        _F.section_id,
        sa.func.count(),
        sa.func.sum(sa.case((_F.severity_rank == 0, 1), else_=0)),
    )
    .select_from(Flag.__table__)
    .join(
        Membership.__table__,
        sa.and_(_M.organisation_id == _MINE, _M.user_id == _ME, _M.ended_at.is_(None)),
    )
    .join(Rfi.__table__, sa.and_(_R.id == _F.rfi_id, _R.organisation_id == _MINE))
    .where(
        _F.assessment_id == sa.bindparam("assessment", type_=_A.id.type),
        _F.state.in_([sa.literal_column(f"'{one}'") for one in OPEN_STATES]),
        _F.covered.is_(False),
    )
    .group_by(_R.edition_digest, _F.section_id)
)


@lru_cache(MOST_KEPT)
def _rfis(text: str | None) -> tuple[tuple[UUID, str], ...]:
    return tuple((id_of(id), title) for id, title in rows_of(text))
