"""The versions of a sent RFI's requirements: when, by whom, why, and what each one did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from question_bank.model import Bank
from questionnaire.core.merging import default_requirements
from questionnaire.core.weighting import Weighting
from questionnaire.models import RequirementChange, RequirementSetVersion, ReviewLock, Rfi, User
from questionnaire.services import differing, requiring, supposing
from questionnaire.services.differing import Edited, Effect, Reweighed
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.requiring import Held


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal or a published change, with the names of its people."""

    id: UUID
    begun_on: int
    reason: str
    asks_less: bool
    proposed_by: UUID
    proposer: str
    proposed_at: datetime
    second: str | None
    published_at: datetime | None
    number: int | None
    prices_seen_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    wanted: Mapping[str, Any]
    effects: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Version:
    """One frozen version; `change` made it, None for the one that was sent."""

    number: int
    at: datetime
    digest: str
    change: Change | None
    #: When the review was locked while this version was the newest.
    locked_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the one before it."""

    version: Version
    edits: tuple[Edited, ...]
    weights: tuple[Reweighed, ...]
    effects: tuple[Effect, ...]


def versions(session: Session, rfi: Rfi) -> list[Version]:
    """Every frozen version of an RFI that the caller has reached, the newest first."""
    changes = {one.number: one for one in _changes(session, rfi.id) if one.number is not None}
    version = RequirementSetVersion
    rows = session.execute(
        sa.select(version.number, version.frozen_at, version.digest)
        .where(version.rfi_id == rfi.id, version.frozen_at.is_not(None))
        .order_by(version.number)
    ).all()
    locks = session.scalars(
        sa.select(ReviewLock.agreed_at)
        .where(ReviewLock.rfi_id == rfi.id, ReviewLock.agreed_at.is_not(None))
        .order_by(ReviewLock.agreed_at)
    ).all()
    found: list[Version] = []
    until: datetime | None = None
    for number, at, digest in rows[::-1]:
        if at is not None:
            during = [one for one in locks if one and one >= at and (not until or one < until)]
            found.append(Version(number, at, digest or "", changes.get(number), tuple(during)))
        until = at
    return found


def newest_change(session: Session, rfi_id: UUID) -> tuple[int, datetime, datetime | None] | None:
    """Number and day of the newest published change, and when prices had been seen before it.

    None while the requirements are those that were sent.
    """
    change = RequirementChange
    row = session.execute(
        sa.select(change.number, change.published_at, change.prices_seen_at)
        .where(change.rfi_id == rfi_id, change.published_at.is_not(None))
        .order_by(change.number.desc())
        .limit(1)
    ).first()
    if row is None or row.number is None or row.published_at is None:
        return None
    return row.number, row.published_at, row.prices_seen_at


def ended(session: Session, rfi: Rfi) -> list[Change]:
    """What was proposed, and declined or taken back; the newest first."""
    return [one for one in _changes(session, rfi.id)[::-1] if one.ended_at is not None]


def proposed(session: Session, rfi: Rfi) -> Change | None:
    """What waits for a second person."""
    waiting = [one for one in _changes(session, rfi.id) if not (one.published_at or one.ended_at)]
    return waiting[0] if waiting else None


def compared(session: Session, rfi: Rfi, number: int, language: str) -> Compared:
    """One version beside the one before; Missing when there is none of the number."""
    found = [one for one in versions(session, rfi) if one.number == number]
    if not found:
        raise Missing(number)
    bank = bank_of(session, rfi.edition_digest)
    kept = _kept(session, rfi, bank, (number - 1, number))
    effects = found[0].change.effects if found[0].change else None
    if number - 1 not in kept:
        return Compared(found[0], (), (), ())
    (before, weighed), (after, weighed_after) = kept[number - 1], kept[number]
    return Compared(
        found[0],
        tuple(
            differing.edited(before[id], one, bank, rfi.brief, language)
            for id, one in after.items()
            if id in before and _differ(before[id], one)
        ),
        differing.reweighed(weighed, weighed_after, bank, rfi.profiles, language),
        differing.effects(effects, bank, language),
    )


def held_of(session: Session, rfi: Rfi, bank: Bank, number: int) -> list[Held]:
    """The requirements of one version, switched off ones among them; Missing when there is none."""
    kept = _kept(session, rfi, bank, (number,))
    if number not in kept:
        raise Missing(number)
    return list(kept[number][0].values())


def wanted_edits(
    now: supposing.Present, wanted: supposing.Wanted, language: str
) -> tuple[Edited, ...]:
    """The edits of a what-if, beside the requirements as they are."""
    return tuple(
        differing.edited(now.held[id], one, now.bank, now.rfi.brief, language)
        for id, one in wanted.edits.items()
    )


def wanted_weights(
    now: supposing.Present, wanted: supposing.Wanted, language: str
) -> tuple[Reweighed, ...]:
    """What a what-if weighs otherwise."""
    if wanted.weighting is None:
        return ()
    return differing.reweighed(
        now.demanded.weighting, wanted.weighting, now.bank, now.rfi.profiles, language
    )


def _differ(before: Held, after: Held) -> bool:
    if before.off and after.off:
        return False
    return (before.off, before.requirement) != (after.off, after.requirement)


def _kept(
    session: Session, rfi: Rfi, bank: Bank, numbers: Sequence[int]
) -> dict[int, tuple[dict[str, Held], Weighting]]:
    version = RequirementSetVersion
    rows = session.execute(
        sa.select(version.number, version.documents, version.weighting).where(
            version.rfi_id == rfi.id, version.number.in_(numbers), version.frozen_at.is_not(None)
        )
    )
    suggested = {one.id: one for one in default_requirements(bank, rfi.profiles)}
    return {
        number: (
            {one.id: one for one in requiring.read(documents, bank, suggested)},
            Weighting.from_document(weighting),
        )
        for number, documents, weighting in rows
    }


def _changes(session: Session, rfi_id: UUID) -> list[Change]:
    """Everything that was ever proposed for an RFI, the oldest first; one statement."""
    proposer, second, ender = aliased(User), aliased(User), aliased(User)
    change = RequirementChange
    rows = session.execute(
        sa.select(
            change.id,
            change.begun_on,
            change.reason,
            change.asks_less,
            change.proposed_by,
            proposer.name,
            change.proposed_at,
            second.name,
            change.published_at,
            change.number,
            change.prices_seen_at,
            ender.name,
            change.ended_at,
            change.wanted,
            change.effects,
        )
        .join(proposer, proposer.id == change.proposed_by)
        .outerjoin(second, second.id == change.agreed_by)
        .outerjoin(ender, ender.id == change.ended_by)
        .where(change.rfi_id == rfi_id)
        .order_by(change.id)
    )
    return [Change(*tuple(row)) for row in rows]
