"""Figures as they are told: rounded, but never onto the limit that they miss, and put in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

_MOST_PLACES = 6


class _Figures(dict[str, object]):
    """Figures by name. An older edition may name one that is no longer worked out."""

    def __missing__(self, name: str) -> str:
        return "…"


def filled(text: str, figures: Mapping[str, object]) -> str:
    """The text with its figures put into the {braces}."""
    return text.format_map(_Figures(figures))


def rounded(figure: Decimal, limit: Decimal | None = None, places: int = 1) -> Decimal:
    """To so many decimal places, and more where it would look equal to the limit."""
    for more in range(places, _MOST_PLACES + 1):
        near = figure.quantize(Decimal(1).scaleb(-more), ROUND_HALF_EVEN)
        if limit is None or (near == limit) == (figure == limit):
            return near.normalize() + 0
    return figure


def percent(part: Decimal, whole: Decimal, limit: Decimal | None = None) -> Decimal:
    """The part in percent of the whole, which must not be 0."""
    return rounded(100 * part / whole, limit)


def cut(figure: Decimal, places: int) -> Decimal:
    """Without what stands behind so many decimal places: never better than it is."""
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_DOWN).normalize() + 0
