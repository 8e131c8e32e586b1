"""Throwing away a draft that was never sent. What was sent can be withdrawn, never discarded."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import AuditRow, Rfi
from questionnaire.services import auditing, drafting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Missing, Refused


def discard(session: Session, clock: Clock, actor: Actor, rfi_id: UUID) -> None:
    """Delete the actor's draft with everything in it; twice has one effect.

    The trail keeps what was done to it, and who discarded it. Vendors stay known to the
    organisation. Refused once the RFI was sent.
    """
    try:
        rfi = drafting.locked(session, actor, rfi_id)
    except Missing:
        if _was_discarded(session, actor, rfi_id):
            return
        raise
    if rfi.state != "draft":
        raise Refused("This RFI has been sent: it can be withdrawn, and not be discarded any more.")
    auditing.append(
        session, actor, clock(), "discarded", "rfi", rfi.id, rfi_id=rfi.id, title=rfi.title
    )
    # Its rows go with it by the database's own rules; the trail hangs on the organisation.
    session.execute(sa.delete(Rfi).where(Rfi.id == rfi.id))
    session.flush()


def _was_discarded(session: Session, actor: Actor, rfi_id: UUID) -> bool:
    query = sa.select(AuditRow.id).where(
        AuditRow.organisation_id == actor.organisation_id,
        AuditRow.rfi_id == rfi_id,
        AuditRow.object_kind == "rfi",
        AuditRow.action == "discarded",
    )
    return session.scalars(query).first() is not None
