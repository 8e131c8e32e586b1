"""Warnings that compare this option with the others of the round; none is counted (brief 3.1)."""

from __future__ import annotations

from decimal import Decimal

from question_bank.findings.facts import Facts
from question_bank.findings.given import Option
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.price import hour
from question_bank.findings.reasoning import guess
from question_bank.findings.registry import finding
from question_bank.truth import Truth, all_true, any_true
from question_bank.values import Money

_TIERS = ("not_eligible", "conditional", "recommended")
_DEARER = Decimal("1.25")


def others(facts: Facts) -> tuple[Option, ...]:
    """The other options of the round by name; () when there is none."""
    known = facts.known_fact(facts.given.others, "no_others")
    return tuple(sorted(known, key=lambda one: one.name))


def _hour(facts: Facts, option: Option) -> Money:
    return facts.known_fact(option.hour, "no_hour")


def _adjusted(facts: Facts, option: Option) -> Money:
    return facts.known_fact(option.adjusted, "no_adjusted")


@finding("cheap-hour-dear-resolution", "p x o q y")
def is_dear_by_the_result(facts: Facts) -> Outcome:
    """Another option's hour costs a quarter more, and its solved contact less (brief 3.1).

    Of several such options one that passes the gate is told before others, and of those the one
    with the cheapest solved contact: nobody is pointed to whom gaps keep out while another does.
    """
    own = facts.given.own

    def beats(option: Option) -> Truth:
        return all_true((guess(_is_dearer, facts, option), guess(_resolves_cheaper, facts, option)))

    truth = any_true(beats(one) for one in others(facts))
    better = [one for one in others(facts) if beats(one) is True]

    def figures() -> dict[str, Money | str]:
        best = min(
            better,
            key=lambda one: (
                one.eligible is not True, _in_own(facts, _adjusted(facts, one)), one.name,
            ),
        )  # fmt: skip
        return {
            "p": hour(facts), "x": _adjusted(facts, own), "o": best.name,
            "q": _hour(facts, best), "y": _adjusted(facts, best),
        }  # fmt: skip

    return told(truth, figures)


def _in_own(facts: Facts, money: Money) -> Decimal:
    """The amount in the currency of this option's hour."""
    return facts.amount(money, hour(facts).currency)


def _is_dearer(facts: Facts, option: Option) -> bool:
    return _in_own(facts, _hour(facts, option)) >= _DEARER * hour(facts).amount


def _resolves_cheaper(facts: Facts, option: Option) -> bool:
    own = _adjusted(facts, facts.given.own)
    return facts.amount(_adjusted(facts, option), own.currency) < own.amount


@finding("price-only-order")
def is_chosen_on_price_alone(facts: Facts) -> Outcome:
    """The option marked as preferred is the cheapest, and another has a better tier (brief 3.1).

    Cheapest by the productive hour; an equal price is cheapest too.
    """
    preferred = guess(facts.known_fact, facts.given.preferred, "no_preference")
    cheapest = all_true(
        guess(lambda one=one: _in_own(facts, _hour(facts, one)) >= hour(facts).amount)
        for one in others(facts)
    )
    better = any_true(guess(_has_better_tier, facts, one) for one in others(facts))
    return told(all_true((preferred, cheapest, better)))


def _has_better_tier(facts: Facts, option: Option) -> bool:
    return _tier(facts, option) > _tier(facts, facts.given.own)


def _tier(facts: Facts, option: Option) -> int:
    tier = facts.known_fact(option.tier, "no_tier")
    if tier not in _TIERS:
        raise facts.not_known("no_tier")
    return _TIERS.index(tier)


@finding("nearshore-not-middle", "how")
def is_no_middle_way(facts: Facts) -> Outcome:
    """A nearshore option that is worse than an eligible offshore one or dearer than onshore.

    (Brief 3.1.) Scores compare only where both are eligible: others are told no score. Dearer means
    than the cheapest onshore hour. Without an option to compare with it is neither.
    """
    own = facts.given.own
    near = guess(lambda: facts.known_fact(own.shore, "no_shore") == "nearshore")
    worse = any_true(_is_worse(facts, one) for one in others(facts))
    dearer = any_true(_is_cheaper_onshore(facts, one) for one in others(facts))
    how = [name for name, truth in (("worse", worse), ("dearer", dearer)) if truth is True]
    return told(
        all_true((near, any_true((worse, dearer)))),
        lambda: {"how": facts.voice.listed(map(facts.phrase, how))},
    )


def _lies(facts: Facts, option: Option, shore: str) -> bool:
    return facts.known_fact(option.shore, "no_shore") == shore


def _is_worse(facts: Facts, option: Option) -> Truth:
    def has_more_quality() -> bool:
        own = facts.known_fact(facts.given.own.quality, "no_quality")
        return facts.known_fact(option.quality, "no_quality") > own

    eligible = all_true(
        guess(facts.known_fact, one.eligible, "no_tier") for one in (facts.given.own, option)
    )
    return all_true((guess(_lies, facts, option, "offshore"), eligible, guess(has_more_quality)))


def _is_cheaper_onshore(facts: Facts, option: Option) -> Truth:
    def costs_less() -> bool:
        return _in_own(facts, _hour(facts, option)) < hour(facts).amount

    return all_true((guess(_lies, facts, option, "onshore"), guess(costs_less)))
