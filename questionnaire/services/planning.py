"""Planning the test calls of a trial: laying them out, choosing calls for calibration, removing."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Scorecard
from questionnaire.core.phrases import english, quoted, worded
from questionnaire.core.plans import MOST_CALLS, TIME_BANDS, Slot, Wish, halved, laid_out, spoken
from questionnaire.models import CallRating, PlannedCall, Rfi
from questionnaire.services import auditing, consenting, judging, locking, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.trialling import Subject

#: Letters and digits that nobody mistakes for each other, read out or written by hand.
_LETTERS = "ABCDEFGHKLMNPRSTUVWXYZ"
_DIGITS = "23456789"
MOST_CALIBRATION = 10


@dataclass(frozen=True, slots=True)
class Removed:
    """What removing came to: calls that are gone, and calls that stay because they were rated."""

    gone: int
    rated: int


def plan(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, Any],
    *,
    seen: int,
    language: str = "en",
) -> int:
    """Add calls to the plan; gives how many. `seen` is how many the page showed.

    A repeated press names the number before its own effect: it adds nothing.
    """
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    consenting.demand(session, subject)
    wish, calibration = read(typed, trialling.scorecard_of(session, rfi), language)
    there = _count(session, trial_id)
    if there != seen:
        return 0
    slots = laid_out(wish)
    slots += _spread_over(slots, calibration)
    if there + len(slots) > MOST_CALLS:
        sentence = english("That makes {n} calls; a trial has at most {most}.")
        raise Invalid({"each": worded(sentence, n=there + len(slots), most=MOST_CALLS)})
    now = clock()
    taken = set(session.scalars(sa.select(PlannedCall.code).where(PlannedCall.rfi_id == rfi.id)))
    off = halved(slots)
    for number, slot in enumerate(slots):
        session.add(
            PlannedCall(
                organisation_id=rfi.organisation_id,
                rfi_id=rfi.id,
                trial_id=trial_id,
                code=_fresh_code(taken),
                scenario_id=slot.scenario,
                language=slot.language,
                time_band=slot.band,
                calibration=number >= len(slots) - calibration,
                unaltered=off[number],
                created_at=now,
            )
        )
    session.flush()
    _audit(session, clock, actor, rfi, subject, "planned", calls=len(slots))
    return len(slots)


def read(typed: Mapping[str, Any], scorecard: Scorecard, language: str = "en") -> tuple[Wish, int]:
    """What was ticked and typed; Invalid by control. Calibration calls come on top of the rest."""
    known = {one.id for one in scorecard.scenarios}
    languages, unknown = spoken(str(typed["languages"]), language)
    wish = Wish(
        tuple(one for one in typed["scenarios"] if one in known),
        languages,
        tuple(one for one in TIME_BANDS if one in typed["bands"]),
        _whole(typed["each"]),
    )
    calibration = _whole(typed["calibration"], empty=0)
    faults: dict[str, str] = {}
    if not wish.scenarios:
        faults["scenarios"] = worded("Choose at least one situation.")
    if unknown:
        faults["languages"] = no_language(unknown)
    elif not languages:
        faults["languages"] = worded("Name at least one language.")
    if not wish.bands:
        faults["bands"] = worded("Choose at least one time of day.")
    if not 1 <= wish.each <= MOST_CALLS:
        faults["each"] = worded(
            "Write a whole number from {least} to {most}.", least=1, most=MOST_CALLS
        )
    if not 0 <= calibration <= MOST_CALIBRATION:
        faults["calibration"] = worded(
            "Write a whole number from {least} to {most}.", least=0, most=MOST_CALIBRATION
        )
    if faults:
        raise Invalid(faults)
    return wish, calibration


def no_language(unknown: Sequence[str]) -> str:
    """What is said of names that no language has."""
    named = ", ".join(quoted(one) for one in unknown)
    return worded(
        "These are no languages that we know: {names}. Separate names with commas.", names=named
    )


def _spread_over(slots: Sequence[Slot], n: int) -> list[Slot]:
    """`n` of the slots at even distances, so that situations and languages mix."""
    return [slots[number * len(slots) // n % len(slots)] for number in range(n)]


def _whole(text: object, empty: int = -1) -> int:
    digits = str(text).strip()
    if not digits:
        return empty
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else -1


def calibrate(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    codes: Collection[str],
    *,
    calibration: bool,
) -> int:
    """Choose calls that everybody rates first, or let them be scored again; gives how many changed.

    Marks that were given already stay, and count or not by what the call is now.
    """
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if not codes:
        raise Refused("Tick the calls that are meant, then press again.")
    locking.refuse_opened(session, rfi_id)
    changed = session.scalars(
        sa.select(PlannedCall).where(
            PlannedCall.trial_id == trial_id,
            PlannedCall.code.in_(codes),
            PlannedCall.calibration.is_not(calibration),
        )
    ).all()
    for one in changed:
        one.calibration = calibration
    if changed:
        session.flush()
        action = "calibration_chosen" if calibration else "scoring_chosen"
        _audit(session, clock, actor, rfi, subject, action, calls=len(changed))
        judging.again(session, clock, rfi.id, subject.assessment_id)
    return len(changed)


def remove(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    codes: Collection[str],
) -> Removed:
    """Take calls off the plan; one that anybody has begun to rate stays, with its marks."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if not codes:
        raise Refused("Tick the calls that are to go, then press again.")
    chosen = session.execute(
        sa.select(PlannedCall.id, PlannedCall.code).where(
            PlannedCall.trial_id == trial_id, PlannedCall.code.in_(codes)
        )
    ).all()
    rated = set(
        session.scalars(
            sa.select(CallRating.call_id).where(CallRating.call_id.in_([id for id, _ in chosen]))
        )
    )
    going = [id for id, _code in chosen if id not in rated]
    session.execute(sa.delete(PlannedCall).where(PlannedCall.id.in_(going)))
    if going:
        _audit(session, clock, actor, rfi, subject, "calls_removed", calls=len(going))
    return Removed(len(going), len(chosen) - len(going))


def _count(session: Session, trial_id: UUID) -> int:
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(PlannedCall)
            .where(PlannedCall.trial_id == trial_id)
        )
        or 0
    )


def _fresh_code(taken: set[str]) -> str:
    """A code like K7-203 that no call of the RFI has; at random, so that it tells nothing."""
    while True:
        code = (
            f"{secrets.choice(_LETTERS)}{secrets.choice(_DIGITS)}-"
            f"{''.join(secrets.choice(_DIGITS) for _ in range(3))}"
        )
        if code not in taken:
            taken.add(code)
            return code


def _audit(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    subject: Subject,
    action: str,
    *,
    calls: int,
) -> None:
    auditing.append(
        session,
        actor,
        clock(),
        action,
        "trial",
        subject.trial_id,
        rfi_id=rfi.id,
        assessment_id=subject.assessment_id,
        vendor=subject.name,
        calls=calls,
    )


def codes_typed(values: Sequence[str]) -> frozenset[str]:
    """Codes that a page sent, as they are stored."""
    return frozenset(one.strip().upper() for one in values[: MOST_CALLS * 2])
