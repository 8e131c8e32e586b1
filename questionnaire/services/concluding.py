"""The verdicts on all vendors of an RFI that have submitted, as the pure core reaches them.

While prices are sealed their answers are not even read here, and no tier, score or gap depends on
them; after they were opened they add costs, and the order inside a tier (brief 5.4, 5.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Requirement
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.cost import Cost
from questionnaire.core.efficiency import efficient, level_at_the_top
from questionnaire.core.fallback import Fallback, fall_back
from questionnaire.core.inhouse import reach_own_team
from questionnaire.core.scoring import NoBaseProfile
from questionnaire.core.sensitivity import close_call
from questionnaire.core.value import TIERS_IN_ORDER, ordered
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.models import Assessment, Rfi, Vendor
from questionnaire.services import offering, standing
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.offering import Tried, Waived
from questionnaire.services.standing import Review

TIERS = (*TIERS_IN_ORDER, "not_eligible")


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
    #: The first vendor and those whose value cannot be told from its own; empty when it is clear.
    level: tuple[str, ...]
    #: Codes of the eligible that nobody beats on both quality and cost; empty while sealed.
    efficient: frozenset[str]
    #: What can be done with these verdicts, above all when nobody passes.
    fallback: Fallback
    #: Vendors that were asked and have not submitted.
    missing: tuple[str, ...]
    #: Vendors that were asked and do not take part.
    declined: tuple[str, ...]
    #: The own team as an option; None where it was not asked or has not answered yet. It stands in
    #: none of the tiers: it is the status quo, with gaps to fix (brief 5.5).
    inhouse_verdict: Verdict | None
    #: How far the own team's assessment is; empty where it was not asked.
    inhouse_state: str
    #: What the verdicts were reached on: the buyer's side, and what each vendor brought, by code.
    basis: Basis
    offers: Mapping[str, Offer]
    #: What the own team brought, where it has answered.
    inhouse_offer: Offer | None

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
    in_house: bool = False


def conclude(
    session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime, language: str = "en"
) -> Conclusion:
    """The verdicts as of now, in a fixed number of statements; Missing for a draft or a stranger.

    What is still undecided counts as a gap, what was accepted as sufficient as met.
    """
    digest, brief, profiles, question_ids = _sent(session, organisation_id, rfi_id)
    bank = bank_of(session, digest)
    review = standing.review(session, organisation_id, rfi_id)
    tried = offering.trials(session, rfi_id, bank)
    opened = review.lock is not None and review.lock.opened_at is not None
    demanded = frozen_set(session, rfi_id, bank)
    basis = Basis(
        bank=bank,
        brief=brief,
        profiles=tuple(profiles),
        requirements=_asked_of(demanded.requirements, frozenset(question_ids)),
        on=now.date(),
        selection=frozenset(question_ids),
        prices_open=opened,
        measured_csat=tried.own_csat,
        language=language,
    )
    basis = demanded.weighting.on(basis)
    return _concluded(session, rfi_id, basis, review, tried)


def _concluded(
    session: Session, rfi_id: UUID, basis: Basis, review: Review, tried: Tried
) -> Conclusion:
    asked = _asked(session, rfi_id)
    vendors, own = _parted(asked)
    covered = review.lock.covers if basis.prices_open and review.lock else ()
    names = {one.id: one.vendor for one in asked if one.state == "submitted"}
    own_id = own.id if own else None
    found, waivers = offering.offers(session, basis, names, tried, covered, own_id)
    offers = [one for one in found if not one.in_house]
    verdicts, own_verdict = _reached(basis, found)
    options = [one.option for one in verdicts] if basis.prices_open else []
    passing = [one for one in (*verdicts, own_verdict) if one and one.eligible]
    return Conclusion(
        bank=basis.bank,
        currency=basis.terms.currency,
        on=basis.on,
        tiers=_by_tier(verdicts, basis),
        waivers=waivers,
        inhouse=basis.inhouse_cost,
        review=review,
        prices_open=basis.prices_open,
        close_call=close_call(options, basis.price_weight),
        level=level_at_the_top(options, basis.price_weight),
        efficient=efficient([one.place for one in passing]),
        fallback=fall_back(basis, offers, verdicts, own_verdict),
        missing=_named(vendors, "sent", "opened", "in_progress"),
        declined=_named(vendors, "declined"),
        inhouse_verdict=own_verdict,
        inhouse_state=own.state if own else "",
        basis=basis,
        offers={one.code: one for one in offers},
        inhouse_offer=next((one for one in found if one.in_house), None),
    )


def _sent(
    session: Session, organisation_id: UUID, rfi_id: UUID
) -> tuple[str, Mapping[str, Any], Sequence[str], Sequence[str]]:
    """Edition, brief, profiles and questions of the RFI as it was sent; Missing before that."""
    rfi = session.execute(
        sa.select(Rfi.edition_digest, Rfi.brief, Rfi.profiles, Rfi.question_ids).where(
            Rfi.id == rfi_id, Rfi.organisation_id == organisation_id, Rfi.sent_at.is_not(None)
        )
    ).one_or_none()
    if rfi is None:
        raise Missing(rfi_id)
    digest, brief, profiles, question_ids = rfi
    return digest, brief, profiles, question_ids


def _reached(basis: Basis, offers: Sequence[Offer]) -> tuple[tuple[Verdict, ...], Verdict | None]:
    """The verdicts on the vendors, and the one on the own team where it answered."""
    own = next((one for one in offers if one.in_house), None)
    try:
        found = reach_all(basis, [one for one in offers if one is not own])
        return found, reach_own_team(basis, own) if own else None
    except NoBaseProfile as fault:
        raise Refused(
            "No verdict can be reached: this RFI was sent without a base profile, so nothing says "
            "what weighs how much. Begin a new RFI and choose one."
        ) from fault


def _asked_of(requirements: Mapping[str, Requirement], asked: frozenset[str]) -> list[Requirement]:
    return [one for one in requirements.values() if one.question in asked]


def _asked(session: Session, rfi_id: UUID) -> list[_Asked]:
    """Everybody in the RFI by name, the own team among them."""
    rows = session.execute(
        sa.select(Assessment.id, Vendor.name, Assessment.state, Assessment.in_house)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(Assessment.rfi_id == rfi_id)
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return [_Asked(*row) for row in rows]


def _parted(asked: Sequence[_Asked]) -> tuple[list[_Asked], _Asked | None]:
    """The vendors, and the own team where it was asked."""
    own = next((one for one in asked if one.in_house), None)
    return [one for one in asked if one is not own], own


def _named(vendors: Sequence[_Asked], *states: str) -> tuple[str, ...]:
    return tuple(one.vendor for one in vendors if one.state in states)


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
