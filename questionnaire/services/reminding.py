"""Reminders before and after a deadline, to vendors who have not finished; each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.models import Assessment, Invitation, Message, Organisation, Rfi, Vendor
from questionnaire.services.auditing import Actor, append
from questionnaire.services.clock import Clock
from questionnaire.services.links import Links
from questionnaire.services.posting import post

#: When to remind, counted from the deadline.
STEPS = (timedelta(days=-7), timedelta(days=-2), timedelta(days=1), timedelta(days=7))
#: The last reminder is not sent any more when nobody could send it for so long.
STALE_AFTER = timedelta(days=7)
#: Nobody is reminded within a day of another mail that said the same.
GAP = timedelta(days=1)
_SAID_THE_SAME = ("invitation", "reminder", "deadline_changed")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An assessment that is not finished, with all that its reminder says."""

    assessment_id: UUID
    organisation_id: UUID
    rfi_id: UUID
    deadline: datetime
    last_told: datetime
    fields: sa.RowMapping


def due(session: Session, now: datetime) -> list[UUID]:
    """The assessments that have a reminder due; reads only."""
    return [one.assessment_id for one in _waiting(session, now) if _step(one, now) is not None]


def remind(session: Session, clock: Clock, links: Links, assessment_id: UUID) -> bool:
    """Write the reminder that is due for one assessment; False when there is none any more.

    When several have fallen due, because no worker ran, only the latest is written.
    """
    now = clock()
    for one in _waiting(session, now, assessment_id):
        step = _step(one, now)
        if step is not None:
            return _post(session, clock, links, one, step)
    return False


def _step(one: _Waiting, now: datetime) -> timedelta | None:
    """The reminder to write now: the latest whose time has come, unless it would repeat."""
    reached = [step for step in STEPS if one.deadline + step <= now]
    if not reached or now > one.deadline + STEPS[-1] + STALE_AFTER:
        return None
    step = reached[-1]
    return step if one.deadline + step >= one.last_told + GAP else None


def _post(session: Session, clock: Clock, links: Links, one: _Waiting, step: timedelta) -> bool:
    now, fields = clock(), one.fields
    context: dict[str, Any] = {
        "organisation": fields["organisation"],
        "title": fields["title"],
        "vendor": fields["vendor"],
        "deadline": one.deadline,
        "time_zone": fields["time_zone"],
        "link": links.vendor(fields["invitation_id"]),
        "answered": fields["answered"],
        "asked": fields["asked"],
        "late": now > one.deadline,
    }
    # The deadline is part of the key: one that was moved has reminders of its own.
    once = f"reminder:{one.assessment_id}:{one.deadline.isoformat()}:{step.days}"
    message = post(
        session,
        clock,
        organisation_id=one.organisation_id,
        kind="reminder",
        to_address=fields["email"],
        to_name=fields["name"],
        language=fields["language"],
        context=context,
        reply_to=fields["reply_to"],
        rfi_id=one.rfi_id,
        assessment_id=one.assessment_id,
        once=once,
    )
    if message is None:
        return False
    append(
        session,
        Actor.service(one.organisation_id),
        now,
        "reminded",
        "assessment",
        one.assessment_id,
        rfi_id=one.rfi_id,
        assessment_id=one.assessment_id,
        vendor=fields["vendor"],
    )
    return True


def _waiting(session: Session, now: datetime, only: UUID | None = None) -> list[_Waiting]:
    """Unfinished assessments of open RFIs near their deadline that have a working link."""
    deadline = sa.func.coalesce(Assessment.due_at, Rfi.deadline, type_=Rfi.deadline.type)
    told = (
        sa.select(sa.func.max(Message.created_at))
        .where(Message.assessment_id == Assessment.id, Message.kind.in_(_SAID_THE_SAME))
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(
            Assessment.id, Assessment.organisation_id, Assessment.rfi_id, Assessment.language,
            Assessment.answered, Assessment.asked, Rfi.title, Rfi.time_zone, Rfi.reply_to,
            Vendor.name.label("vendor"), Organisation.name.label("organisation"),
            Invitation.id.label("invitation_id"), Invitation.email, Invitation.name,
            Invitation.created_at.label("invited_at"),
            deadline.label("deadline"), told.label("told"),
        )
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(Invitation, Invitation.assessment_id == Assessment.id)
        .where(
            Rfi.state == "open",
            Assessment.state.in_(UNFINISHED),
            Invitation.revoked_at.is_(None),
            Invitation.handed_by.is_(None),
            Invitation.expires_at > now,
            deadline >= now - STEPS[-1] - STALE_AFTER,
            deadline <= now - STEPS[0],
            *([Assessment.id == only] if only is not None else []),
        )
        .order_by(Assessment.id, Invitation.id.desc())
    )  # fmt: skip
    newest: dict[UUID, sa.RowMapping] = {}
    for row in rows.mappings():
        newest.setdefault(row["id"], row)
    return [_made(row) for row in newest.values()]


def _made(row: sa.RowMapping) -> _Waiting:
    last_told = max(row["invited_at"], row["told"] or row["invited_at"])
    return _Waiting(
        row["id"], row["organisation_id"], row["rfi_id"], row["deadline"], last_told, row
    )
