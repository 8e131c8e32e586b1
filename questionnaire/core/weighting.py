"""What a buyer weighs otherwise than the profiles do: sections, their floors, the price.

Brief 2.3 and 5.4 with the safer reading: every scored section keeps some weight, the section that
the profile puts first stays first or level with others (claim C16), a floor is only raised, and
the price weighs at most 30 %.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from question_bank.model import Bank
from questionnaire.core.basis import Basis
from questionnaire.core.numbers import plain_number
from questionnaire.core.phrases import reader, worded
from questionnaire.core.scoring import floors, section_weights
from questionnaire.core.value import MOST_PRICE_WEIGHT

LEAST_WEIGHT, MOST_WEIGHT = Decimal(1), Decimal(50)
MOST_FLOOR = 100
#: A figure with more is nobody's weight, and could be too long to work with.
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Weighting:
    """Only what differs from the profiles; `price_weight` is a share of 1, None: as usual."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    price_weight: Decimal | None = None

    def __bool__(self) -> bool:
        return bool(self.weights or self.floors or self.price_weight is not None)

    def on(self, basis: Basis) -> Basis:
        """The basis weighed like this."""
        return replace(
            basis,
            weights=self.weights or None,
            floors=self.floors or None,
            price_weight=basis.price_weight if self.price_weight is None else self.price_weight,
        )

    def to_document(self) -> dict[str, Any] | None:
        """As JSON; None where nothing differs."""
        if not self:
            return None
        return {
            "weights": {name: plain_number(one) for name, one in sorted(self.weights.items())},
            "floors": dict(sorted(self.floors.items())),
            "price_weight": None if self.price_weight is None else plain_number(self.price_weight),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any] | None) -> Weighting:
        """What `to_document` gave; ValueError for anything else."""
        if document is None:
            return AS_PROFILED
        try:
            price = document.get("price_weight")
            return cls(
                {str(name): _finite(one) for name, one in document["weights"].items()},
                {str(name): int(_finite(one)) for name, one in document["floors"].items()},
                None if price is None else _finite(price),
            )
        except (AttributeError, InvalidOperation, KeyError, TypeError) as fault:
            raise ValueError("This is no weighting.") from fault

    def lowers(self, before: Weighting) -> bool:
        """Whether a floor that was raised before would come down again."""
        return any(self.floors.get(name, 0) < floor for name, floor in before.floors.items())

    def faults(self, bank: Bank, profiles: Collection[str]) -> dict[str, str]:
        """What the brief does not allow, by control, each in a sentence."""
        usual, least = section_weights(bank, profiles), floors(bank, profiles)
        found = {}
        for name, weight in self.weights.items():
            if name not in usual or not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
                found[f"weight-{name}"] = worded(
                    "A weight lies between {least} and {most}: no section counts for nothing, and "
                    "none for everything.",
                    least=plain_number(LEAST_WEIGHT, reader()),
                    most=plain_number(MOST_WEIGHT, reader()),
                )
        for name, floor in self.floors.items():
            if name not in least or not least[name] <= floor <= MOST_FLOOR:
                found[f"floor-{name}"] = worded(
                    "A floor lies between {least}, which the profiles ask for, and {most}: what is "
                    "protected can be protected more, never less.",
                    least=least.get(name, MOST_FLOOR),
                    most=MOST_FLOOR,
                )
        if self.price_weight is not None and not 0 <= self.price_weight <= MOST_PRICE_WEIGHT:
            found["price_weight"] = worded(
                "The price weighs between 0 and 30 %: never more (it is not the verdict)."
            )
        return found or self._order(bank, usual)

    def _order(self, bank: Bank, usual: Mapping[str, Decimal]) -> dict[str, str]:
        """The section that the profile puts first is not outweighed."""
        weights = {**usual, **self.weights}
        first = max(usual, key=lambda name: usual[name])
        if weights[first] >= max(weights.values()):
            return {}
        title = bank.sections_by_id[first].title.text(reader())
        return {
            f"weight-{first}": worded(
                "“{title}” carries the largest weight, or one as large as any other: your profile "
                "puts it first.",
                title=title,
            )
        }


def _finite(value: object) -> Decimal:
    """A number that can be compared; ValueError for any other."""
    number = Decimal(str(value))
    if not number.is_finite() or number.adjusted() > MOST_DIGITS:
        raise ValueError("This is no number.")
    return number


AS_PROFILED = Weighting()
