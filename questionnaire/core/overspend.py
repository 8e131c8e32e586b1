"""By how much an option is over the budget, or dearer than the own team, in a month (brief 5.8).

The month is the buyer's own forecast of contacts. Nothing is known of it while prices are sealed.
"""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.values import Money
from questionnaire.core.basis import Basis
from questionnaire.core.cost import Figure
from questionnaire.core.exchange import in_currency
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Overspend:
    """What one eligible option costs beyond the ceiling and beyond the own team.

    Amounts in the buyer's currency; negative where the option costs less.
    """

    code: str
    name: str
    hour: Figure
    #: Over the ceiling, per productive hour and per month.
    over_hour: Figure
    over_month: Figure
    #: Beyond what the own team costs for the same contacts in a month.
    beyond_own: Figure


def overspend(basis: Basis, verdict: Verdict) -> Overspend:
    """The figures of one option; Unsure with a reason where an operand is missing."""
    cost, own = verdict.cost, basis.inhouse_cost
    month = _times(cost.contact, _contacts(basis))
    over_hour = _minus(cost.hour, ceiling(basis))
    return Overspend(
        verdict.code,
        verdict.name,
        cost.hour,
        over_hour,
        _times(over_hour, _divided(month, cost.hour, basis)),
        _times(_minus(cost.contact, own.contact), _contacts(basis)),
    )


def ceiling(basis: Basis) -> Figure:
    """What a productive hour may cost by the buyer's brief, in the buyer's currency."""
    stated = basis.case.stated("budget_rate")
    if isinstance(stated, Unsure):
        return stated
    if isinstance(stated, Money):
        return in_currency(stated, basis.terms.currency, basis.rates, basis.language)
    found = number_of(stated)
    return Unsure(say(basis.language, "your budget is no amount")) if found is None else found


def is_over_budget(basis: Basis, verdict: Verdict) -> bool:
    """Whether it is known that the option costs more than the ceiling."""
    over = _minus(verdict.cost.hour, ceiling(basis))
    return not isinstance(over, Unsure) and over > 0


def _contacts(basis: Basis) -> Figure:
    found = basis.terms.monthly_contacts
    if found is None:
        return Unsure(say(basis.language, "your brief states no contacts a month"))
    return found


def _minus(one: Figure, other: Figure) -> Figure:
    if isinstance(one, Unsure):
        return one
    return other if isinstance(other, Unsure) else one - other


def _times(one: Figure, other: Figure) -> Figure:
    if isinstance(one, Unsure):
        return one
    return other if isinstance(other, Unsure) else one * other


def _divided(one: Figure, other: Figure, basis: Basis) -> Figure:
    if isinstance(one, Unsure):
        return one
    if isinstance(other, Unsure):
        return other
    if not other:
        return Unsure(say(basis.language, "it would be divided by nothing"))
    return one / other
