"""What the findings about one vendor are told besides its answers and the brief."""

from __future__ import annotations

from collections.abc import Collection

from question_bank.findings import given
from question_bank.findings.looking import AT_OPTIONS
from question_bank.model import Bank
from question_bank.values import Money
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.cost import Cost, Figure
from questionnaire.core.findings import Finding, find
from questionnaire.core.phrases import say
from questionnaire.core.scoring import Quality
from questionnaire.core.shore import Shore
from questionnaire.core.trial import Outcome
from questionnaire.core.truth import Unsure


def find_for(
    basis: Basis,
    offer: Offer,
    trial: Outcome,
    own: given.Option,
    others: tuple[given.Option, ...] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """The findings about one vendor, or `only` these; without `others` nothing is compared."""
    found = find(
        basis.bank, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection, profiles=basis.profiles,
        accepted_not_applicable=offer.accepted_not_applicable, language=basis.language,
        only=only,
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
    return _of_own_team(found, basis.bank) if offer.in_house else found


def _of_own_team(found: tuple[Finding, ...], bank: Bank) -> tuple[Finding, ...]:
    """Without the findings about prices, and those that look at what only vendors are asked."""
    strange = AT_OPTIONS | {
        one.id
        for one in bank.findings
        if one.kind == "warning" or bank.vendors_only.intersection(one.questions)
    }
    return tuple(one for one in found if one.id not in strange)


def _trial(offer: Offer, outcome: Outcome) -> given.Trial:
    """What was measured; a figure of too few calls is none."""
    if offer.trial is None or not outcome.enough:
        return given.Trial(completed=outcome.held)
    return given.Trial(outcome.held, offer.trial.fcr, offer.trial.csat, offer.trial.aht)


def own_option(name: str, shore: Shore, quality: Quality, cost: Cost, basis: Basis) -> given.Option:
    """The vendor as an option, in figures that its own answers give."""
    return given.Option(
        name=name,
        shore=None if isinstance(shore.type, Unsure) else shore.type,
        quality=quality.quality,
        hour=_money(cost.hour, basis),
        adjusted=_money(cost.adjusted, basis),
    )


def inhouse_option(basis: Basis) -> given.Option:
    """The own team as an option."""
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
