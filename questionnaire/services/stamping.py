"""Stamps of vendors: what a page about their answers depends on, in one row each.

What a vendor said and what judging made of it changes seldom and is read often, so every vendor
has a stamp: counts and versions that rise with each change of its answers, evidence, reviews,
clarifications, judgements and flags. As long as a stamp stands, what was made of the vendor before
can be shown again. Stamps of any number of vendors take one statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import run
from questionnaire.models import (
    Answer,
    Assessment,
    Clarification,
    Evidence,
    Flag,
    Judgement,
    ReviewLock,
    Vendor,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A vendor that has submitted, and so can be compared; the buyer's own team likewise."""

    assessment_id: UUID
    vendor: str
    in_house: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """One vendor as far as a page depends on it: two equal stamps, one page."""

    assessment_id: UUID
    vendor: str
    in_house: bool
    #: Whether its sealed answers may be read.
    opened: bool
    on: date
    counted: tuple[Any, ...]


def candidates(session: Session, organisation_id: UUID, rfi_id: UUID) -> tuple[Candidate, ...]:
    """Every vendor of the RFI that has submitted, by name, the own team too; one statement."""
    rows: Any = run(session, _CANDIDATES, {"mine": organisation_id, "rfi": rfi_id})
    return tuple(Candidate(*row) for row in rows)


def stamps(
    session: Session,
    organisation_id: UUID,
    rfi_id: UUID,
    chosen: Sequence[Candidate],
    on: date,
) -> tuple[Stamp, ...]:
    """The stamps of vendors of this RFI, in their order; two statements."""
    opened = run(session, _OPENED, {"mine": organisation_id, "rfi": rfi_id}).scalar()
    covers = frozenset(opened or ())
    ids = [one.assessment_id for one in chosen]
    rows: Any = run(session, _STAMPS, {"ids": ids})
    counted = {row[0]: tuple(row[1:]) for row in rows}
    return tuple(
        Stamp(
            one.assessment_id,
            one.vendor,
            one.in_house,
            str(one.assessment_id) in covers,
            on,
            counted[one.assessment_id],
        )
        for one in chosen
    )


def _stamp_statement() -> sa.Select[Any]:
    """One row an assessment: everything that rises when something about it changes."""
    ids: Any = sa.bindparam("ids", expanding=True)
    one: Any = sa.literal_column("1")
    none: Any = sa.literal_column("0")

    def counted(model: Any, *columns: sa.ColumnElement[Any]) -> sa.Subquery:
        named = [column.label(f"n{number}") for number, column in enumerate(columns)]
        return (
            sa.select(model.assessment_id, *named)
            .where(model.assessment_id.in_(ids))
            .group_by(model.assessment_id)
            .subquery()
        )

    def how_many(column: Any) -> sa.ColumnElement[Any]:
        return sa.func.sum(sa.case((column.is_not(None), one), else_=none))

    good = sa.case((Judgement.status == "met", one), else_=none)
    parts = (
        counted(Answer, sa.func.count(), sa.func.sum(Answer.version)),
        counted(
            Evidence, sa.func.count(), sa.func.sum(Evidence.reviews), how_many(Evidence.removed_at)
        ),
        counted(
            Clarification,
            sa.func.count(),
            how_many(Clarification.answered_at),
            how_many(Clarification.cancelled_at),
        ),
        counted(
            Judgement,
            sa.func.count(),
            sa.func.max(Judgement.judged_at),
            sa.func.sum(good),
            sa.func.sum(sa.func.length(Judgement.explanation)),
        ),
        counted(Flag, sa.func.count(), sa.func.sum(Flag.version)),
    )
    query = sa.select(
        Assessment.id,
        *(column for part in parts for column in part.c if column.name != "assessment_id"),
    )
    for part in parts:
        query = query.outerjoin(part, part.c.assessment_id == Assessment.id)
    return query.where(Assessment.id.in_(ids))


# Built once: the page of the comparison asks them each time.
_STAMPS: Final = _stamp_statement()
_CANDIDATES: Final = (
    sa.select(Assessment.id, Vendor.name, Assessment.in_house)
    .join(Vendor, Vendor.id == Assessment.vendor_id)
    .where(
        Assessment.organisation_id == sa.bindparam("mine"),
        Assessment.rfi_id == sa.bindparam("rfi"),
        Assessment.state == "submitted",
    )
    .order_by(sa.func.lower(Vendor.name), Assessment.id)
)
#: The assessments whose prices are open under the lock that stands.
_OPENED: Final = sa.select(ReviewLock.covers).where(
    ReviewLock.organisation_id == sa.bindparam("mine"),
    ReviewLock.rfi_id == sa.bindparam("rfi"),
    ReviewLock.ended_at.is_(None),
    ReviewLock.opened_at.is_not(None),
)
