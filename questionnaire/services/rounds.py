"""All RFIs of an organisation, with how far each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Rfi, User


@dataclass(frozen=True, slots=True)
class RfiLine:
    """One RFI in the list."""

    id: UUID
    title: str
    state: str
    deadline: datetime
    time_zone: str
    created_at: datetime
    created_by: str | None
    vendors: int
    submitted: int
    open_flags: int


def rfis(
    session: Session, organisation_id: UUID, *, before: UUID | None = None, limit: int = 50
) -> tuple[list[RfiLine], UUID | None]:
    """The organisation's RFIs, newest first, and where the next page begins: one statement."""
    flags = Assessment.open_mandatory + Assessment.open_major + Assessment.open_minor
    vendors = sa.case((Assessment.in_house.is_(False), 1), else_=0)
    submitted = sa.case(
        (sa.and_(Assessment.state == "submitted", Assessment.in_house.is_(False)), 1), else_=0
    )
    query = (
        sa.select(
            Rfi.id,
            Rfi.title,
            Rfi.state,
            Rfi.deadline,
            Rfi.time_zone,
            Rfi.created_at,
            User.name,
            sa.func.coalesce(sa.func.sum(vendors), 0),
            sa.func.coalesce(sa.func.sum(submitted), 0),
            sa.func.coalesce(sa.func.sum(flags), 0),
        )
        .outerjoin(Assessment, Assessment.rfi_id == Rfi.id)
        .outerjoin(User, User.id == Rfi.created_by)
        .where(Rfi.organisation_id == organisation_id)
        .group_by(Rfi.id, User.name)
        .order_by(Rfi.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(Rfi.id < before)
    lines = [RfiLine(*row) for row in session.execute(query)]
    return lines[:limit], lines[limit - 1].id if len(lines) > limit else None


def last_time_zone(session: Session, organisation_id: UUID) -> str:
    """The time zone of the organisation's newest RFI, UTC before the first."""
    zone = session.scalar(
        sa.select(Rfi.time_zone)
        .where(Rfi.organisation_id == organisation_id)
        .order_by(Rfi.id.desc())
        .limit(1)
    )
    return zone or "UTC"


def fresh_id() -> UUID:
    """An id for an RFI that a page is about to begin, so that sending it twice begins one."""
    return new_id()
