"""The vendor's gate: from an invitation to the one assessment that it opens, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.core.phrases import say
from questionnaire.models import Assessment, Base, Invitation, Organisation, Rfi, Vendor
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing, Refused

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
    in_house: bool
    #: Whether this vendor has handed in answers to this organisation in another RFI.
    asked_before: bool

    @property
    def alike(self) -> tuple[UUID, int, bool, str]:
        """Names everything that is the same for all who are asked the same."""
        return self.rfi_id, self.rfi_version, self.in_house, self.organisation

    @property
    def answering(self) -> bool:
        """Whether every question is open."""
        return self.state in UNFINISHED

    def actor(self) -> Actor:
        """Who this is in the audit trail."""
        return Actor("vendor", self.invitation_id, self.name or self.email, self.organisation_id)


def closed(reached: Reached) -> Refused:
    """What is said to a change of an answer that is not open."""
    if reached.state == "declined":
        sentence = say(
            reached.language, "You have declined to take part: nothing can be changed any more."
        )
    else:
        sentence = say(
            reached.language,
            "These answers were handed in and can be read, not changed. If something in them is "
            "wrong, write to the person who invited you.",
        )
    return Refused(sentence)


_tables = Base.metadata.tables
_invitation = _tables[Invitation.__tablename__]
_assessment = _tables[Assessment.__tablename__]
_earlier = _assessment.alias("earlier")
_rfi = _tables[Rfi.__tablename__]
_vendor = _tables[Vendor.__tablename__]
_organisation = _tables[Organisation.__tablename__]

_COLUMNS = (
    _invitation.c.id,
    _invitation.c.email,
    _invitation.c.name,
    _assessment.c.id,
    _assessment.c.organisation_id,
    _organisation.c.name,
    _rfi.c.id,
    _rfi.c.version,
    _rfi.c.title,
    _rfi.c.purpose,
    _rfi.c.reply_to,
    _rfi.c.time_zone,
    sa.func.coalesce(_assessment.c.due_at, _rfi.c.deadline, type_=_rfi.c.deadline.type),
    _vendor.c.name,
    _assessment.c.state,
    _assessment.c.language,
    _assessment.c.asked,
    _assessment.c.answered,
    _assessment.c.changed_at,
    _assessment.c.submitted_at,
    _assessment.c.late,
    _assessment.c.in_house,
    sa.exists()
    .where(
        _earlier.c.vendor_id == _assessment.c.vendor_id,
        _earlier.c.id != _assessment.c.id,
        _earlier.c.submitted_at.is_not(None),
    )
    .correlate(_assessment),
)

_QUERY = (
    sa.select(*_COLUMNS)
    .select_from(_invitation)
    .join(_assessment, _assessment.c.id == _invitation.c.assessment_id)
    .join(_rfi, _rfi.c.id == _assessment.c.rfi_id)
    .join(_vendor, _vendor.c.id == _assessment.c.vendor_id)
    .join(_organisation, _organisation.c.id == _assessment.c.organisation_id)
    .where(
        _invitation.c.revoked_at.is_(None),
        _invitation.c.expires_at > sa.bindparam("now", type_=_invitation.c.expires_at.type),
        *(_assessment.c.state != one for one in _CLOSED),
        _rfi.c.state == "open",
    )
)
_BY_ID = _QUERY.where(
    _invitation.c.id == sa.bindparam("invitation_id"),
    _assessment.c.id == sa.bindparam("assessment_id"),
)
#: A save locks the assessment, so that counters and conditions see one change after the other.
_TO_CHANGE = _BY_ID.with_for_update(of=_assessment)
_BY_HASH = _QUERY.where(_invitation.c.token_hash == sa.bindparam("token_hash"))


def reach(
    session: Session,
    invitation_id: UUID,
    assessment_id: UUID,
    now: datetime,
    *,
    to_change: bool = False,
) -> Reached:
    """The assessment, as this invitation opens it now; Missing whatever the reason it does not."""
    found = (
        session.connection()
        .execute(
            _TO_CHANGE if to_change else _BY_ID,
            {"invitation_id": invitation_id, "assessment_id": assessment_id, "now": now},
        )
        .one_or_none()
    )
    if found is None:
        raise Missing(assessment_id)
    return Reached(*tuple(found))


def reach_by_token(session: Session, token_hash: str, now: datetime) -> Reached:
    """The same, from the hash of a link's token."""
    found = (
        session.connection().execute(_BY_HASH, {"token_hash": token_hash, "now": now}).one_or_none()
    )
    if found is None:
        raise Missing("invitation")
    return Reached(*tuple(found))
