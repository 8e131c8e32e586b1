"""Locking the requirement review of an RFI by two people: only then its prices can be opened.

While the lock stands no decision about a flag can be made, so that no gap is forgiven because an
offer is cheap (brief 5.7). Ending it takes two people and a reason as well, and that prices had
been seen by then stays on record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import english, reader, worded
from questionnaire.core.texts import clean
from questionnaire.models import Assessment, ReviewLock, Rfi
from questionnaire.services import auditing, drafting, standing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused

REASON_LIMIT = 1_000
_CHANGED = english("Somebody else was faster: look at what the lock says now.")
_OWN = english("It takes two people: somebody else has to agree to what you proposed.")


def propose(session: Session, clock: Clock, actor: Actor, rfi_id: UUID) -> None:
    """Propose to lock the review as it stands; Refused while something must still be decided."""
    rfi = _held(session, actor, rfi_id)
    if standing.lock_of(session, rfi_id) is not None:
        raise Refused(_CHANGED)
    _refuse_unfinished(session, actor, rfi_id)
    lock = ReviewLock(
        organisation_id=actor.organisation_id,
        rfi_id=rfi_id,
        proposed_by=actor.id,
        proposed_at=clock(),
        covers=[],
    )
    session.add(lock)
    session.flush()
    _audit(session, clock, actor, "lock_proposed", rfi, lock)


def agree(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, lock_id: UUID) -> None:
    """Lock what another person proposed to lock: every vendor that has submitted by now."""
    rfi = _held(session, actor, rfi_id)
    lock = _proposed(session, rfi_id, lock_id)
    if lock.proposed_by == actor.id:
        raise Refused(_OWN)
    _refuse_unfinished(session, actor, rfi_id)
    lock.covers = [str(one) for one in _submitted(session, rfi_id)]
    lock.agreed_by, lock.agreed_at = actor.id, clock()
    session.flush()
    _audit(session, clock, actor, "locked", rfi, lock, vendors=len(lock.covers))


def take_back(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, lock_id: UUID) -> None:
    """End a proposal to lock: one's own, or another's that one does not agree to."""
    rfi = _held(session, actor, rfi_id)
    lock = _proposed(session, rfi_id, lock_id)
    lock.ended_by, lock.ended_at = actor.id, clock()
    session.flush()
    _audit(session, clock, actor, "lock_taken_back", rfi, lock)


def propose_end(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, lock_id: UUID, reason: str
) -> None:
    """Propose to end a lock; Invalid without a reason, which stays on record."""
    rfi = _held(session, actor, rfi_id)
    lock = _locked(session, rfi_id, lock_id)
    if lock.unlock_proposed_by is not None:
        raise Refused(_CHANGED)
    lock.unlock_reason = _reason(reason)
    lock.unlock_proposed_by = actor.id
    session.flush()
    _audit(session, clock, actor, "unlock_proposed", rfi, lock, reason=lock.unlock_reason)


def agree_end(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, lock_id: UUID) -> None:
    """End the lock that another person proposed to end: prices are sealed again."""
    rfi = _held(session, actor, rfi_id)
    lock = _locked(session, rfi_id, lock_id)
    if lock.unlock_proposed_by is None:
        raise Refused(_CHANGED)
    if lock.unlock_proposed_by == actor.id:
        raise Refused(_OWN)
    lock.ended_by, lock.ended_at = actor.id, clock()
    session.flush()
    seen = lock.opened_at is not None
    _audit(session, clock, actor, "unlocked", rfi, lock, reason=lock.unlock_reason, seen=seen)


def keep(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, lock_id: UUID) -> None:
    """Take back or decline a proposal to end the lock: it stands as before."""
    rfi = _held(session, actor, rfi_id)
    lock = _locked(session, rfi_id, lock_id)
    if lock.unlock_proposed_by is None:
        raise Refused(_CHANGED)
    lock.unlock_proposed_by, lock.unlock_reason = None, ""
    session.flush()
    _audit(session, clock, actor, "lock_kept", rfi, lock)


def open_prices(session: Session, clock: Clock, actor: Actor, rfi_id: UUID) -> None:
    """Open the prices of the vendors under the lock; the first time is what goes on record."""
    rfi = _held(session, actor, rfi_id)
    lock = standing.lock_of(session, rfi_id)
    if lock is None or lock.agreed_at is None:
        raise Refused(
            "Prices stay sealed until two reviewers have locked the requirement review of all "
            "vendors that have submitted."
        )
    if lock.opened_at is not None:
        return
    lock.opened_by, lock.opened_at = actor.id, clock()
    session.flush()
    _audit(session, clock, actor, "prices_opened", rfi, lock, vendors=len(lock.covers))


def refuse_locked(session: Session, assessment_ids: Iterable[UUID]) -> None:
    """Refused when a decision touches an assessment whose review is locked."""
    locked = session.scalar(
        sa.select(ReviewLock.id)
        .join(Assessment, Assessment.rfi_id == ReviewLock.rfi_id)
        .where(
            Assessment.id.in_(list(assessment_ids)),
            ReviewLock.ended_at.is_(None),
            ReviewLock.agreed_at.is_not(None),
        )
        .limit(1)
    )
    if locked is not None:
        raise Refused(
            "The review of this RFI is locked, because its prices can be opened: no flag can be "
            "decided. Two reviewers can end the lock, with a reason."
        )


def is_opened(session: Session, rfi_id: UUID) -> bool:
    """Whether prices of this RFI are open now; False again once the lock was ended."""
    opened = sa.select(ReviewLock.id).where(
        ReviewLock.rfi_id == rfi_id,
        ReviewLock.ended_at.is_(None),
        ReviewLock.opened_at.is_not(None),
    )
    return session.scalar(opened.limit(1)) is not None


def refuse_opened(session: Session, rfi_id: UUID) -> None:
    """Refused when what a verdict rests on would be changed by hand while prices are open.

    A document that is accepted now, or a trial that is stated otherwise, could let somebody pass
    because the offer is cheap (brief 5.7).
    """
    if is_opened(session, rfi_id):
        raise Refused(
            "The prices of this RFI are open: documents and trials stay as they were found. Two "
            "reviewers can end the lock, with a reason, and prices are sealed again."
        )


def _held(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    """The RFI against every other change; Missing for another organisation's."""
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state == "draft":
        raise Refused("A draft has not been sent: there is no review to lock yet.")
    return rfi


