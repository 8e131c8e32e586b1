"""Which options nobody beats on both quality and cost, and whether the first place is one at all.

Brief 5.8: where several pass, the efficient set is shown, and no winner is made out of a
difference that lies within the interval of what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from questionnaire.core.cost import Figure
from questionnaire.core.truth import Unsure
from questionnaire.core.value import TIERS_IN_ORDER, Option, ordered, value_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option stands: quality from 0 to 100, adjusted cost in the buyer's currency."""

    code: str
    quality: Decimal | None
    cost: Figure


def efficient(places: Sequence[Place]) -> frozenset[str]:
    """The codes of those that no other one equals or beats on both, and beats on one.

    Who has no quality score or no known cost is neither in the set nor beats anybody. Of two that
    are alike in both, both are in it.
    """
    known = [
        (one.code, one.quality, one.cost)
        for one in places
        if one.quality is not None and not isinstance(one.cost, Unsure)
    ]
    return frozenset(
        code
        for code, quality, cost in known
        if not any(
            better >= quality and cheaper <= cost and (better > quality or cheaper < cost)
            for _, better, cheaper in known
        )
    )


def level_at_the_top(options: Sequence[Option], price_weight: Decimal) -> tuple[str, ...]:
    """The names of those of the best tier whose value cannot be told from that of the first.

    The interval of the quality is carried over to the value; the first is named first. Empty when
    there is a first place by more than the intervals, or nobody to compare it with.
    """
    tier = next((tier for tier in TIERS_IN_ORDER if any(one.tier == tier for one in options)), "")
    inside = ordered(options, tier, price_weight)
    if len(inside) < 2:
        return ()
    first, *others = inside
    own = _span(first, price_weight)
    level = [one.name for one in others if _touch(own, _span(one, price_weight))]
    return (first.name, *level) if level else ()


_Span = tuple[Decimal, Decimal]


def _span(one: Option, price_weight: Decimal) -> _Span | None:
    """The lowest and highest value; None where the value is not known."""
    if one.certainty is None:
        return None
    low, high = (
        value_of(end, one.utility, price_weight) for end in (one.certainty.low, one.certainty.high)
    )
    return None if isinstance(low, Unsure) or isinstance(high, Unsure) else (low, high)


def _touch(one: _Span | None, other: _Span | None) -> bool:
    """Whether they overlap; a value that is not known could be anywhere."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
