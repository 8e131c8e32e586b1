"""Writing down what a buyer chose, against which advice, and on what: once, never changed.

Who later decides otherwise writes another decision, which says why it takes the place of the one
before; both stay. A vendor that is not eligible is chosen by two people, as a mandatory gap is
closed by two: nobody goes alone past a gate that the software holds shut.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.advice import OPTIONS, WITH_VENDOR, Advice, against, needs_second
from questionnaire.core.phrases import english, worded
from questionnaire.models import Decision, Rfi
from questionnaire.services import auditing, drafting, snapshotting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.justifying import Choice, justify
from questionnaire.services.snapshotting import Snapshot

STALE = english(
    "Something that the decision rests on has changed since the page was shown: an answer, a "
    "flag, the lock or another decision. Look at it again, and then decide."
)


def choose(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, choice: Choice) -> Decision:
    """Write the decision down; Invalid without its reasons, Refused when something has changed.

    Pressed twice, it is written once: the second press gets what the first one wrote.
    """
    rfi = drafting.locked(session, actor, rfi_id)
    if (twice := _pressed(session, rfi_id, choice.key)) is not None:
        return twice
    if waiting(session, rfi_id) is not None:
        raise Refused(
            "A decision waits for a second person. It has to be agreed to, or taken back, before "
            "another one is made."
        )
    snapshot = snapshotting.take(session, actor.organisation_id, rfi_id, clock())
    former = in_force(session, rfi_id)
    if choice.seen != seen_of(snapshot, former):
        raise Refused(STALE)
    advice = _advice(snapshot, choice)
    told = justify(choice, advice, superseding=former is not None)
    return _write(session, clock, actor, rfi, choice, snapshot, told, former)


def agree(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, decision_id: UUID) -> None:
    """Agree to another person's decision: from now on it stands. Refused once something changed."""
    rfi = drafting.locked(session, actor, rfi_id)
    made = _waiting(session, rfi_id, decision_id)
    if made.decided_by == actor.id:
        raise Refused("It takes two people: somebody else has to agree to what you decided.")
    snapshot = snapshotting.take(session, actor.organisation_id, rfi_id, clock())
    if not _same_ground(made, snapshot):
        raise Refused(
            "What the decision rests on has changed since it was made. Decline it, and let it be "
            "made anew."
        )
    made.agreed_by, made.second, made.agreed_at = actor.id, actor.name[:200], clock()
    session.flush()
    _audit(session, clock, actor, "decision_agreed", rfi, made)


def end(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, decision_id: UUID) -> None:
    """Take back one's own decision that waits, or decline another's: it never stands, and stays."""
    rfi = drafting.locked(session, actor, rfi_id)
    made = _waiting(session, rfi_id, decision_id)
    made.ended_by, made.ended_at = actor.id, clock()
    session.flush()
    own = made.decided_by == actor.id
    _audit(session, clock, actor, "decision_taken_back" if own else "decision_declined", rfi, made)


def in_force(session: Session, rfi_id: UUID) -> Decision | None:
    """The newest decision that stands."""
    return session.scalars(
        sa.select(Decision)
        .where(
            Decision.rfi_id == rfi_id,
            sa.or_(Decision.needs_second.is_(False), Decision.agreed_at.is_not(None)),
        )
        .order_by(Decision.number.desc())
        .limit(1)
    ).one_or_none()


def waiting(session: Session, rfi_id: UUID) -> Decision | None:
    """The decision that a second person has to agree to."""
    return session.scalars(
        sa.select(Decision).where(
            Decision.rfi_id == rfi_id,
            Decision.needs_second.is_(True),
            Decision.agreed_at.is_(None),
            Decision.ended_at.is_(None),
        )
    ).one_or_none()


def seen_of(snapshot: Snapshot, former: Decision | None) -> str:
    """What a page of this moment names itself by."""
    return drafting.digest(snapshot.digest, former.number if former else 0)


def _advice(snapshot: Snapshot, choice: Choice) -> tuple[Advice, ...]:
    """What the choice goes against; Invalid when there is no such option."""
    if choice.option not in OPTIONS:
        raise Invalid({"option": worded("Choose one of the options on the page.")})
    if choice.option in WITH_VENDOR and snapshot.situation.verdict(choice.code) is None:
        raise Invalid({"option": worded("Choose one of the vendors that have submitted.")})
    return against(snapshot.situation, choice.option, choice.code)


def _write(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    choice: Choice,
    snapshot: Snapshot,
    told: Mapping[str, Any],
    former: Decision | None,
) -> Decision:
    situation = snapshot.situation
    chosen = situation.verdict(choice.code) if choice.option in WITH_VENDOR else None
    now = clock()
    newest = sa.select(sa.func.max(Decision.number)).where(Decision.rfi_id == rfi.id)
    number = (session.scalar(newest) or 0) + 1
    made = {
        "number": number,
        "option": choice.option,
        "vendor": chosen.name[:200] if chosen else "",
        "decider": actor.name[:200],
        "supersedes": former.number if former else None,
        "needs_second": needs_second(situation, choice.option, choice.code),
        **told,
    }
    text = snapshotting.text_of(
        snapshot.document
        | {"decision": made | {"code": chosen.code if chosen else "", "at": now.isoformat()}}
    )
    decision = Decision(
        organisation_id=actor.organisation_id,
        rfi_id=rfi.id,
        assessment_id=UUID(chosen.code) if chosen else None,
        decided_by=actor.id,
        decided_at=now,
        key=choice.key,
        snapshot=text,
        digest=snapshotting.named(text),
        **made,
    )
    session.add(decision)
    session.flush()
    action = "decision_proposed" if decision.needs_second else "decided"
    _audit(session, clock, actor, action, rfi, decision)
    return decision


def _pressed(session: Session, rfi_id: UUID, key: str) -> Decision | None:
    if not key or len(key) > 64:
        raise Refused("The form is not whole: open the page again.")
    return session.scalars(
        sa.select(Decision).where(Decision.rfi_id == rfi_id, Decision.key == key)
    ).one_or_none()


def _waiting(session: Session, rfi_id: UUID, decision_id: UUID) -> Decision:
    made = waiting(session, rfi_id)
    if made is None or made.id != decision_id:
        here = sa.select(Decision.id).where(Decision.rfi_id == rfi_id, Decision.id == decision_id)
        if session.scalar(here) is None:
            raise Missing(decision_id)
        raise Refused("Somebody else was faster: look at what the page says now.")
    return made


def _same_ground(made: Decision, snapshot: Snapshot) -> bool:
    """Whether the decision was made on what holds now, whatever day it is."""
    kept = snapshotting.read(made.snapshot)
    return kept is not None and snapshotting.ground_of(kept) == snapshotting.ground_of(
        snapshot.document
    )


def _audit(
    session: Session, clock: Clock, actor: Actor, action: str, rfi: Rfi, made: Decision
) -> None:
    auditing.append(
        session, actor, clock(), action, "decision", made.id,
        rfi_id=rfi.id, assessment_id=made.assessment_id,
        title=rfi.title, number=made.number, option=made.option, vendor=made.vendor,
        digest=made.digest,
    )  # fmt: skip
