"""The board of one RFI: how far every vendor is, in a fixed number of narrow statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.models import Assessment, Invitation, Message, Rfi, Vendor
from questionnaire.services import tallying
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing

#: Mails to a vendor's contact that the board tells of; codes and receipts are its own business.
TOLD_KINDS = ("invitation", "reminder", "deadline_changed", "clarification", "withdrawn")
UNFINISHED = ("sent", "opened", "in_progress")


@dataclass(frozen=True, slots=True)
class RfiHead:
    """What every page of a sent RFI says above its own business."""

    id: UUID
    title: str
    state: str
    deadline: datetime
    time_zone: str
    sent_at: datetime | None
    withdrawn_at: datetime | None
    version: int
    edition_digest: str
    question_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class VendorRow:
    """One vendor on the board; hashable, so that what it looks like can be kept."""

    assessment_id: UUID
    vendor: str
    contact: str
    email: str
    state: str
    late: bool
    due_at: datetime
    own_deadline: bool
    asked: int
    answered: int
    changed_at: datetime | None
    opened_at: datetime | None
    submitted_at: datetime | None
    declined_reason: str | None
    open_flags: tuple[int, int, int]
    sections: tuple[tuple[str, tuple[int, int, int]], ...]
    understanding: tallying.Understanding | None
    invitation_id: UUID | None
    link_until: datetime | None
    mail_kind: str | None
    mail_state: str | None
    mail_reply: str | None
    mail_at: datetime | None
    mailed: int


@dataclass(frozen=True, slots=True)
class Board:
    rfi: RfiHead
    bank: Bank
    vendors: tuple[VendorRow, ...]

    @property
    def submitted(self) -> tuple[VendorRow, ...]:
        """Those whose answers can be read."""
        return tuple(one for one in self.vendors if one.state == "submitted")

    @property
    def sections(self) -> tuple[str, ...]:
        """Ids of the sections that are asked, in the bank's order."""
        asked = {self.bank.questions[one].section for one in self.rfi.question_ids}
        return tuple(one.id for one in self.bank.sections if one.id in asked)


def head(session: Session, organisation_id: UUID, rfi_id: UUID) -> RfiHead:
    """The RFI's own facts; Missing when it is another organisation's or nobody's."""
    row = session.execute(
        sa.select(
            Rfi.id,
            Rfi.title,
            Rfi.state,
            Rfi.deadline,
            Rfi.time_zone,
            Rfi.sent_at,
            Rfi.withdrawn_at,
            Rfi.version,
            Rfi.edition_digest,
            Rfi.question_ids,
        ).where(Rfi.id == rfi_id, Rfi.organisation_id == organisation_id)
    ).one_or_none()
    if row is None:
        raise Missing(rfi_id)
    return RfiHead(**row._mapping)


def board(session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime) -> Board:
    """Everything that the board shows, whatever the number of vendors: two statements."""
    rfi = head(session, organisation_id, rfi_id)
    rows = session.execute(_vendors(rfi.id)).all()
    found: dict[UUID, VendorRow] = {}
    for row in rows:
        found.setdefault(row[0], _row(rfi, row, now))
    return Board(rfi, bank_of(session, rfi.edition_digest), tuple(found.values()))


def vendor_row(
    session: Session, organisation_id: UUID, rfi_id: UUID, assessment_id: UUID, now: datetime
) -> tuple[RfiHead, VendorRow]:
    """One vendor of the board; Missing when it is not of this RFI."""
    rfi = head(session, organisation_id, rfi_id)
    row = session.execute(_vendors(rfi.id).where(Assessment.id == assessment_id)).first()
    if row is None:
        raise Missing(assessment_id)
    return rfi, _row(rfi, row, now)


def _vendors(rfi_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    latest, mailed = _mails()
    return (
        sa.select(
            Assessment.id,
            Vendor.name,
            Assessment.contact_name,
            Assessment.contact_email,
            Assessment.state,
            Assessment.late,
            Assessment.due_at,
            Assessment.asked,
            Assessment.answered,
            Assessment.changed_at,
            Assessment.opened_at,
            Assessment.submitted_at,
            Assessment.declined_reason,
            Assessment.open_mandatory,
            Assessment.open_major,
            Assessment.open_minor,
            Assessment.tally,
            Invitation.id,
            Invitation.expires_at,
            Message.kind,
            Message.state,
            Message.reply,
            Message.created_at,
            mailed,
        )
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .outerjoin(
            Invitation,
            sa.and_(Invitation.assessment_id == Assessment.id, Invitation.revoked_at.is_(None)),
        )
        .outerjoin(Message, Message.id == latest)
        .where(Assessment.rfi_id == rfi_id)
        .order_by(Vendor.name, Assessment.id, Invitation.id.desc())
    )


def _mails() -> tuple[sa.ScalarSelect[UUID], sa.ScalarSelect[int]]:
    """The newest mail to a vendor, and how many invitations were mailed to it."""
    one = sa.orm.aliased(Message)
    latest = (
        sa.select(one.id)
        .where(one.assessment_id == Assessment.id, one.kind.in_(TOLD_KINDS))
        .order_by(one.id.desc())
        .limit(1)
        .correlate(Assessment)
        .scalar_subquery()
    )
    other = sa.orm.aliased(Message)
    mailed = (
        sa.select(sa.func.count())
        .where(other.assessment_id == Assessment.id, other.kind == "invitation")
        .correlate(Assessment)
        .scalar_subquery()
    )
    return latest, mailed


def _row(rfi: RfiHead, row: Any, now: datetime) -> VendorRow:
    (id, vendor, contact, email, state, late, own_due, asked, answered, changed, opened,
     submitted, declined, mandatory, major, minor, tally, invitation_id, expires, kind,
     mail_state, reply, mail_at, mailed) = row  # fmt: skip
    due = own_due or rfi.deadline
    return VendorRow(
        assessment_id=id,
        vendor=vendor,
        contact=contact,
        email=email,
        state=state,
        late=late if state == "submitted" else state in UNFINISHED and now > due,
        due_at=due,
        own_deadline=own_due is not None and own_due != rfi.deadline,
        asked=asked,
        answered=answered,
        changed_at=changed,
        opened_at=opened,
        submitted_at=submitted,
        declined_reason=declined,
        open_flags=(mandatory, major, minor),
        sections=tuple(
            (name, (counts.met, counts.not_met, counts.unknown))
            for name, counts in tallying.sections_in(tally).items()
        ),
        understanding=tallying.understanding_in(tally),
        invitation_id=invitation_id,
        link_until=expires,
        mail_kind=kind,
        mail_state=mail_state,
        mail_reply=reply,
        mail_at=mail_at,
        mailed=mailed,
    )
