"""The vendor's gate: from an invitation to the one assessment that it opens, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Invitation, Organisation, Rfi, Vendor
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing

#: States in which answers can be given.
ANSWERING = ("sent", "opened", "in_progress")
_CLOSED = ("not_sent", "withdrawn")


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an invitation let in, and to what; never to anything of another vendor."""

    invitation_id: UUID
    email: str
    name: str
    assessment_id: UUID
    organisation_id: UUID
    organisation: str
    rfi_id: UUID
    rfi_version: int
    title: str
    purpose: str
    reply_to: str
    time_zone: str
    deadline: datetime
    vendor: str
    state: str
    language: str
    asked: int
    answered: int
    changed_at: datetime | None
    submitted_at: datetime | None
    late: bool

    @property
    def answering(self) -> bool:
        """Whether every question is open."""
        return self.state in ANSWERING

    def actor(self) -> Actor:
        """Who this is in the audit trail."""
        return Actor("vendor", self.invitation_id, self.name or self.email, self.organisation_id)


_COLUMNS = (
    Invitation.id,
    Invitation.email,
    Invitation.name,
    Assessment.id,
    Assessment.organisation_id,
    Organisation.name,
    Rfi.id,
    Rfi.version,
    Rfi.title,
    Rfi.purpose,
    Rfi.reply_to,
    Rfi.time_zone,
    sa.func.coalesce(Assessment.due_at, Rfi.deadline, type_=Rfi.deadline.type),
    Vendor.name,
    Assessment.state,
    Assessment.language,
    Assessment.asked,
    Assessment.answered,
    Assessment.changed_at,
    Assessment.submitted_at,
    Assessment.late,
)

_QUERY = (
    sa.select(*_COLUMNS)
    .select_from(Invitation)
    .join(Assessment, Assessment.id == Invitation.assessment_id)
    .join(Rfi, Rfi.id == Assessment.rfi_id)
    .join(Vendor, Vendor.id == Assessment.vendor_id)
    .join(Organisation, Organisation.id == Assessment.organisation_id)
    .where(
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > sa.bindparam("now", type_=Invitation.expires_at.type),
        Assessment.state.not_in(_CLOSED),
        Rfi.state == "open",
    )
)
_BY_ID = _QUERY.where(
    Invitation.id == sa.bindparam("invitation_id"),
    Assessment.id == sa.bindparam("assessment_id"),
)
#: A save locks the assessment, so that counters and conditions see one change after the other.
_TO_CHANGE = _BY_ID.with_for_update(of=Assessment)
_BY_HASH = _QUERY.where(Invitation.token_hash == sa.bindparam("token_hash"))


def reach(
    session: Session,
    invitation_id: UUID,
    assessment_id: UUID,
    now: datetime,
    *,
    to_change: bool = False,
) -> Reached:
    """The assessment, as this invitation opens it now; Missing whatever the reason it does not."""
    found = session.execute(
        _TO_CHANGE if to_change else _BY_ID,
        {"invitation_id": invitation_id, "assessment_id": assessment_id, "now": now},
    ).one_or_none()
    if found is None:
        raise Missing(assessment_id)
    return Reached(*tuple(found))


def reach_by_token(session: Session, token_hash: str, now: datetime) -> Reached:
    """The same, from the hash of a link's token."""
    found = session.execute(_BY_HASH, {"token_hash": token_hash, "now": now}).one_or_none()
    if found is None:
        raise Missing("invitation")
    return Reached(*tuple(found))
