"""The verdicts on all vendors of an RFI that have submitted, as the pure core reaches them.

While prices are sealed their answers are not even read here, and no tier, score or gap depends on
them; after they were opened they add costs, and the order inside a tier (brief 5.4, 5.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Requirement
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.cost import Cost
from questionnaire.core.sensitivity import close_call
from questionnaire.core.value import TIERS_IN_ORDER, ordered
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.models import Assessment, Flag, Rfi, Vendor
from questionnaire.services import reading, standing
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.standing import Review

TIERS = (*TIERS_IN_ORDER, "not_eligible")


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that stands: it is printed with the verdict (brief 5.3.3)."""

    vendor: str
    question_id: str
    until: date


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Everything that the page of the verdict says."""

    bank: Bank
    currency: str
    on: date
    #: By tier, the best first; inside a tier by value once prices are open, else by name.
    tiers: Mapping[str, Sequence[Verdict]]
    waivers: tuple[Waived, ...]
    inhouse: Cost
    review: Review
    prices_open: bool
    #: Vendors that the first place could go to with other weights; empty when it is clear.
    close_call: tuple[str, ...]
    #: Vendors that were asked and have not submitted.
    missing: tuple[str, ...]
    #: Vendors that were asked and do not take part.
    declined: tuple[str, ...]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(one for tier in TIERS for one in self.tiers[tier])

    @property
    def nobody_passes(self) -> bool:
        return bool(self.verdicts) and len(self.tiers["not_eligible"]) == len(self.verdicts)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One vendor of the RFI, and how far it is."""

    id: UUID
    vendor: str
    state: str


def conclude(session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime) -> Conclusion:
    """The verdicts as of now, in a fixed number of statements; Missing for a draft or a stranger.

    What is still undecided counts as a gap, what was accepted as sufficient as met.
    """
    rfi = session.execute(
        sa.select(Rfi.edition_digest, Rfi.brief, Rfi.profiles, Rfi.question_ids).where(
            Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
        )
    ).one_or_none()
    if rfi is None:
        raise Missing(rfi_id)
    digest, brief, profiles, question_ids = rfi
    bank = bank_of(session, digest)
    review = standing.review(session, organisation_id, rfi_id)
    opened = review.lock is not None and review.lock.opened_at is not None
    basis = Basis(
        bank=bank,
        brief=brief,
        profiles=tuple(profiles),
        requirements=_requirements(session, rfi_id, bank, frozenset(question_ids)),
        on=now.date(),
        selection=frozenset(question_ids),
        prices_open=opened,
    )
    vendors = _vendors(session, rfi_id)
    submitted = [one for one in vendors if one.state == "submitted"]
    covered = review.lock.covers if opened and review.lock else ()
    offers, waivers = _offers(session, bank, submitted, covered, now.date())
    verdicts = reach_all(basis, offers)
    return Conclusion(
        bank=bank,
        currency=basis.terms.currency,
        on=basis.on,
        tiers=_by_tier(verdicts, basis),
        waivers=waivers,
        inhouse=basis.inhouse_cost,
        review=review,
        prices_open=opened,
        close_call=close_call([one.option for one in verdicts], basis.price_weight)
        if opened
        else (),
        missing=tuple(
            one.vendor for one in vendors if one.state in ("sent", "opened", "in_progress")
        ),
        declined=tuple(one.vendor for one in vendors if one.state == "declined"),
    )


def _requirements(
    session: Session, rfi_id: UUID, bank: Bank, asked: frozenset[str]
) -> list[Requirement]:
    found = frozen_set(session, rfi_id, bank).requirements.values()
    return [one for one in found if one.question in asked]


def _vendors(session: Session, rfi_id: UUID) -> list[_Asked]:
    rows = session.execute(
        sa.select(Assessment.id, Vendor.name, Assessment.state)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(Assessment.rfi_id == rfi_id)
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return [_Asked(*row) for row in rows]


@dataclass
class _Settled:
    """What reviewers decided about one vendor's gaps."""

    waived: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    not_applicable: set[str] = field(default_factory=set)


def _offers(
    session: Session, bank: Bank, vendors: Sequence[_Asked], covered: Collection[str], today: date
) -> tuple[list[Offer], tuple[Waived, ...]]:
    """What each vendor brought; the sealed answers only of those whose prices are open."""
    ids = [one.id for one in vendors]
    kept = reading.submitted_answers(session, ids)
    settled, waivers = _decided(session, {one.id: one.vendor for one in vendors}, today)
    offers = []
    for one in vendors:
        open_to_read = {
            id: answer
            for id, answer in kept[one.id].items()
            if str(one.id) in covered or id not in bank.sealed_questions
        }
        decided = settled[one.id]
        offers.append(
            Offer(
                code=str(one.id),
                name=one.vendor,
                answers=reading.typed(bank, open_to_read),
                waived=frozenset(decided.waived),
                accepted=frozenset(decided.accepted),
                accepted_not_applicable=frozenset(decided.not_applicable),
            )
        )
    return offers, waivers


def _decided(
    session: Session, names: Mapping[UUID, str], today: date
) -> tuple[Mapping[UUID, _Settled], tuple[Waived, ...]]:
    settled: defaultdict[UUID, _Settled] = defaultdict(_Settled)
    waivers: list[Waived] = []
    query = (
        sa.select(
            Flag.assessment_id,
            Flag.requirement_id,
            Flag.question_id,
            Flag.state,
            Flag.decision,
            Flag.waived_until,
        )
        .where(Flag.assessment_id.in_(list(names)), Flag.state.in_(("accepted", "waived")))
        .order_by(Flag.id)
    )
    for assessment_id, requirement_id, question_id, state, decision, until in session.execute(
        query
    ):
        mine = settled[assessment_id]
        if state == "accepted" and decision == "not_applicable":
            mine.not_applicable.add(question_id)
        elif state == "accepted":
            mine.accepted.add(requirement_id)
        elif until is not None and until >= today:
            mine.waived.add(requirement_id)
            waivers.append(Waived(names[assessment_id], question_id, until))
    return settled, tuple(waivers)


def _by_tier(verdicts: Sequence[Verdict], basis: Basis) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {tier: [] for tier in TIERS}
    for one in sorted(verdicts, key=lambda one: (one.name.casefold(), one.code)):
        found[one.tier.name].append(one)
    if basis.prices_open:
        by_code = {one.code: one for one in verdicts}
        options = [one.option for one in verdicts]
        for tier in TIERS_IN_ORDER:
            found[tier] = [by_code[one.code] for one in ordered(options, tier, basis.price_weight)]
    return found