def _proposed(session: Session, rfi_id: UUID, lock_id: UUID) -> ReviewLock:
    lock = standing.lock_of(session, rfi_id)
    if lock is None or lock.id != lock_id or lock.agreed_at is not None:
        raise Refused(_CHANGED)
    return lock


def _locked(session: Session, rfi_id: UUID, lock_id: UUID) -> ReviewLock:
    lock = standing.lock_of(session, rfi_id)
    if lock is None or lock.id != lock_id or lock.agreed_at is None:
        raise Refused(_CHANGED)
    return lock


def _submitted(session: Session, rfi_id: UUID) -> list[UUID]:
    query = sa.select(Assessment.id).where(
        Assessment.rfi_id == rfi_id, Assessment.state == "submitted"
    )
    return list(session.scalars(query.order_by(Assessment.id)))


def _refuse_unfinished(session: Session, actor: Actor, rfi_id: UUID) -> None:
    found = standing.vendors(session, actor.organisation_id, rfi_id)
    if not found:
        raise Refused("No vendor has submitted yet: there is nothing to lock.")
    waiting = [one.vendor for one in found if not one.finished]
    if waiting:
        raise Refused(
            "Every mandatory and major flag must be decided first. Still open at: {vendors}.",
            vendors=", ".join(waiting),
        )


def _reason(text: str) -> str:
    try:
        reason = clean(text, REASON_LIMIT, reader())
    except AnswerFault as fault:
        raise Invalid({"reason": fault.sentence}) from None
    if not reason:
        raise Invalid({"reason": worded("Say why the lock must end: it stays on record.")})
    return reason


def _audit(
    session: Session,
    clock: Clock,
    actor: Actor,
    action: str,
    rfi: Rfi,
    lock: ReviewLock,
    **details: str | int,
) -> None:
    told: dict[str, Any] = {"title": rfi.title, **details}
    auditing.append(session, actor, clock(), action, "review", lock.id, rfi_id=rfi.id, **told)
