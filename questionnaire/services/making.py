"""Making reports as files: asked for in a request, made by a worker, read by who may.

The row is the truth: a worker leases it, and one that is killed leaves a lease behind that ends,
so that the next worker begins anew. The bytes are stored before the row says that they are there.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.core.phrases import worded
from questionnaire.core.report import Report
from questionnaire.models import AuditRow, ReportFile, Rfi
from questionnaire.models.reports import FILE_KINDS
from questionnaire.services import auditing, posting, printing, standing, tabulating
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.exporting import plain_name
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.keeping import put

#: How long one attempt may take before another worker takes over.
LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 3
KEPT_FOR: Final = timedelta(days=30)
#: So many files of one RFI can wait at once.
MOST_WAITING: Final = 6

_ENDINGS: Final = {"pdf": "pdf", "xlsx": "xlsx", "csv": "zip"}
TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
}
_MAKERS: Final[dict[str, Callable[[Report], bytes]]] = {
    "pdf": printing.pdf,
    "xlsx": tabulating.xlsx,
    "csv": tabulating.csv_zip,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A file that a worker has leased."""

    id: UUID
    organisation_id: UUID
    rfi_id: UUID
    kind: str
    language: str
    lease: str
    attempts: int


def ask(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, kind: str, language: str
) -> UUID:
    """Ask for a file; asking again while the same one is waiting gives that one.

    Missing for a draft or a stranger's RFI, Invalid for a kind that there is none of, Refused when
    too many are waiting already.
    """
    if not _is_sent(session, actor.organisation_id, rfi_id):
        raise Missing(rfi_id)
    if kind not in FILE_KINDS:
        raise Invalid({"make": worded("Choose PDF, spreadsheet or tables.")})
    unmade = session.execute(
        sa.select(ReportFile.id, ReportFile.kind, ReportFile.language).where(
            ReportFile.rfi_id == rfi_id, ReportFile.state.in_(("waiting", "making"))
        )
    ).all()
    for one in unmade:
        if (one.kind, one.language) == (kind, language):
            return UUID(str(one.id))
    if len(unmade) >= MOST_WAITING:
        raise Refused("Several reports are being made already. Wait until one of them is ready.")
    now = clock()
    file = ReportFile(
        organisation_id=actor.organisation_id,
        rfi_id=rfi_id,
        kind=kind,
        language=language,
        asked_by=actor.id,
        asked_at=now,
        due_at=now,
    )
    session.add(file)
    session.flush()
    auditing.append(session, actor, now, "asked", "report", file.id, rfi_id=rfi_id, kind=kind)
    session.info[posting.POSTED] = True
    return file.id


def _is_sent(session: Session, organisation_id: UUID, rfi_id: UUID) -> bool:
    query = sa.select(Rfi.id).where(
        Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
    )
    return session.scalar(query.with_for_update(key_share=True)) is not None


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to make; reads only."""
    return session.scalar(sa.select(ReportFile.id).where(*_due(now)).limit(1)) is not None


def lease(session: Session, clock: Clock) -> Task | None:
    """Take the next file that is due, or None; one that was tried too often fails."""
    now = clock()
    following = (
        sa.select(ReportFile.id)
        .where(*_due(now))
        .order_by(ReportFile.due_at, ReportFile.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    over = ReportFile.attempts >= MOST_ATTEMPTS
    row = session.execute(
        sa.update(ReportFile)
        .where(ReportFile.id == following)
        .values(
            state=sa.case((over, "failed"), else_="making"),
            lease=secrets.token_hex(16),
            due_at=now + LEASE,
            attempts=ReportFile.attempts + 1,
            progress=0,
        )
        .returning(
            ReportFile.id, ReportFile.organisation_id, ReportFile.rfi_id, ReportFile.kind,
            ReportFile.language, ReportFile.lease, ReportFile.attempts,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()  # fmt: skip
    return None if row is None else Task(**row._mapping)


def _due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return ReportFile.state.in_(("waiting", "making")), ReportFile.due_at <= now


def advance(session: Session, task: Task, progress: int) -> None:
    """Say how far it is, as long as the lease is still ours."""
    _update(session, task, progress=progress)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report is made on: the newest row of the trail, and the lock that opened prices."""

    seen: UUID | None
    opened_by_lock: UUID | None


def ground(session: Session, rfi_id: UUID) -> Ground:
    """As of now; `opened_by_lock` is None while prices are sealed."""
    lock = standing.lock_of(session, rfi_id)
    opened = None if lock is None or lock.opened_at is None else lock.id
    return Ground(newest_change(session, rfi_id), opened)


def newest_change(session: Session, rfi_id: UUID) -> UUID | None:
    """The newest row of the RFI's trail, but for those that tell of reports."""
    return session.scalar(
        sa.select(AuditRow.id)
        .where(AuditRow.rfi_id == rfi_id, AuditRow.object_kind != "report")
        .order_by(AuditRow.id.desc())
        .limit(1)
    )


def bytes_of(task: Task, report: Report) -> bytes:
    """The file itself; nothing of the database is touched meanwhile."""
    return _MAKERS[task.kind](report)


def keep(
    session: Session,
    clock: Clock,
    where: ObjectStore,
    task: Task,
    report: Report,
    content: bytes,
    ground: Ground,
) -> bool:
    """Store the bytes, then say that they are there; False when another worker took over."""
    now = clock()
    key = f"{task.organisation_id}/reports/{task.id}-{task.attempts}"
    put(where, key, content)
    name = f"{plain_name(report.title)}-report-{report.on.isoformat()}.{_ENDINGS[task.kind]}"
    return _update(
        session,
        task,
        state="made",
        progress=100,
        made_at=now,
        as_of=report.on,
        versions=[list(one) for one in report.versions],
        seen=ground.seen,
        opened_by_lock=ground.opened_by_lock,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        store_key=key,
        expires_at=now + KEPT_FOR,
        lease=None,
    )


def give_back(session: Session, task: Task, now: datetime) -> None:
    """It could not be made this time: another attempt at once, until there were enough."""
    state = "failed" if task.attempts >= MOST_ATTEMPTS else "waiting"
    _update(session, task, state=state, progress=0, due_at=now, lease=None)


def _update(session: Session, task: Task, **values: Any) -> bool:
    done = session.execute(
        sa.update(ReportFile)
        .where(ReportFile.id == task.id, ReportFile.lease == task.lease)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
