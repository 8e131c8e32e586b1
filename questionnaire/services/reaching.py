"""The vendor's gate: from an invitation to the one assessment that it opens, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.core.phrases import say
from questionnaire.models import Assessment, Base, Invitation, Organisation, Rfi, Vendor
from questionnaire.services.auditing import Actor
from questionnaire.services.crediting import PEOPLE
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.narrowing import HandedOver

_CLOSED = ("not_sent", "withdrawn")


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an invitation let in, and to what; never to anything of another vendor.

    A colleague has `handed_over`, what it was given by the one with the address `handed_by`; the
    owner, whom the buyer invited, has None and everything. `people` is what
    `crediting.people_in` reads, None where a change is about to be made.
    """

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
    handed_by: str | None = None
    handed_over: HandedOver | None = None
    people: str | None = None

    @property
    def alike(self) -> tuple[UUID, int, bool, str, HandedOver | None]:
        """Names everything that is the same for all who are asked the same."""
        return (
            self.rfi_id, self.rfi_version, self.in_house, self.organisation, self.handed_over,
        )  # fmt: skip

    @property
    def is_colleague(self) -> bool:
        """Whether somebody at the vendor let this one in, and not the buyer."""
        return self.handed_by is not None

    @property
    def answering(self) -> bool:
        """Whether every question is open."""
        return self.state in UNFINISHED

    def may_answer(self, question: Question) -> bool:
        """Whether it was handed over; to the owner everything is."""
        return self.handed_over is None or self.handed_over.covers(question)

    def actor(self) -> Actor:
        """Who this is in the audit trail."""
        colleague = self.email if self.is_colleague else ""
        name = self.name or self.email
        return Actor("vendor", self.invitation_id, name, self.organisation_id, colleague)


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


def owners_only(reached: Reached) -> None:
    """Refused to a colleague: answers are handed in, declined and handed over by one person."""
    if reached.is_colleague:
        raise Refused(
            say(
                reached.language,
                "Only the person who was invited can do this. You can answer what was handed over "
                "to you, and say when you are done.",
            )
        )


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
    sa.func.coalesce(_invitation.c.language, _assessment.c.language),
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
    _invitation.c.handed_by,
    _invitation.c.handed_over,
)

#: Whoever handed over: a colleague's link works as long as that one's does, and no longer.
_giver = _invitation.alias("giver")
_now = sa.bindparam("now", type_=_invitation.c.expires_at.type)
_GIVER_WORKS = (
    sa.select(sa.literal(1))
    .where(
        _giver.c.assessment_id == _invitation.c.assessment_id,
        _giver.c.email == _invitation.c.handed_by,
        _giver.c.handed_by.is_(None),
        _giver.c.revoked_at.is_(None),
        _giver.c.expires_at > _now,
    )
    .correlate(_invitation)
    .exists()
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
        sa.or_(
            sa.and_(_invitation.c.handed_by.is_(None), _invitation.c.expires_at > _now),
            sa.and_(_invitation.c.handed_by.is_not(None), _GIVER_WORKS),
        ),
        *(_assessment.c.state != one for one in _CLOSED),
        _rfi.c.state == "open",
    )
)
_BY_ID = _QUERY.where(
    _invitation.c.id == sa.bindparam("invitation_id"),
    _assessment.c.id == sa.bindparam("assessment_id"),
)
#: Who looks at a page is told as well whose answers it shows.
_TO_READ = _BY_ID.add_columns(PEOPLE)
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
            _TO_CHANGE if to_change else _TO_READ,
            {"invitation_id": invitation_id, "assessment_id": assessment_id, "now": now},
        )
        .one_or_none()
    )
    if found is None:
        raise Missing(assessment_id)
    return _reached(tuple(found))


def reach_by_token(session: Session, token_hash: str, now: datetime) -> Reached:
    """The same, from the hash of a link's token."""
    found = (
        session.connection().execute(_BY_HASH, {"token_hash": token_hash, "now": now}).one_or_none()
    )
    if found is None:
        raise Missing("invitation")
    return _reached(tuple(found))


def _reached(row: tuple[Any, ...]) -> Reached:
    facts, (handed_over, *more) = row[: len(_COLUMNS) - 1], row[len(_COLUMNS) - 1 :]
    values: tuple[Any, ...] = (*facts, HandedOver.read(handed_over), *more)
    return Reached(*values)
