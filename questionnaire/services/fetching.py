"""Fetching reports that were made: which there are, whether they are up to date, their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import obstore
import sqlalchemy as sa
import structlog
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.models import ReportFile, ReviewLock, Rfi, User
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.making import TYPES, newest_change

log = structlog.get_logger(__name__)

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Made:
    """One file as its page shows it; `stale` when something was changed since it was made."""

    id: UUID
    kind: str
    state: str
    progress: int
    asked_by: str | None
    asked_at: datetime
    made_at: datetime | None
    as_of: date | None
    name: str
    size: int | None
    sha256: str | None
    expires_at: datetime | None
    stale: bool
    #: It holds prices, and they are sealed again: nobody can fetch it until it is made anew.
    withheld: bool
    #: Its bytes are gone before their time: newer ones of its kind took its place.
    replaced: bool

    @property
    def under_way(self) -> bool:
        return self.state in ("waiting", "making")


def files(session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime) -> list[Made]:
    """The newest files of an RFI, newest first; Missing for a draft or a stranger's."""
    sent = sa.select(Rfi.id).where(
        Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
    )
    if session.scalar(sent) is None:
        raise Missing(rfi_id)
    newest = newest_change(session, rfi_id)
    query = (
        sa.select(
            ReportFile.id,
            ReportFile.kind,
            ReportFile.state,
            ReportFile.progress,
            User.name.label("asked_by"),
            ReportFile.asked_at,
            ReportFile.made_at,
            ReportFile.as_of,
            ReportFile.name,
            ReportFile.size,
            ReportFile.sha256,
            ReportFile.expires_at,
            ReportFile.seen,
            _withheld().label("withheld"),
        )
        .outerjoin(User, User.id == ReportFile.asked_by)
        .where(ReportFile.rfi_id == rfi_id, ReportFile.organisation_id == organisation_id)
        .order_by(ReportFile.id.desc())
        .limit(_SHOWN)
    )
    return [_made(row, newest, now) for row in session.execute(query)]


def _made(row: Any, newest: UUID | None, now: datetime) -> Made:
    values = dict(row._mapping)
    seen, name = values.pop("seen"), values.pop("asked_by")
    stale = row.as_of is not None and (seen != newest or row.as_of != now.date())
    gone = row.state == "expired" and row.expires_at is not None
    replaced = gone and now < row.expires_at
    return Made(**values, asked_by=name, stale=stale, replaced=replaced)


def _withheld() -> sa.ColumnElement[bool]:
    """Whether it was made while prices were open under a lock that has ended."""
    ended = sa.exists().where(
        ReviewLock.id == ReportFile.opened_by_lock, ReviewLock.ended_at.is_not(None)
    )
    return sa.and_(ReportFile.opened_by_lock.is_not(None), ended)


def content(
    session: Session, where: ObjectStore, organisation_id: UUID, rfi_id: UUID, file_id: UUID
) -> tuple[str, str, bytes]:
    """Name, content type and bytes; Missing unless it was made and belongs to this RFI."""
    row = session.execute(
        sa.select(
            ReportFile.name, ReportFile.kind, ReportFile.store_key, _withheld().label("withheld")
        ).where(
            ReportFile.id == file_id,
            ReportFile.rfi_id == rfi_id,
            ReportFile.organisation_id == organisation_id,
            ReportFile.state == "made",
        )
    ).one_or_none()
    if row is None:
        raise Missing(file_id)
    if row.withheld:
        raise Refused(
            "This file holds prices, and they have been sealed again. Have the report made anew: "
            "it will hold none."
        )
    try:
        found = bytes(obstore.get(where, row.store_key).bytes())
    except FileNotFoundError as fault:
        log.error("report without its file", report=str(file_id))
        raise Refused(
            "The file cannot be read at the moment. Have the report made again."
        ) from fault
    return row.name, TYPES[row.kind], found
