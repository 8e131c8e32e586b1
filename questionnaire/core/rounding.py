"""Figures as they are told: amounts to a hundredth, scores and shares to a tenth."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

#: More digits than any quotient of answers has before the point.
_WIDE = Context(prec=2000)


def rounded(number: Decimal, places: int) -> Decimal:
    """Half goes up, away from zero, as people round money."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def cents(amount: Decimal) -> Decimal:
    return rounded(amount, 2)


def tenth(number: Decimal) -> Decimal:
    return rounded(number, 1)
