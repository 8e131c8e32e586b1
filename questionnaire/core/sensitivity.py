"""Whether the first place would change with the weights: a close call (brief 5.4).

Each section weight is varied by a fifth both ways, together with the weight of the price at both
ends of its range: the safer reading, for a call that looks clear must be clear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from questionnaire.core.scoring import Quality, quality_of, section_quality
from questionnaire.core.value import MOST_PRICE_WEIGHT, TIERS_IN_ORDER, Option, ordered

VARIED_BY = Decimal("0.2")


def close_call(options: Sequence[Option], price_weight: Decimal) -> tuple[str, ...]:
    """The names of those who could come first in the best tier; empty when one always does."""
    best = _best_tier(options)
    if len(best) < 2:
        return ()
    first = ordered(best, best[0].tier, price_weight)[0]
    others = {
        leader.code: leader.name
        for weights in _weightings(best)
        for price in (Decimal(0), price_weight, MOST_PRICE_WEIGHT)
        for leader in ordered([_weighed(one, weights) for one in best], best[0].tier, price)[:1]
        if leader.code != first.code
    }
    return (first.name, *sorted(others.values())) if others else ()


def _best_tier(options: Sequence[Option]) -> list[Option]:
    for tier in TIERS_IN_ORDER:
        inside = [one for one in options if one.tier == tier]
        if inside:
            return inside
    return []


def _weightings(options: Sequence[Option]) -> Iterator[Mapping[str, Decimal]]:
    """The weights as they are, and with one of them a fifth larger or smaller."""
    plain = {one.section: one.weight for option in options for one in option.quality.sections}
    yield plain
    for name, weight in plain.items():
        yield plain | {name: weight * (1 + VARIED_BY)}
        yield plain | {name: weight * (1 - VARIED_BY)}


def _weighed(option: Option, weights: Mapping[str, Decimal]) -> Option:
    """The option with its quality as these weights make it."""
    sections = option.quality.sections
    overall = section_quality(sections, weights)
    quality = Quality(sections, overall, quality_of(overall, option.trial_score))
    return replace(option, quality=quality)
