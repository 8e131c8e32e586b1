"""Shifts as minutes of the week: half-open, past midnight, and from Sunday into Monday."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
WEEK = 7 * _DAY
_FULL = (1 << WEEK) - 1


def covered(start: time, end: time, days: Collection[str]) -> int:
    """The minutes of one shift on its days, as a set of bits; a day is the one it starts on.

    An end before the start lies after midnight. An end equal to the start is a whole day, since
    24:00 is kept as 00:00 and nobody rosters a shift of no minutes.
    """
    begin, stop = _minute(start), _minute(end)
    length = (stop - begin) % _DAY or _DAY
    minutes = 0
    for number, day in enumerate(DAYS):
        if day in days:
            minutes |= ((1 << length) - 1) << (number * _DAY + begin)
    return (minutes | minutes >> WEEK) & _FULL


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
