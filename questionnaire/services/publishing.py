"""Publishing other requirements for an RFI that was sent: a new version, and everybody judged anew.

Questions, brief and edition stay as they were sent. Where a gate would ask less than before, and
in everything once prices have been seen, a second person has to agree. Under a locked review it
is refused, so that nothing is loosened because an offer is cheap: two reviewers end the lock
first, with a reason, and the prices are sealed again.

Everybody's judgings are stored in the transaction of the new version: no page ever shows statuses
of one version beside tiers of another, and either everything is published or nothing. They are
worked out before it (`anticipating`), so that whoever saves meanwhile waits for the writing alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import english, reader, worded
from questionnaire.core.texts import clean
from questionnaire.models import Assessment, RequirementChange, Rfi
from questionnaire.services import (
    auditing,
    drafting,
    flagging,
    judging,
    readying,
    standing,
    supposing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.readying import Ready
from questionnaire.services.supposing import Present, Wanted

REASON_LIMIT = 1_000
LOCKED = english(
    "The review of this RFI is locked, because its prices can be opened: the requirements stay as "
    "they are, so that none is loosened because an offer is cheap. Two reviewers can end the lock, "
    "with a reason. Then prices are sealed again, and if they had been seen, every later version "
    "says so."
)
_OTHER = english(
    "The requirements have changed since you looked: there is a newer version now. Nothing was "
    "published. Look at what your what-if does on it, then publish."
)
TWICE = english(
    "Another change is proposed already: it must be agreed to, declined or taken back first."
)
_OWN = english("It takes two people: somebody else has to agree to what you proposed.")
_GONE = english("Nothing is proposed here any more: look at the versions.")


def propose(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    document: object,
    reason: str,
    *,
    seen: int,
    known: Ready | None = None,
) -> RequirementChange:
    """Publish a what-if at once, or propose it where a second person has to agree.

    `seen` is the version that the actor looked at, `known` what was worked out ahead.
    Invalid for what cannot be published, Refused under a lock, beside another proposal, or when
    nothing differs.
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
        _publish(session, clock, actor, rfi, change, now, wanted, known)
    return change


def agree(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    change_id: UUID,
    *,
    known: Ready | None = None,
) -> None:
    """Publish what another person proposed; `known` is what was worked out ahead."""
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
    _publish(session, clock, actor, rfi, change, now, wanted, known)


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
    return worded(TWICE) if standing_change(session, rfi_id) is not None else ""


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
    known: Ready | None,
) -> None:
    """Freeze the next version and judge everybody on it.

    Every assessment of the RFI is locked first, also those that nobody has handed in: one that is
    handed in meanwhile waits, and is judged on the new version.
    """
    every = session.scalars(sa.select(Assessment.id).where(Assessment.rfi_id == rfi.id))
    flagging.lock(session, list(every))
    version = readying.frozen(session, now, wanted, clock())
    found = readying.ready(session, clock, now, version, wanted, known)
    session.add(version)
    session.flush()
    for one in found.judged.values():
        judging.store(session, one, clock())
    change.number, change.published_at = version.number, version.frozen_at
    change.effects = found.effects
    session.flush()
    _audit(session, clock, actor, "published", rfi, change, vendors=len(found.judged))


def _reason(text: str) -> str:
    try:
        reason = clean(text, REASON_LIMIT, reader())
    except AnswerFault as fault:
        raise Invalid({"reason": fault.sentence}) from None
    if not reason:
        raise Invalid(
            {"reason": worded("Say why the requirements change: it stays with the version.")}
        )
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
