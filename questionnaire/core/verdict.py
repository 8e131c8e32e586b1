"""The verdict on a vendor: tier, gates, scores and cost, computed from what was answered.

The same answers and versions give the same verdict, on the day that is an input (invariant I9).
Nothing of another vendor enters a tier, a score or a price utility (I3): what compares options is
found afterwards and is only shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from question_bank.findings import given
from question_bank.findings.looking import AT_OPTIONS, AT_REQUIREMENTS
from question_bank.model import Requirement
from questionnaire.core import offered, standing
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case import Case
from questionnaire.core.certainty import Certainty, certainty_of
from questionnaire.core.conditions import doubtful_questions, open_case
from questionnaire.core.cost import Cost, Figure
from questionnaire.core.counting import not_asked
from questionnaire.core.efficiency import Place
from questionnaire.core.facts_given import find_for, inhouse_option, own_option
from questionnaire.core.findings import Finding
from questionnaire.core.gaps import Judgement, judge
from questionnaire.core.phrases import say
from questionnaire.core.scoring import Quality, score
from questionnaire.core.shore import Shore
from questionnaire.core.tiers import Tier, Tiering
from questionnaire.core.trial import Outcome, Trial, judge_trial
from questionnaire.core.truth import Unsure
from questionnaire.core.value import Option, price_utility, value_of


@dataclass(frozen=True)
class Verdict:
    """Everything that is said about one vendor. What is Unsure tells why."""

    code: str
    name: str
    tier: Tier
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    trial: Outcome
    quality: Quality
    #: How far the quality score may be off; None where there is none.
    certainty: Certainty | None
    cost: Cost
    utility: Figure
    value: Figure
    shore: Shore
    seat_share: Decimal | Unsure
    rank: tuple[int, int] | Unsure
    availability: Decimal | Unsure
    #: What the trial came to that was failed before, where the one that counts is its repeat.
    first_trial: Outcome | None = None

    @property
    def eligible(self) -> bool:
        return self.tier.name != "not_eligible"

    @property
    def option(self) -> Option:
        """As the order inside its tier needs it."""
        return Option(
            self.code, self.name, self.tier.name, self.quality, self.trial.score, self.utility,
            self.certainty,
        )  # fmt: skip

    @property
    def place(self) -> Place:
        """As the efficient set needs it."""
        return Place(self.code, self.quality.quality, self.cost.adjusted)


def reach(basis: Basis, offer: Offer) -> Verdict:
    """The verdict on one vendor, whoever else takes part."""
    case = _case(basis, offer)
    judgements = hold(basis, offer, basis.requirements)
    trial, first = _tried(basis, offer.trial), None
    if offer.first_trial is not None:
        first = _tried(basis, offer.first_trial)
        if first.result != "hard_fail":
            # Only a trial that was failed is repeated (brief 4.4): nobody tries until it suits.
            trial, offer = first, replace(offer, trial=offer.first_trial)
    quality, certainty = _quality(basis, offer, case, judgements, trial)
    cost = offered.cost(basis, offer, case, trial)
    shore = offered.shore(basis, offer, case)
    own = own_option(offer.name, shore, quality, cost, basis)
    findings = find_for(basis, offer, trial, own)
    tier = _tier(basis, offer, case, judgements, findings, quality, trial)
    utility, value = _worth(tier, quality, cost, basis, offer)
    return Verdict(
        offer.code, offer.name, tier, judgements, findings, trial, quality, certainty, cost,
        utility, value, shore, standing.seat_share(case), standing.rank(case),
        standing.availability(case), first,
    )  # fmt: skip


def counted(offer: Offer, verdict: Verdict) -> Offer:
    """The offer with the trial that its verdict was reached on, the first or its repeat."""
    first = verdict.first_trial
    if first is None or first.result == "hard_fail":
        return offer
    return replace(offer, trial=offer.first_trial)


def reach_all(basis: Basis, offers: Sequence[Offer]) -> tuple[Verdict, ...]:
    """The verdicts on all vendors, in their order, with the findings that compare them."""
    return compared(basis, offers, [reach(basis, offer) for offer in offers])


def compared(
    basis: Basis, offers: Sequence[Offer], alone: Sequence[Verdict]
) -> tuple[Verdict, ...]:
    """The verdicts with the findings that compare them; no tier depends on these."""
    options = [_as_given(one, basis) for one in alone]
    inhouse = inhouse_option(basis)
    found = []
    for n, (offer, verdict) in enumerate(zip(offers, alone, strict=True)):
        others = (*options[:n], *options[n + 1 :], inhouse)
        fresh = find_for(basis, offer, verdict.trial, options[n], others, only=AT_OPTIONS)
        found.append(replace(verdict, findings=_renewed(verdict.findings, fresh)))
    return tuple(found)


def reach_again(
    basis: Basis,
    offer: Offer,
    before: Verdict,
    judgements: tuple[Judgement, ...],
) -> Verdict:
    """The verdict as other requirements make it, without what no requirement takes part in.

    `judgements` are those of `basis.requirements`, and `before` was reached on the same answers,
    trial and brief. What compares it with others is left for `compared`.
    """
    case, trial = _case(basis, offer), before.trial
    quality, certainty = _quality(basis, offer, case, judgements, trial)
    own = own_option(offer.name, before.shore, quality, before.cost, basis)
    fresh = find_for(basis, offer, trial, own, only=AT_REQUIREMENTS)
    findings = _renewed(before.findings, fresh)
    tier = _tier(basis, offer, case, judgements, findings, quality, trial)
    utility, value = _worth(tier, quality, before.cost, basis, offer)
    return replace(
        before, tier=tier, judgements=judgements, findings=findings, quality=quality,
        certainty=certainty, utility=utility, value=value,
    )  # fmt: skip


def hold(basis: Basis, offer: Offer, requirements: Sequence[Requirement]) -> tuple[Judgement, ...]:
    """These requirements held against one vendor, as its reviewers left them."""
    judgements = judge(
        basis.bank, requirements, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection,
        accepted_not_applicable=offer.accepted_not_applicable, assured=offer.assured,
        language=basis.language,
    )  # fmt: skip
    return tuple(_settled(one, offer, basis.language) for one in judgements)


def _renewed(held: Sequence[Finding], fresh: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with some of them worked out anew, in the order of the bank."""
    by_id = {one.id: one for one in fresh}
    return tuple(by_id.get(one.id, one) for one in held)


