"""Reading decisions for their pages: which stands, which waits, which came before.

A decision that was made on open prices keeps what it went against for ever. Once prices are sealed
again its pages leave out what depends on them, until they are opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.advice import WITH_VENDOR
from questionnaire.models import Decision, Rfi
from questionnaire.services import locking, snapshotting
from questionnaire.services.faults import Missing

#: Advice that prices move: the order inside a tier, a close call, the ceiling of the brief.
_OF_PRICES = frozenset({"close_call", "not_first", "over_budget"})
#: With one of these no advice of prices can stand beside it: none was asked for.
_WITHOUT_PRICES = frozenset({"sealed", "not_eligible"})


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
    #: Prices are sealed again: what depends on them is not in `against`, if there was any.
    held_back: bool = False

    @property
    def stands(self) -> bool:
        return not self.needs_second or self.agreed_at is not None

    @property
    def waits(self) -> bool:
        return not self.stands and self.ended_at is None


_COLUMNS = tuple(
    getattr(Decision, name) for name in Made.__dataclass_fields__ if name != "held_back"
)


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
    """The decisions on a sent RFI without their documents, in three statements; else Missing."""
    _reach(session, organisation_id, rfi_id)
    rows = session.execute(
        sa.select(*_COLUMNS).where(Decision.rfi_id == rfi_id).order_by(Decision.number.desc())
    )
    opened = locking.is_opened(session, rfi_id)
    return Ledger(tuple(_shown(Made(*tuple(row)), opened=opened) for row in rows))


def shown(session: Session, decision: Decision) -> Made:
    """A decision that the caller has reached, as its pages may show it now."""
    made = Made(*(getattr(decision, column.key) for column in _COLUMNS))
    return _shown(made, opened=locking.is_opened(session, decision.rfi_id))


def hides(session: Session, decision: Decision, document: Mapping[str, Any] | None) -> bool:
    """Whether a proof of it may name no figure now: made on open prices that are sealed again."""
    on_prices = bool(document and document.get("basis", {}).get("prices_open"))
    return on_prices and not locking.is_opened(session, decision.rfi_id)


def one(
    session: Session, organisation_id: UUID, rfi_id: UUID, decision_id: UUID
) -> tuple[Decision, dict[str, Any] | None]:
    """One decision whole, with its document; None where that cannot be read.

    Missing for a stranger. What a page shows of it is `shown`.
    """
    _reach(session, organisation_id, rfi_id)
    found = session.scalars(
        sa.select(Decision).where(Decision.rfi_id == rfi_id, Decision.id == decision_id)
    ).one_or_none()
    if found is None:
        raise Missing(decision_id)
    return found, snapshotting.read(found.snapshot)


def _shown(made: Made, *, opened: bool) -> Made:
    """Whether anything is held back follows from what else was advised, never from a price."""
    kinds = {one["kind"] for one in made.against}
    if opened or made.option not in WITH_VENDOR or kinds & _WITHOUT_PRICES:
        return made
    kept = [one for one in made.against if one["kind"] not in _OF_PRICES]
    return replace(made, against=kept, held_back=True)


def _reach(session: Session, organisation_id: UUID, rfi_id: UUID) -> None:
    reached = session.scalar(
        sa.select(Rfi.id).where(
            Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
        )
    )
    if reached is None:
        raise Missing(rfi_id)
