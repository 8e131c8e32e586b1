"""The board of one RFI: how far every vendor is, in a fixed number of narrow statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.db import run
from questionnaire.models import Rfi
from questionnaire.services import vendor_rows
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import asked_of
from questionnaire.services.vendor_rows import VendorRow


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
class Board:
    rfi: RfiHead
    bank: Bank
    vendors: tuple[VendorRow, ...]
    #: Ids of the sections that are asked, in the bank's order.
    sections: tuple[str, ...]

    @property
    def of_vendors(self) -> frozenset[str]:
        """Ids of the sections of which the buyer's own team is asked nothing."""
        own = asked_of(self.bank, self.rfi.question_ids, in_house=True)
        return frozenset(self.sections) - {self.bank.questions[one].section for one in own}

    @property
    def submitted(self) -> tuple[VendorRow, ...]:
        """Those whose answers can be read."""
        return tuple(one for one in self.vendors if one.state == "submitted")


# Built once: every page of a sent RFI asks it.
_R: Final = cast("sa.Table", Rfi.__table__).c
_HEAD: Final = sa.select(
    _R.id,
    _R.title,
    _R.state,
    _R.deadline,
    _R.time_zone,
    _R.sent_at,
    _R.withdrawn_at,
    _R.version,
    _R.edition_digest,
    _R.question_ids,
).where(_R.id == sa.bindparam("rfi"), _R.organisation_id == sa.bindparam("mine"))


def head(session: Session, organisation_id: UUID, rfi_id: UUID) -> RfiHead:
    """The RFI's own facts; Missing when it is another organisation's or nobody's."""
    wanted = {"rfi": rfi_id, "mine": organisation_id}
    row = run(session, _HEAD, wanted).one_or_none()
    if row is None:
        raise Missing(rfi_id)
    return RfiHead(*tuple(row))


def board(session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime) -> Board:
    """Everything that the board shows, whatever the number of vendors: two statements."""
    rfi = head(session, organisation_id, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    asked = {bank.questions[one].section for one in rfi.question_ids}
    return Board(
        rfi,
        bank,
        vendor_rows.read(session, rfi.id, rfi.deadline, now),
        tuple(one.id for one in bank.sections if one.id in asked),
    )


def vendor_row(
    session: Session, organisation_id: UUID, rfi_id: UUID, assessment_id: UUID, now: datetime
) -> tuple[RfiHead, VendorRow]:
    """One vendor of the board; Missing when it is not of this RFI."""
    rfi = head(session, organisation_id, rfi_id)
    found = vendor_rows.read(session, rfi.id, rfi.deadline, now, assessment_id)
    if not found:
        raise Missing(assessment_id)
    return rfi, found[0]