def _tried(basis: Basis, trial: Trial | None) -> Outcome:
    return judge_trial(
        trial, basis.bank.scorecard, basis.base_profile,
        inhouse_csat=basis.inhouse_csat, rto_hours=basis.stated("rto_hours"),
        language=basis.language,
    )  # fmt: skip


def _quality(
    basis: Basis, offer: Offer, case: Case, judgements: Sequence[Judgement], trial: Outcome
) -> tuple[Quality, Certainty | None]:
    rescored = partial(
        score, basis.bank, basis.profiles, trial_score=trial.score,
        waived=offer.waived, doubtful=doubtful_questions(case),
        own_weights=basis.weights, own_floors=basis.floors,
    )  # fmt: skip
    quality = rescored(judgements)
    return quality, certainty_of(quality, trial, judgements, rescored)


def _tier(
    basis: Basis,
    offer: Offer,
    case: Case,
    judgements: Sequence[Judgement],
    findings: Sequence[Finding],
    quality: Quality,
    trial: Outcome,
) -> Tier:
    return Tiering(
        basis.bank, basis.profiles, judgements, findings, quality, trial,
        offer.waived, offer.accepted, not_asked(findings, case),
        basis.contract_start, basis.language,
    ).decide()  # fmt: skip


def _settled(judgement: Judgement, offer: Offer, language: str) -> Judgement:
    """The judgement as reviewers left it: what they accepted as sufficient is met."""
    requirement = judgement.requirement
    if not judgement.is_gap or requirement.id not in offer.accepted or requirement.never_waivable:
        return judgement
    why = say(language, "{gap} Accepted by reviewers as sufficient.", gap=judgement.explanation)
    return Judgement(requirement, "met", why)


def _case(basis: Basis, offer: Offer) -> Case:
    return open_case(
        basis.bank, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection,
        accepted=offer.accepted_not_applicable, language=basis.language,
    )  # fmt: skip


def _worth(
    tier: Tier, quality: Quality, cost: Cost, basis: Basis, offer: Offer
) -> tuple[Figure, Figure]:
    """P and V, which nobody has who is not eligible (brief 5.4), nor what others compare with."""
    if offer.in_house:
        none = Unsure(say(basis.language, "the own team is what the others are compared with"))
        return none, none
    if tier.name == "not_eligible":
        none = Unsure(say(basis.language, "who is not eligible has gaps, not a rank"))
        return none, none
    utility = price_utility(basis.inhouse_cost.adjusted, cost.adjusted, basis.language)
    return utility, value_of(quality.quality, utility, basis.price_weight)


def _as_given(verdict: Verdict, basis: Basis) -> given.Option:
    own = own_option(verdict.name, verdict.shore, verdict.quality, verdict.cost, basis)
    return replace(own, eligible=verdict.eligible, tier=verdict.tier.name)
