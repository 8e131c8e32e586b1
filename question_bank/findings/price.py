"""Warnings about the price of this option alone; none of them is ever counted (brief 3.1)."""

from __future__ import annotations

from decimal import Decimal

from question_bank.findings.continuity import primaries
from question_bank.findings.facts import Facts
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.people import attrition, leaves_faster
from question_bank.findings.reasoning import guess
from question_bank.findings.registry import finding
from question_bank.truth import all_true, any_true
from question_bank.values import Money

INCLUDED = "price.included"
_ESSENTIALS = ("team_lead", "quality", "planning", "refill_training")
_FLOORS = "labour_floor_usd_per_productive_hour"


def hour(facts: Facts) -> Money:
    """The cost of one productive hour of this option."""
    return facts.known_fact(facts.given.own.hour, "no_hour")


def _is_under(facts: Facts, part: Decimal, other: Money) -> bool:
    """Whether the hour costs less than this part of the other amount."""
    return facts.amount(hour(facts), other.currency) < part * other.amount


@finding("low-price-high-attrition", "p a")
def is_cheap_and_leaves(facts: Facts) -> Outcome:
    """Under 60 % of the own team's hour, and over 40 % of the agents leave a year (brief 3.1)."""
    cheap = guess(lambda: _is_under(facts, Decimal("0.6"), facts.buyer("inhouse.rate", Money)))
    truth = all_true((cheap, guess(leaves_faster, facts, Decimal(40))))
    return told(truth, lambda: {"p": hour(facts), "a": attrition(facts)})


@finding("abnormally-low-price", "p f")
def is_below_labour_cost(facts: Facts) -> Outcome:
    """The hour costs less than labour plausibly does where a primary site is (brief 3.1).

    The buyer's own floor comes before the policy's; a country without either leaves it open. Of
    several the highest floor that it misses is told.
    """
    countries = sorted({site.text("country") for site in primaries(facts)})
    below = {one: guess(_is_below_floor, facts, one) for one in countries}
    missed = [_floor(facts, one) for one, truth in below.items() if truth is True]
    return told(
        any_true(below.values()),
        lambda: {
            "p": hour(facts),
            "f": max(missed, key=lambda one: facts.amount(one, hour(facts).currency)),
        },
    )


def _is_below_floor(facts: Facts, country: str) -> bool:
    return _is_under(facts, Decimal(1), _floor(facts, country))


def _floor(facts: Facts, country: str) -> Money:
    own = facts.given.labour_floors.get(country)
    found = facts.policy_for(_FLOORS, country)
    if own is None and not isinstance(found, Decimal):
        raise facts.not_known("no_floor", country=facts.voice.country(country))
    return own or Money(Decimal(str(found)), "USD")


@finding("hidden-extras", "list")
def leaves_essentials_out(facts: Facts) -> Outcome:
    """Two essentials or more are not included in the price (brief 3.1)."""
    included = facts.codes(INCLUDED)
    missing = [one for one in _ESSENTIALS if one not in included]
    labels = [facts.label(INCLUDED, one).lower() for one in missing]
    return told(len(missing) >= 2, lambda: {"list": facts.voice.listed(labels)})


@finding("over-budget", "p b")
def is_over_budget(facts: Facts) -> Outcome:
    """The hour costs more than the buyer's ceiling (brief 3.1)."""
    ceiling = facts.buyer("budget_rate", Money)
    over = facts.amount(hour(facts), ceiling.currency) > ceiling.amount
    return told(over, lambda: {"p": hour(facts), "b": ceiling})
