"""Flags as rows: read with a lock, changed together, each change with its event and audit row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id, run
from questionnaire.models import Assessment, Flag, FlagEvent
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services import auditing, locking
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Refused
from questionnaire.services.flag_rows import (
    DECIDED,
    JUDGED,
    NAMES,
    SEVERITY_RANKS,
    Change,
    FlagRow,
)

#: The requirement or the finding that a flag is about, in SQL.
ABOUT: sa.Function[str] = sa.func.coalesce(Flag.requirement_id, Flag.finding_id)
COLUMNS = tuple(getattr(Flag, name) for name in NAMES)
_FLAGS = cast("sa.Table", Flag.__table__)
_ASSESSMENTS = cast("sa.Table", Assessment.__table__)


def lock(session: Session, assessment_ids: Iterable[UUID]) -> None:
    """Let nobody else change these assessments' flags until the transaction ends.

    Whoever changes flags locks their assessments first, in the order of ids, so that two people
    wait for each other instead of failing. SQLite has one writer at a time and needs none of it.
    """
    if session.get_bind().dialect.name != "sqlite":
        wanted = list(assessment_ids)
        query = sa.select(Assessment.id).where(Assessment.id.in_(wanted)).order_by(Assessment.id)
        session.execute(query.with_for_update()).all()


def rows(session: Session, *conditions: sa.ColumnElement[bool]) -> list[FlagRow]:
    """Flags that meet the conditions, by id."""
    query = sa.select(*COLUMNS).where(*conditions).order_by(Flag.id)
    return [FlagRow(*row) for row in session.execute(query)]


def rows_locked(session: Session, *conditions: sa.ColumnElement[bool]) -> list[FlagRow]:
    """Like `rows`, with their assessments locked before they are read."""
    found = sa.select(Flag.assessment_id).where(*conditions).distinct()
    lock(session, session.scalars(found))
    return rows(session, *conditions)


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    changes: Sequence[Change],
    *,
    batch: UUID | None = None,
    audited: bool = True,
) -> None:
    """Store changes of flags in a fixed number of statements, however many they are.

    Refused when one of them has been changed since it was read, and while the review that a
    person would change is locked.
    """
    if not changes:
        return
    if actor.kind == "staff":
        locking.refuse_locked(session, {one.new.assessment_id for one in changes})
    _update(session, now, changes)
    tell(session, actor, now, changes, batch=batch, audited=audited)
    recount(session, {one.new.assessment_id for one in changes})


def _update(session: Session, now: datetime, changes: Sequence[Change]) -> None:
    table = cast("sa.Table", Flag.__table__)
    names = (*DECIDED, *JUDGED)
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("this"), table.c.version == sa.bindparam("seen"))
        .values(
            **{name: sa.bindparam(f"new_{name}") for name in names},
            version=table.c.version + 1,
            changed_at=now,
        )
    )
    values = [
        {"this": one.old.id, "seen": one.old.version}
        | {f"new_{name}": getattr(one.new, name) for name in names}
        for one in changes
    ]
    done = session.connection().execute(statement, values)
    if done.rowcount != len(values):
        raise Refused("Somebody else has just changed a flag. Look at it again, then decide.")


def tell(
    session: Session,
    actor: Actor,
    now: datetime,
    changes: Sequence[Change],
    *,
    batch: UUID | None = None,
    audited: bool = True,
) -> None:
    """Write the history of what happened to flags; it changes none of them."""
    session.connection().execute(
        sa.insert(cast("sa.Table", FlagEvent.__table__)),
        [
            {
                "id": new_id(),
                "organisation_id": one.old.organisation_id,
                "flag_id": one.old.id,
                "at": now,
                "by": actor.id if actor.kind == "staff" else None,
                "action": one.action,
                "from_state": one.old.state,
                "to_state": one.new.state,
                "reason": one.reason,
                "until": one.until,
                "batch": batch,
                "before": one.old.before(),
            }
            for one in changes
        ],
    )
    if audited:
        for one in changes:
            _audit(session, actor, now, one, batch if len(changes) > 1 else None)


def _audit(
    session: Session, actor: Actor, now: datetime, change: Change, batch: UUID | None
) -> None:
    flag = change.old
    details: dict[str, object] = {"question": flag.question_id, "state": change.new.state}
    if flag.finding_id:
        details["finding"] = flag.finding_id
    else:
        details["requirement"] = flag.requirement_id
    if change.until:
        details["until"] = change.until.isoformat()
    if batch:
        details["batch"] = str(batch)
    auditing.append(
        session,
        actor,
        now,
        change.action,
        "flag",
        flag.id,
        rfi_id=flag.rfi_id,
        assessment_id=flag.assessment_id,
        **details,
    )


def add(session: Session, now: datetime, flags: Sequence[FlagRow]) -> None:
    """Store new flags; their history and counts are the caller's."""
    if flags:
        stored = [one.columns() | {"changed_at": now} for one in flags]
        # Rows and no objects: a hundred at once are a part of every first judging.
        session.connection().execute(sa.insert(_FLAGS), stored)


def recount(session: Session, assessment_ids: Iterable[UUID]) -> None:
    """Bring the counts of open flags on these assessments into step with their flags.

    First which of them another open flag stands for: those count once with it (brief 3.1).
    """
    wanted = {"wanted": list(assessment_ids)}
    for statement in _counting():
        run(session, statement, wanted)


@cache
def _counting() -> tuple[sa.Update, sa.Update]:
    """Built once: building costs more than running it."""
    flag = _FLAGS.c
    wanted = sa.bindparam("wanted", expanding=True, type_=flag.assessment_id.type)
    return (
        sa.update(_FLAGS)
        .where(flag.assessment_id.in_(wanted), flag.explained_by.is_not(None))
        .values(covered=_stood_for()),
        sa.update(_ASSESSMENTS)
        .where(_ASSESSMENTS.c.id.in_(wanted))
        .values({f"open_{severity}": _open(severity) for severity in SEVERITY_RANKS}),
    )


def _stood_for() -> sa.Exists:
    """Whether a finding's flag is open that this flag counts once with."""
    flag, head = _FLAGS.c, _FLAGS.alias().c
    subject = sa.func.coalesce(head.explained_by, head.finding_id)
    before = sa.or_(
        flag.finding_id.is_(None),
        head.finding_id == flag.explained_by,
        head.finding_id < flag.finding_id,
    )
    return (
        sa.exists()
        .where(
            head.assessment_id == flag.assessment_id,
            head.finding_id.is_not(None),
            head.id != flag.id,
            head.state.in_(OPEN_STATES),
            subject == flag.explained_by,
            before,
        )
        .correlate(_FLAGS)
    )


def _open(severity: str) -> sa.ScalarSelect[int]:
    flag = _FLAGS.c
    return (
        sa.select(sa.func.count())
        .where(
            flag.assessment_id == _ASSESSMENTS.c.id,
            flag.severity == severity,
            flag.state.in_(OPEN_STATES),
            flag.covered.is_(False),
        )
        .correlate(_ASSESSMENTS)
        .scalar_subquery()
    )
