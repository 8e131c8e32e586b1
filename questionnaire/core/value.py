"""What an option is worth beside its price, and the order inside a tier (brief 5.4).

The reference of the price is the buyer's own team, so no other option changes anybody's figure.
Only options of one tier are ever ordered, and those that are not eligible never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from questionnaire.core.certainty import Certainty
from questionnaire.core.cost import Figure
from questionnaire.core.phrases import say
from questionnaire.core.scoring import Quality
from questionnaire.core.truth import Unsure

USUAL_PRICE_WEIGHT, MOST_PRICE_WEIGHT = Decimal("0.20"), Decimal("0.30")
#: An option that saves this share of the in-house cost has the highest utility.
FULL_SAVING = Decimal("0.6")
#: Tiers whose options may be ordered, the best first.
TIERS_IN_ORDER = ("recommended", "conditional")


@dataclass(frozen=True, slots=True)
class Option:
    """One provider as far as the order needs it; `utility` is the one of its price."""

    code: str
    name: str
    tier: str
    quality: Quality
    trial_score: Decimal | None
    utility: Figure
    certainty: Certainty | None = None

    @property
    def eligible(self) -> bool:
        return self.tier != "not_eligible"


def price_utility(inhouse: Figure, option: Figure, language: str = "en") -> Figure:
    """P: 0 for what costs as much as in-house or more, 100 for 60 % less; from adjusted costs."""
    if isinstance(inhouse, Unsure):
        return inhouse
    if isinstance(option, Unsure):
        return option
    if inhouse <= 0:
        return Unsure(say(language, "the in-house cost is nothing to compare with"))
    saved = 100 * (inhouse - option) / (FULL_SAVING * inhouse)
    return min(max(saved, Decimal(0)), Decimal(100))


def value_of(quality: Decimal | None, utility: Figure, price_weight: Decimal) -> Figure:
    """V = (1 - p) x Q + p x P. ValueError for a price weight over what the brief allows."""
    if not 0 <= price_weight <= MOST_PRICE_WEIGHT:
        raise ValueError(f"The price weight lies between 0 and {MOST_PRICE_WEIGHT}.")
    if quality is None:
        return Unsure("")
    if not price_weight:
        return quality
    if isinstance(utility, Unsure):
        return utility
    return (1 - price_weight) * quality + price_weight * utility


def ordered(
    options: Sequence[Option], tier: str, price_weight: Decimal = USUAL_PRICE_WEIGHT
) -> tuple[Option, ...]:
    """The options of a tier that may be ordered, best first; unknown values last, then by name."""
    inside = [one for one in options if one.tier == tier and one.eligible]
    return tuple(sorted(inside, key=lambda one: _place(one, price_weight)))


def _place(one: Option, price_weight: Decimal) -> tuple[bool, Decimal, str, str]:
    value = value_of(one.quality.quality, one.utility, price_weight)
    unknown = isinstance(value, Unsure)
    return unknown, Decimal(0) if isinstance(value, Unsure) else -value, one.name, one.code
