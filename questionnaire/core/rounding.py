"""Figures as they are told: amounts to a hundredth, scores and shares to a tenth."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

#: More digits than any quotient of answers has before the point.
_WIDE = Context(prec=2000)


def rounded(number: Decimal, places: int) -> Decimal:
    """Half goes up, away from zero, as people round money."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def cut(number: Decimal, places: int) -> Decimal:
    """Towards zero: for a share that must not be told as the whole while something is missing."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_DOWN, _WIDE)


def cents(amount: Decimal) -> Decimal:
    return rounded(amount, 2)


def tenth(number: Decimal) -> Decimal:
    return rounded(number, 1)
