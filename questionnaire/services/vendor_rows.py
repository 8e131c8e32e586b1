"""The vendors of one RFI as a board shows them: one narrow statement, read once per change.

The statement is put together once, and its rows come in one text. A row that was seen before, bit
by bit the same, is not read again: of a hundred vendors one or two have moved on between two looks
at a board; and where none has, the text is the same and nothing of it is read.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.models import Assessment, Invitation, Message, Vendor
from questionnaire.services import tallying
from questionnaire.services.bundling import id_of, in_one, moment, read_one, rows_of

#: Mails to a vendor's contact that the board tells of; codes and receipts are its own business.
TOLD_KINDS = (
    "invitation", "reminder", "deadline_changed", "clarification", "lapsed", "withdrawn",
    "debrief",
)  # fmt: skip
#: So many rows are kept ready; the one that was not used for longest goes first.
MOST_KEPT = 8_192
#: And so many boards as a whole.
MOST_BOARDS = 64


@dataclass(frozen=True, slots=True, eq=False)
class VendorRow:
    """One vendor on the board.

    As long as nothing about a vendor changes the same object is handed out, so that pages can keep
    what it looks like.
    """

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
    #: The buyer's own team, which takes part as an option.
    in_house: bool = False


_kept: OrderedDict[tuple[Any, ...], VendorRow] = OrderedDict()
_lock = Lock()


def read(
    session: Session, rfi_id: UUID, deadline: datetime, now: datetime, only: UUID | None = None
) -> tuple[VendorRow, ...]:
    """The vendors of an RFI that the caller may see, by name; with `only`, one of them."""
    query = _all() if only is None else _one()
    asked = {"rfi": rfi_id, "deadline": deadline, "now": now, "only": only}
    (vendors,) = read_one(session, query, asked)
    return _rows(vendors, deadline)


@lru_cache(MOST_BOARDS)
def _rows(vendors: str | None, deadline: datetime) -> tuple[VendorRow, ...]:
    """The same rows for the same text, so that a page can keep what all of them look like."""
    rows: dict[Any, VendorRow] = {}
    for raw in rows_of(vendors):
        # Of an assessment with several invitations the newest comes first.
        rows.setdefault(raw[0], _known(tuple(raw), deadline))
    return tuple(rows.values())


def _known(raw: tuple[Any, ...], deadline: datetime) -> VendorRow:
    key = (deadline, *raw)
    with _lock:
        if (row := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            return row
        row = _kept[key] = _made(raw, deadline)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return row


def _made(raw: tuple[Any, ...], deadline: datetime) -> VendorRow:
    (id, vendor, contact, email, state, late, overdue, own_due, asked, answered, changed, opened,
     submitted, declined, mandatory, major, minor, tally, invitation_id, expires, kind,
     mail_state, reply, mail_at, mailed, in_house) = raw  # fmt: skip
    counted = json.loads(tally) if tally else None
    return VendorRow(
        assessment_id=id_of(id),
        vendor=vendor,
        contact=contact,
        email=email,
        state=state,
        late=bool(late if state == "submitted" else overdue),
        due_at=moment(own_due) or deadline,
        own_deadline=moment(own_due) not in (None, deadline),
        asked=asked,
        answered=answered,
        changed_at=moment(changed),
        opened_at=moment(opened),
        submitted_at=moment(submitted),
        declined_reason=declined,
        open_flags=(mandatory, major, minor),
        sections=tuple(
            (name, (counts.met, counts.not_met, counts.unknown))
            for name, counts in tallying.sections_in(counted).items()
        ),
        understanding=tallying.understanding_in(counted),
        invitation_id=id_of(invitation_id) if invitation_id else None,
        link_until=moment(expires),
        mail_kind=kind,
        mail_state=mail_state,
        mail_reply=reply,
        mail_at=moment(mail_at),
        mailed=mailed,
        in_house=bool(in_house),
    )


def _said(words: Iterable[str]) -> list[sa.ColumnClause[str]]:
    """Words of ours, in the statement itself: as parameters they are put in anew with each run."""
    return [sa.literal_column(f"'{one}'", sa.String()) for one in words]


def _statement() -> sa.Select[*tuple[Any, ...]]:
    one, other = aliased(Message), aliased(Message)
    latest = (
        sa.select(one.id)
        .where(one.assessment_id == Assessment.id, one.kind.in_(_said(TOLD_KINDS)))
        .order_by(one.id.desc())
        .limit(1)
        .correlate(Assessment)
        .scalar_subquery()
    )
    mailed = (
        sa.select(sa.func.count())
        .where(other.assessment_id == Assessment.id, other.kind == "invitation")
        .correlate(Assessment)
        .scalar_subquery()
    )
    timed = Assessment.due_at.type
    overdue = sa.and_(
        Assessment.state.in_(_said(UNFINISHED)),
        sa.func.coalesce(Assessment.due_at, sa.bindparam("deadline", type_=timed), type_=timed)
        < sa.bindparam("now", type_=timed),
    )
    columns: tuple[Any, ...] = (
        Assessment.id, Vendor.name, Assessment.contact_name, Assessment.contact_email,
        Assessment.state, Assessment.late, overdue, Assessment.due_at, Assessment.asked,
        Assessment.answered, Assessment.changed_at, Assessment.opened_at, Assessment.submitted_at,
        Assessment.declined_reason, Assessment.open_mandatory, Assessment.open_major,
        Assessment.open_minor, sa.cast(Assessment.tally, sa.Text), Invitation.id,
        Invitation.expires_at, Message.kind, Message.state, Message.reply, Message.created_at,
        mailed, Assessment.in_house,
    )  # fmt: skip
    working = sa.and_(
        Invitation.assessment_id == Assessment.id,
        Invitation.revoked_at.is_(None),
        Invitation.handed_by.is_(None),
    )
    return (
        sa.select(
            *(
                sa.type_coerce(column, sa.types.NullType()).label(f"c{place}")
                for place, column in enumerate(columns)
            )
        )
        .select_from(Assessment)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .outerjoin(Invitation, working)
        .outerjoin(Message, Message.id == latest)
        .where(Assessment.rfi_id == sa.bindparam("rfi"))
    )


#: By the vendor's name, the assessment, and its newest invitation first.
_IN_ORDER = (2, 1, -19)


@cache
def _all() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(in_one(_statement(), *_IN_ORDER))


@cache
def _one() -> sa.Select[*tuple[Any, ...]]:
    only = sa.bindparam("only", type_=Assessment.id.type)
    return sa.select(in_one(_statement().where(Assessment.id == only), *_IN_ORDER))
