"""Undoing decisions of one batch, single ones too: each flag that nobody has touched since.

Undoing never brings an acceptance or a waiver back: that would be one person's word where the
rules may want two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Flag, FlagEvent
from questionnaire.services import flagging
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.flag_rows import Change, FlagRow
from questionnaire.services.reviewing import settle

_SET_ASIDE: Final = ("accepted", "waived")


@dataclass(frozen=True, slots=True)
class BatchStep:
    """What a batch did to one flag; `undoable` while nobody has touched the flag since."""

    event_id: UUID
    flag: FlagRow
    action: str
    reason: str
    at: datetime
    by: UUID | None
    before: Mapping[str, Any]
    undone_at: datetime | None

    @property
    def touched(self) -> bool:
        """Somebody, or a new answer, has changed the flag after this."""
        return self.flag.version != int(self.before["version"]) + 1

    @property
    def undoable(self) -> bool:
        brings_back = self.before["state"] in _SET_ASIDE and self.flag.state != self.before["state"]
        return self.undone_at is None and not self.touched and not brings_back


def steps(
    session: Session, organisation_id: UUID, batch: UUID, *, lock: bool = False
) -> list[BatchStep]:
    """What a batch did, flag by flag; Missing for a batch of somebody else."""
    events = session.execute(
        sa.select(
            FlagEvent.flag_id,
            FlagEvent.id,
            FlagEvent.action,
            FlagEvent.reason,
            FlagEvent.at,
            FlagEvent.by,
            FlagEvent.before,
            FlagEvent.undone_at,
        )
        .where(FlagEvent.batch == batch, FlagEvent.organisation_id == organisation_id)
        .order_by(FlagEvent.id)
    ).all()
    if not events:
        raise Missing(batch)
    read = flagging.rows_locked if lock else flagging.rows
    ids = [event.flag_id for event in events]
    flags = read(session, Flag.organisation_id == organisation_id, Flag.id.in_(ids))
    by_id = {flag.id: flag for flag in flags}
    return [
        BatchStep(id_, by_id[flag_id], action, reason, at, by, before, undone_at)
        for flag_id, id_, action, reason, at, by, before, undone_at in events
    ]


@dataclass(frozen=True, slots=True)
class Undone:
    """Which flags are as they were before, and which could not be put back."""

    restored: tuple[FlagRow, ...]
    kept: tuple[FlagRow, ...]


def undo(session: Session, clock: Clock, actor: Actor, batch: UUID) -> Undone:
    """Put every flag of a batch back that nobody has touched since; Refused when there is none."""
    still = [
        one
        for one in steps(session, actor.organisation_id, batch, lock=True)
        if one.undone_at is None
    ]
    restorable = [one for one in still if one.undoable]
    if not restorable:
        raise Refused("Nothing of this can be undone: it was undone before, or changed since.")
    changes = [Change(one.flag, one.flag.restored(one.before), "undone") for one in restorable]
    settle(session, clock, actor, changes, batch=None)
    session.execute(
        sa.update(FlagEvent)
        .where(FlagEvent.id.in_([one.event_id for one in restorable]))
        .values(undone_at=clock())
        .execution_options(synchronize_session=False)
    )
    kept = tuple(one.flag for one in still if not one.undoable)
    return Undone(tuple(change.new for change in changes), kept)
