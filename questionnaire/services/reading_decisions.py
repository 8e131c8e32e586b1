"""Reading decisions for their pages: which stands, which waits, which came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Decision, Rfi
from questionnaire.services import snapshotting
from questionnaire.services.faults import Missing


@dataclass(frozen=True, slots=True)
class Made:
    """One decision as it was written, with what became of it."""

    id: UUID
    number: int
    option: str
    vendor: str
    reason: str
    against: list[dict[str, Any]]
    supersedes: int | None
    superseding_reason: str
    decided_by: UUID
    decider: str
    decided_at: datetime
    needs_second: bool
    second: str | None
    agreed_at: datetime | None
    ended_at: datetime | None
    digest: str

    @property
    def stands(self) -> bool:
        return not self.needs_second or self.agreed_at is not None

    @property
    def waits(self) -> bool:
        return not self.stands and self.ended_at is None


_COLUMNS = tuple(getattr(Decision, name) for name in Made.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All decisions on an RFI, the newest first."""

    decisions: tuple[Made, ...]

    @property
    def in_force(self) -> Made | None:
        return next((one for one in self.decisions if one.stands), None)

    @property
    def waiting(self) -> Made | None:
        return next((one for one in self.decisions if one.waits), None)

    @property
    def former(self) -> tuple[Made, ...]:
        """Those that neither stand any more nor wait."""
        now = (self.in_force, self.waiting)
        return tuple(one for one in self.decisions if one not in now)


def ledger(session: Session, organisation_id: UUID, rfi_id: UUID) -> Ledger:
    """The decisions on a sent RFI without their documents, in two statements; else Missing."""
    _reach(session, organisation_id, rfi_id)
    rows = session.execute(
        sa.select(*_COLUMNS).where(Decision.rfi_id == rfi_id).order_by(Decision.number.desc())
    )
    return Ledger(tuple(Made(*tuple(row)) for row in rows))


def one(
    session: Session, organisation_id: UUID, rfi_id: UUID, decision_id: UUID
) -> tuple[Decision, dict[str, Any] | None]:
    """One decision with its document, None where that cannot be read; Missing for a stranger."""
    _reach(session, organisation_id, rfi_id)
    found = session.scalars(
        sa.select(Decision).where(Decision.rfi_id == rfi_id, Decision.id == decision_id)
    ).one_or_none()
    if found is None:
        raise Missing(decision_id)
    return found, snapshotting.read(found.snapshot)


def _reach(session: Session, organisation_id: UUID, rfi_id: UUID) -> None:
    reached = session.scalar(
        sa.select(Rfi.id).where(
            Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
        )
    )
    if reached is None:
        raise Missing(rfi_id)
