"""Judging everybody of an RFI on requirements that are not stored yet, and what that does to whom.

It is the long part of publishing, and it only reads: whoever publishes has it worked out before
anything is locked. Under the lock it is asked for again. What moved meanwhile is judged anew, what
did not is taken as it is, so that others wait for the writing alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.documents import digest_of
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.inhouse import reach_own_team
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.core.whatif import moved
from questionnaire.models import Assessment, AuditRow, RequirementSetVersion
from questionnaire.services import (
    concluding,
    frozen_sets,
    gathering,
    judging,
    offering,
    pursuing,
    requiring,
    stamping,
    standing,
    supposing,
)
from questionnaire.services.clock import Clock
from questionnaire.services.judging import Prepared
from questionnaire.services.supposing import Present, Wanted


@dataclass(frozen=True, slots=True)
class Moment:
    """What the judgings of an RFI rest on: two equal moments, the same judgings."""

    common: tuple[object, ...]
    #: By the assessment that was handed in.
    of_each: Mapping[UUID, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Ready:
    """Everybody judged on the version of this digest, and what that does to each; not stored."""

    digest: str
    moment: Moment
    judged: Mapping[UUID, Prepared]
    effects: dict[str, Any]


def ready(
    session: Session,
    clock: Clock,
    now: Present,
    version: RequirementSetVersion,
    wanted: Wanted,
    known: Ready | None = None,
) -> Ready:
    """Judge every assessment that was handed in on a version that is not stored; reads only.

    `wanted` is how it differs from the one in force. Of what is `known` already only what moved
    since is judged anew.
    """
    # First what it rests on, then the rest: what changes in between is seen to have moved.
    moment = _moment(session, clock, now)
    same = known if known is not None and known.digest == version.digest else None
    if same is not None and same.moment == moment:
        return same
    kept = _standing(same, moment)
    demanded = frozen_sets.made(version, now.bank)
    judged = {
        id: kept[id] if id in kept else judging.prepare(session, clock(), id, demanded)
        for id in moment.of_each
    }
    return Ready(str(version.digest), moment, judged, _effects(session, clock, now, wanted, judged))


def frozen(session: Session, now: Present, wanted: Wanted, at: datetime) -> RequirementSetVersion:
    """The next version, not stored yet.

    Versions that only hold other requirements have digests of the same kind as before.
    """
    rfi = now.rfi
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


def _standing(known: Ready | None, moment: Moment) -> Mapping[UUID, Prepared]:
    """The judgings that nothing has moved under."""
    if known is None or known.moment.common != moment.common:
        return {}
    before = known.moment.of_each
    return {id: known.judged[id] for id, rests in moment.of_each.items() if before.get(id) == rests}


def _moment(session: Session, clock: Clock, now: Present) -> Moment:
    rfi, on = now.rfi, clock().date()
    lock = standing.lock_of(session, rfi.id)
    common = (
        on,
        now.number,
        now.demanded.digest,
        None if lock is None else (lock.id, lock.agreed_at, lock.opened_at),
        gathering.of_rfi(session, rfi.id),
    )
    chosen = stamping.candidates(session, rfi.organisation_id, rfi.id)
    stamps = stamping.stamps(session, rfi.organisation_id, rfi.id, chosen, on)
    trails = _trails(session, rfi.id)
    return Moment(
        common,
        {
            one.assessment_id: (one, trails.get(one.assessment_id))
            for one in sorted(stamps, key=lambda one: one.assessment_id)
        },
    )


def _trails(session: Session, rfi_id: UUID) -> dict[UUID, tuple[int, int]]:
    """How long the trail of each assessment is, and by which rules it was judged last.

    Stamps count versions; the trail tells of everything else that people do, such as another date
    of a document.
    """
    query = (
        sa.select(Assessment.id, sa.func.count(AuditRow.id), Assessment.rules)
        .outerjoin(AuditRow, AuditRow.assessment_id == Assessment.id)
        .where(Assessment.rfi_id == rfi_id, Assessment.state == "submitted")
        .group_by(Assessment.id, Assessment.rules)
    )
    return {id: (rows, rules) for id, rows, rules in session.execute(query)}


def _effects(
    session: Session,
    clock: Clock,
    now: Present,
    wanted: Wanted,
    judged: Mapping[UUID, Prepared],
) -> dict[str, Any]:
    """By name of the vendor; the same names stay whatever happens to the rows later."""
    rfi = now.rfi
    before = concluding.conclude(session, rfi.organisation_id, rfi.id, clock())
    after = supposing.on(now, wanted, before.basis)

    def settled(offer: Offer) -> Offer:
        return offering.settled(offer, judged[UUID(offer.code)].flags_after(), after.on)

    offers = [settled(one) for one in before.offers.values() if UUID(one.code) in judged]
    new = sorted(_reached(after, offers), key=lambda one: (one.name.casefold(), one.code))
    old = {one.code: one for one in before.verdicts}
    found = moved(before.basis, after, [old[one.code] for one in new], new)
    own, team = before.inhouse_verdict, before.inhouse_offer
    if own is None or team is None or UUID(team.code) not in judged:
        return pursuing.told_with_flags(found, None, judged)
    own_now = reach_own_team(after, settled(team))
    turned = pursuing.own_moved(before.basis, after, own, own_now)
    return pursuing.told_with_flags(found, turned, judged)


def _reached(after: Basis, offers: list[Offer]) -> tuple[Verdict, ...]:
    return reach_all(after, offers) if offers else ()
