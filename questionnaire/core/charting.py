"""Where things stand in a chart: scales, ticks, labels that keep clear of each other.

Lengths are units of the drawing (one is a pixel at its natural size), x to the right and y down.
Nothing here knows what is drawn, or in which format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from questionnaire.core.numbers import show_number

#: How wide a letter is beside its height, on average, in the sans serif faces that people have.
_LETTER = 0.56
#: Steps that people count in, times a power of ten.
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps figures from `low` to `high` onto places from `start` to `end` (which may be less)."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def at(self, figure: Decimal) -> float:
        """The place of a figure to a tenth; what lies outside stands at the nearer end."""
        if self.high <= self.low:
            return round((self.start + self.end) / 2, 1)
        share = float((figure - self.low) / (self.high - self.low))
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """One figure on an axis, in words, and where it stands."""

    word: str
    at: float


def round_ticks(low: Decimal, high: Decimal, most: int = 5) -> tuple[Decimal, ...]:
    """At most `most` and at least two round figures, evenly apart, that enclose low and high."""
    if high <= low:
        high = low + 1
    for step in _steps((high - low) / max(most - 1, 1)):
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first < most:
            return tuple((first + n) * step for n in range(int(last - first) + 1))
    raise AssertionError("one of the growing steps is wide enough")


def _steps(least: Decimal) -> Sequence[Decimal]:
    """Round steps from `least` upwards."""
    power = Decimal(1).scaleb(least.adjusted())
    return [
        one * power * ten for ten in (1, 10, 100) for one in _STEPS if one * power * ten >= least
    ]


def ticks_of(scale: Scale, figures: Sequence[Decimal], language: str) -> tuple[Tick, ...]:
    return tuple(Tick(show_number(one, language), scale.at(one)) for one in figures)


def width_of(text: str, size: float) -> float:
    """About how much room a text takes at a size of letters."""
    return len(text) * size * _LETTER


def fitted(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it would not fit."""
    most = max(int(room / (size * _LETTER)), 2)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def wrapped(text: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most `most` lines, broken between words; the last is cut where it must be."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = [words.pop(0)]
        while words and width_of(" ".join((*taken, words[0])), size) <= room:
            taken.append(words.pop(0))
        lines.append(fitted(" ".join(taken), room, size))
    if words:
        lines.append(fitted(" ".join(words), room, size))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of something that is drawn, and how far it reaches to each side."""

    x: float
    y: float
    reach: float = 7.0

    def clear_of(self, other: Spot) -> bool:
        room = self.reach + other.reach
        return abs(self.x - other.x) >= room or abs(self.y - other.y) >= room


def label_spots(
    marks: Sequence[Spot], *, width: float, height: float, reach: float = 7.0
) -> tuple[Spot, ...]:
    """A place for one short label beside each mark, clear of all marks and labels if it can be.

    Labels stay inside of a field of this width and height; where none of the places is clear it
    is the one to the right, or to the left at the field's edge.
    """
    found: list[Spot] = []
    for mark in marks:
        away = mark.reach + reach
        places = [
            Spot(round(mark.x + x * away * far, 1), round(mark.y + y * away * far, 1), reach)
            for far in (1.0, 1.7, 2.4)
            for x, y in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
        ]
        inside = [
            one
            for one in places
            if reach <= one.x <= width - reach and reach <= one.y <= height - reach
        ]
        clear = [one for one in inside if all(one.clear_of(other) for other in (*marks, *found))]
        found.append((clear or inside or places)[0])
    return tuple(found)
