"""Clearing away made reports: those whose time is over, those too many, and bytes of nobody's.

A worker that is killed between storing a file and saying so leaves bytes that no row names. They
are found in the store, and only where reports lie: what vendors sent is never looked at. No
decision refers to a report: its document names evidence alone by its hash, and that stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID

import obstore
import sqlalchemy as sa
import structlog
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.models import ReportFile

log = structlog.get_logger(__name__)

#: So many files of one RFI and kind are kept; a newer one takes the place of the oldest.
MOST_KEPT: Final = 5
#: Younger bytes may belong to a worker that is about to say so; a lease is over much sooner.
GRACE: Final = timedelta(hours=1)
#: So many files are cleared away at one go; the next hour goes on.
MOST_AT_ONCE: Final = 100


def over(session: Session, now: datetime) -> list[UUID]:
    """The made files whose time is over, or that enough newer ones stand before; oldest first."""
    made = (
        sa.select(
            ReportFile.id,
            ReportFile.expires_at,
            sa.func.row_number()
            .over(
                partition_by=(ReportFile.rfi_id, ReportFile.kind),
                order_by=(ReportFile.made_at.desc(), ReportFile.id.desc()),
            )
            .label("place"),
        )
        .where(ReportFile.state == "made")
        .subquery()
    )
    query = (
        sa.select(made.c.id)
        .where(sa.or_(made.c.expires_at <= now, made.c.place > MOST_KEPT))
        .order_by(made.c.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def expire(session: Session, where: ObjectStore, file_id: UUID) -> None:
    """Delete the bytes of a file; the row stays and says so."""
    key = session.scalar(sa.select(ReportFile.store_key).where(ReportFile.id == file_id))
    try:
        if key is not None:
            obstore.delete(where, key)
    except FileNotFoundError:
        log.warning("report without its file", report=str(file_id))
    session.execute(
        sa.update(ReportFile)
        .where(ReportFile.id == file_id)
        .values(state="expired", store_key=None)
        .execution_options(synchronize_session=False)
    )


def orphans(session: Session, where: ObjectStore, now: datetime) -> list[str]:
    """Keys of reports' bytes that no row names and no worker is at work on, so many at most.

    Reads the store in pieces, so that it never holds more than one of them.
    """
    found: list[str] = []
    organisations = sa.select(ReportFile.organisation_id).distinct()
    for organisation_id in session.scalars(organisations).all():
        for piece in obstore.list(where, f"{organisation_id}/reports", chunk_size=MOST_AT_ONCE):
            old = [one["path"] for one in piece if one["last_modified"] <= now - GRACE]
            found += _unnamed(session, old)
            if len(found) >= MOST_AT_ONCE:
                return found[:MOST_AT_ONCE]
    return found


def sweep(where: ObjectStore, keys: Iterable[str]) -> int:
    """Delete bytes that nobody names; returns how many there were."""
    swept = 0
    for key in keys:
        try:
            obstore.delete(where, key)
            swept += 1
        except FileNotFoundError:
            continue  # Another worker was faster.
    return swept


def _unnamed(session: Session, keys: Collection[str]) -> list[str]:
    """Those that no row has as its bytes; a file that is still being made keeps all its tries."""
    by_id = {key: id for key in keys if (id := _made_for(key)) is not None}
    rows = session.execute(
        sa.select(ReportFile.id, ReportFile.state, ReportFile.store_key).where(
            ReportFile.id.in_(set(by_id.values()))
        )
    ).all()
    busy = {one.id for one in rows if one.state in ("waiting", "making")}
    named = {one.store_key for one in rows}
    return [key for key, id in by_id.items() if id not in busy and key not in named]


def _made_for(key: str) -> UUID | None:
    """The file that a key was made for; None for a name that no worker gives."""
    id, _dash, attempt = PurePosixPath(key).name.rpartition("-")
    try:
        return UUID(id) if attempt.isdecimal() else None
    except ValueError:
        return None
