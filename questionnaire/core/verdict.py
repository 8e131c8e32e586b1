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
from question_bank.values import Money
from questionnaire.core import offered, standing
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case import Case
from questionnaire.core.certainty import Certainty, certainty_of
from questionnaire.core.conditions import doubtful_questions, open_case
from questionnaire.core.cost import Cost, Figure
from questionnaire.core.counting import not_asked
from questionnaire.core.efficiency import Place
from questionnaire.core.findings import Finding, find
from questionnaire.core.gaps import Judgement, judge
from questionnaire.core.phrases import say
from questionnaire.core.scoring import Quality, score
from questionnaire.core.shore import Shore
from questionnaire.core.tiers import Tier, Tiering
from questionnaire.core.trial import Outcome, judge_trial
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
    return _reach(basis, offer, others=None)


def reach_all(basis: Basis, offers: Sequence[Offer]) -> tuple[Verdict, ...]:
    """The verdicts on all vendors, in their order, with the findings that compare them."""
    alone = [reach(basis, offer) for offer in offers]
    options = [_as_given(one, basis) for one in alone]
    return tuple(
        replace(verdict, findings=_find(basis, offer, verdict.trial, own, others))
        for offer, verdict, own, others in (
            (offers[n], alone[n], options[n], (*options[:n], *options[n + 1 :], _inhouse(basis)))
            for n in range(len(offers))
        )
    )


def _reach(basis: Basis, offer: Offer, others: tuple[given.Option, ...] | None) -> Verdict:
    case = _case(basis, offer)
    judgements = judge(
        basis.bank, basis.requirements, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection,
        accepted_not_applicable=offer.accepted_not_applicable, assured=offer.assured,
        language=basis.language,
    )  # fmt: skip
    judgements = tuple(_settled(one, offer, basis.language) for one in judgements)
    trial = judge_trial(
        offer.trial, basis.bank.scorecard, basis.base_profile,
        inhouse_csat=basis.inhouse_csat, rto_hours=basis.stated("rto_hours"),
        language=basis.language,
    )  # fmt: skip
    rescored = partial(
        score, basis.bank, basis.profiles, trial_score=trial.score,
        waived=offer.waived, doubtful=doubtful_questions(case),
    )  # fmt: skip
    quality = rescored(judgements)
    certainty = certainty_of(quality, trial, judgements, rescored)
    cost = offered.cost(basis, offer, case, trial)
    shore = offered.shore(basis, offer, case)
    own = _own(offer.name, shore, quality, cost, basis)
    findings = _find(basis, offer, trial, own, others)
    tier = Tiering(
        basis.bank, basis.profiles, judgements, findings, quality, trial,
        offer.waived, not_asked(findings, case), basis.contract_start, basis.language,
    ).decide()  # fmt: skip
    utility = price_utility(basis.inhouse_cost.adjusted, cost.adjusted, basis.language)
    utility, value = _worth(tier, quality, utility, basis)
    return Verdict(
        offer.code, offer.name, tier, judgements, findings, trial, quality, certainty, cost,
        utility, value, shore, standing.seat_share(case), standing.rank(case),
        standing.availability(case),
    )  # fmt: skip


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


def _worth(tier: Tier, quality: Quality, utility: Figure, basis: Basis) -> tuple[Figure, Figure]:
    """P and V, which nobody has who is not eligible (brief 5.4)."""
    if tier.name == "not_eligible":
        none = Unsure(say(basis.language, "who is not eligible has gaps, not a rank"))
        return none, none
    return utility, value_of(quality.quality, utility, basis.price_weight)


def _find(
    basis: Basis,
    offer: Offer,
    trial: Outcome,
    own: given.Option,
    others: tuple[given.Option, ...] | None,
) -> tuple[Finding, ...]:
    return find(
        basis.bank, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection, profiles=basis.profiles,
        accepted_not_applicable=offer.accepted_not_applicable, language=basis.language,
        extra=given.Given(
            vendor=offer.name,
            requirements=tuple(basis.requirements),
            evidenced=offer.evidenced,
            trial=_trial(offer, trial),
            no_conflict=offer.no_conflict,
            own=own,
            others=others,
            preferred=offer.preferred,
            rates=_rates(basis),
            prices_open=basis.prices_open,
        ),
    )  # fmt: skip


def _trial(offer: Offer, outcome: Outcome) -> given.Trial:
    """What was measured; a figure of too few calls is none."""
    if offer.trial is None or not outcome.enough:
        return given.Trial(completed=outcome.held)
    return given.Trial(outcome.held, offer.trial.fcr, offer.trial.csat, offer.trial.aht)


def _own(name: str, shore: Shore, quality: Quality, cost: Cost, basis: Basis) -> given.Option:
    return given.Option(
        name=name,
        shore=None if isinstance(shore.type, Unsure) else shore.type,
        quality=quality.quality,
        hour=_money(cost.hour, basis),
        adjusted=_money(cost.adjusted, basis),
    )


def _as_given(verdict: Verdict, basis: Basis) -> given.Option:
    own = _own(verdict.name, verdict.shore, verdict.quality, verdict.cost, basis)
    return replace(own, eligible=verdict.eligible, tier=verdict.tier.name)


def _inhouse(basis: Basis) -> given.Option:
    cost = basis.inhouse_cost
    return given.Option(
        name=say(basis.language, "Your own team"),
        shore="in_house",
        hour=_money(cost.hour, basis),
        adjusted=_money(cost.adjusted, basis),
    )


def _money(figure: Figure, basis: Basis) -> Money | None:
    return None if isinstance(figure, Unsure) else Money(figure, basis.terms.currency)


def _rates(basis: Basis) -> tuple[given.DatedRate, ...]:
    if basis.rates is None:
        return ()
    return tuple(
        given.DatedRate(currency, basis.rates.to, worth, basis.rates.on)
        for currency, worth in basis.rates.worth.items()
    )
