"""Publishing other requirements for an RFI that was sent: a new version, and everybody judged anew.

Questions, brief and edition stay as they were sent. Where a gate would ask less than before, and
in everything once prices have been seen, a second person has to agree. Under a locked review it
is refused, so that nothing is loosened because an offer is cheap: two reviewers end the lock
first, with a reason, and the prices are sealed again.

All assessments are judged in the transaction of the new version: no page ever shows statuses of
one version beside tiers of another, and either everything is published or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.documents import digest_of
from questionnaire.core.faults import AnswerFault
from questionnaire.core.texts import clean
from questionnaire.models import RequirementChange, RequirementSetVersion, Rfi
from questionnaire.services import (
    auditing,
    drafting,
    pursuing,
    requiring,
    standing,
    supposing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.supposing import Present, Wanted

REASON_LIMIT = 1_000
LOCKED = (
    "The review of this RFI is locked, because its prices can be opened: the requirements stay as "
    "they are, so that none is loosened because an offer is cheap. Two reviewers can end the lock, "
    "with a reason. Then prices are sealed again, and if they had been seen, every later version "
    "says so."
)
_OTHER = (
    "The requirements have changed since you looked: there is a newer version now. Nothing was "
    "published. Look at what your what-if does on it, then publish."
)
TWICE = "Another change is proposed already: it must be agreed to, declined or taken back first."
_OWN = "It takes two people: somebody else has to agree to what you proposed."
_GONE = "Nothing is proposed here any more: look at the versions."


def propose(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    document: object,
    reason: str,
    *,
    seen: int,
) -> RequirementChange:
    """Publish a what-if at once, or propose it where a second person has to agree.

    `seen` is the version that the actor looked at. Invalid for what cannot be published, Refused
    under a lock, beside another proposal, or when nothing differs.
    """
    rfi = _open(session, actor, rfi_id)
    if standing_change(session, rfi_id) is not None:
        raise Refused(TWICE)
    now = supposing.present(session, rfi)
    if seen != now.number:
        raise Refused(_OTHER)
    wanted = supposing.from_document(now, document)
    if not wanted:
        raise Refused("Nothing differs from the requirements as they are: there is no new version.")
    said = _reason(reason)
    supposing.check(now, wanted, clock().date())
    change = RequirementChange(
        organisation_id=rfi.organisation_id,
        rfi_id=rfi_id,
        begun_on=now.number,
        wanted=supposing.to_document(now, wanted),
        reason=said,
        asks_less=supposing.asks_less(now, wanted),
        proposed_by=actor.id,
        proposed_at=clock(),
        prices_seen_at=standing.seen_before(session, rfi_id),
    )
    session.add(change)
    session.flush()
    if wants_second(change):
        _audit(session, clock, actor, "proposed", rfi, change)
    else:
        _publish(session, clock, actor, rfi, change, now, wanted)
    return change


def agree(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, change_id: UUID) -> None:
    """Publish what another person proposed."""
    rfi = _open(session, actor, rfi_id)
    change = _standing(session, rfi_id, change_id)
    if change.proposed_by == actor.id:
        raise Refused(_OWN)
    now = supposing.present(session, rfi)
    if change.begun_on != now.number:
        raise Refused(_OTHER)
    wanted = supposing.from_document(now, change.wanted)
    supposing.check(now, wanted, clock().date())
    change.agreed_by = actor.id
    change.prices_seen_at = standing.seen_before(session, rfi_id)
    _publish(session, clock, actor, rfi, change, now, wanted)


def end(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, change_id: UUID) -> None:
    """Take back one's own proposal, or decline another's."""
    rfi = drafting.locked(session, actor, rfi_id)
    change = _standing(session, rfi_id, change_id)
    change.ended_by, change.ended_at = actor.id, clock()
    session.flush()
    own = change.proposed_by == actor.id
    _audit(session, clock, actor, "taken_back" if own else "declined", rfi, change)


def wants_second(change: RequirementChange) -> bool:
    """Whether a second person has to agree: a gate asks less, or prices have been seen."""
    return change.asks_less or change.prices_seen_at is not None


def standing_change(session: Session, rfi_id: UUID) -> RequirementChange | None:
    """The proposal that waits for a second person."""
    return session.scalars(
        sa.select(RequirementChange)
        .where(
            RequirementChange.rfi_id == rfi_id,
            RequirementChange.published_at.is_(None),
            RequirementChange.ended_at.is_(None),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()


def refuse_locked(session: Session, rfi_id: UUID) -> None:
    """Refused while the review is locked."""
    lock = standing.lock_of(session, rfi_id)
    if lock is not None and lock.agreed_at is not None:
        raise Refused(LOCKED)


def why_not(session: Session, rfi_id: UUID) -> str:
    """Why nothing can be published now; empty when something can."""
    try:
        refuse_locked(session, rfi_id)
    except Refused as fault:
        return fault.sentence
    return TWICE if standing_change(session, rfi_id) is not None else ""


def _open(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    """The RFI against every other change, while its requirements can become others."""
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state == "draft":
        raise Refused("A draft has not been sent: change its requirements themselves.")
    if rfi.state != "open":
        raise Refused("This RFI was withdrawn: its requirements stay as they are.")
    refuse_locked(session, rfi_id)
    return rfi


def _standing(session: Session, rfi_id: UUID, change_id: UUID) -> RequirementChange:
    change = standing_change(session, rfi_id)
    if change is None or change.id != change_id:
        raise Refused(_GONE)
    return change


def _publish(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    change: RequirementChange,
    now: Present,
    wanted: Wanted,
) -> None:
    """Freeze the next version and judge everybody on it."""
    with pursuing.following(session, clock, rfi) as followed:
        version = _frozen(session, rfi, now, wanted, clock())
        session.add(version)
        session.flush()
    change.number, change.published_at = version.number, version.frozen_at
    change.effects = followed.effects
    session.flush()
    _audit(session, clock, actor, "published", rfi, change, vendors=len(followed.judged))


def _frozen(
    session: Session, rfi: Rfi, now: Present, wanted: Wanted, at: datetime
) -> RequirementSetVersion:
    """Versions that only hold other requirements have digests of the same kind as before."""
    documents = supposing.documents(wanted, requiring.working(session, rfi).documents)
    weighting = now.demanded.weighting if wanted.weighting is None else wanted.weighting
    named: dict[str, Any] = {"requirements": documents}
    if weighting:
        named["weighting"] = weighting.to_document()
    return RequirementSetVersion(
        organisation_id=rfi.organisation_id,
        rfi_id=rfi.id,
        number=now.number + 1,
        documents=documents,
        weighting=weighting.to_document(),
        digest=digest_of(named),
        frozen_at=at,
    )


def _reason(text: str) -> str:
    try:
        reason = clean(text, REASON_LIMIT)
    except AnswerFault as fault:
        raise Invalid({"reason": fault.sentence}) from None
    if not reason:
        raise Invalid({"reason": "Say why the requirements change: it stays with the version."})
    return reason


def _audit(
    session: Session,
    clock: Clock,
    actor: Actor,
    action: str,
    rfi: Rfi,
    change: RequirementChange,
    **details: int,
) -> None:
    told: Mapping[str, Any] = {
        "title": rfi.title,
        "number": change.number or change.begun_on + 1,
        "reason": change.reason,
        "asks_less": change.asks_less,
        "prices_seen": change.prices_seen_at is not None,
        **details,
    }
    auditing.append(
        session, actor, clock(), action, "requirements", change.id, rfi_id=rfi.id, **told
    )
