"""Voices as they are: in half of the calls alteration and AI assistance are off (brief 4.1.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Scorecard
from question_bank.scorecard import Criterion
from questionnaire.core.ratings import Mean, means
from questionnaire.models import PlannedCall
from questionnaire.services import auditing, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Half:
    """The scored calls with or without alteration: how many were rated, and their mean mark.

    The mean is weighted over the criteria that were seen in both halves.
    """

    rated: int
    mean: Decimal


def halves(gathered: Gathered, scorecard: Scorecard) -> tuple[Half, Half] | None:
    """Without and with alteration; None while not both of them were rated."""
    off, on = (_means(gathered, scorecard, off=one) for one in (True, False))
    shared = [one for one in scorecard.criteria if one.id in off and one.id in on]
    if not shared:
        return None
    return _half(gathered, shared, off, off=True), _half(gathered, shared, on, off=False)


def _half(
    gathered: Gathered, shared: Sequence[Criterion], found: Mapping[str, Mean], *, off: bool
) -> Half:
    codes = _codes(gathered, off=off)
    rated = len({one.call for one in gathered.finished if one.call in codes})
    weighed = sum((one.weight * found[one.id].mean for one in shared), Decimal(0))
    return Half(rated, weighed / sum(one.weight for one in shared))


def _codes(gathered: Gathered, *, off: bool) -> frozenset[str]:
    return frozenset(one.code for one in gathered.scored if one.unaltered is off)


def _means(gathered: Gathered, scorecard: Scorecard, *, off: bool) -> Mapping[str, Mean]:
    codes = _codes(gathered, off=off)
    rated = [one.rated for one in gathered.finished if one.call in codes]
    return means(rated, [one.id for one in scorecard.criteria])


def alter(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    codes: Collection[str],
    *,
    unaltered: bool,
) -> int:
    """Put ticked calls into the other half; gives how many changed. Marks stay as they are."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if not codes:
        raise Refused("Tick the calls that are meant, then press again.")
    changed = session.scalars(
        sa.select(PlannedCall).where(
            PlannedCall.trial_id == trial_id,
            PlannedCall.code.in_(codes),
            PlannedCall.unaltered.is_not(unaltered),
        )
    ).all()
    for one in changed:
        one.unaltered = unaltered
    if changed:
        session.flush()
        auditing.append(
            session, actor, clock(), "alteration_off" if unaltered else "alteration_on",
            "trial", trial_id, rfi_id=rfi.id, assessment_id=subject.assessment_id,
            vendor=subject.name, calls=len(changed),
        )  # fmt: skip
    return len(changed)
