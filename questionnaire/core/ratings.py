"""What many marks come to: means with their spread, and how far raters agree.

The calls are what is counted, not the raters: two people who heard the same call are no second
sample of the service. The marks of one call are averaged first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from questionnaire.core.trial import Trial, interval_of

#: Classes of errors that no mark makes good; the last is held against the provider by itself.
CRITICAL_CLASSES = ("customer", "business", "compliance")
COMPLIANCE = CRITICAL_CLASSES[-1]
#: Raters agree well enough up to this mean difference; from `APART` on they talk about a call.
GOOD_DIFFERENCE = Decimal("0.5")
APART = 2


@dataclass(frozen=True, slots=True)
class Rated:
    """One rater's finished marks on one call, without what the call gave no occasion to see."""

    call: str
    rater: str
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mean:
    """A criterion over the calls in which it was seen.

    `spread` is the standard deviation between calls, None for fewer than two; `interval` is half
    the width of the 95 % interval around the mean.
    """

    n: int
    mean: Decimal
    spread: Decimal | None
    interval: Decimal | None


@dataclass(frozen=True, slots=True)
class Apart:
    """One criterion of one call on which raters differ by two points or more."""

    call: str
    criterion: str
    marks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree: over so many `pairs` of marks, the mean absolute `difference`."""

    pairs: int
    difference: Decimal | None
    apart: tuple[Apart, ...]

    @property
    def good(self) -> bool:
        return self.difference is not None and self.difference <= GOOD_DIFFERENCE


def means(ratings: Iterable[Rated], criteria: Sequence[str]) -> dict[str, Mean]:
    """By criterion; one that nobody saw is absent."""
    by_call: dict[str, dict[str, list[int]]] = {}
    for one in ratings:
        for criterion, mark in one.marks.items():
            by_call.setdefault(criterion, {}).setdefault(one.call, []).append(mark)
    return {
        criterion: _mean([_average(marks) for marks in by_call[criterion].values()])
        for criterion in criteria
        if criterion in by_call
    }


def _average(marks: Sequence[int | Decimal]) -> Decimal:
    return Decimal(sum(marks)) / len(marks)


def _mean(calls: Sequence[Decimal]) -> Mean:
    n, mean = len(calls), _average(calls)
    if n < 2:
        return Mean(n, mean, None, None)
    spread = (sum(((one - mean) ** 2 for one in calls), Decimal(0)) / (n - 1)).sqrt()
    return Mean(n, mean, spread, interval_of(Trial({}, n, spread=spread)))


def agreement(ratings: Iterable[Rated], criteria: Sequence[str]) -> Agreement:
    """Over every call that several people rated, each pair of them on each criterion."""
    by_call: dict[str, list[Rated]] = {}
    for one in ratings:
        by_call.setdefault(one.call, []).append(one)
    differences: list[int] = []
    apart: list[Apart] = []
    for call, ones in by_call.items():
        for criterion in criteria:
            marks = [(one.rater, one.marks[criterion]) for one in ones if criterion in one.marks]
            differences += [abs(a - b) for (_, a), (_, b) in combinations(marks, 2)]
            given = [mark for _, mark in marks]
            if given and max(given) - min(given) >= APART:
                apart.append(Apart(call, criterion, tuple(marks)))
    return Agreement(len(differences), _average(differences) if differences else None, tuple(apart))


def usual_spread(found: Mapping[str, Mean], fallback: Decimal) -> Decimal:
    """One figure for the whole trial: the mean of the criteria's spreads."""
    known = [one.spread for one in found.values() if one.spread is not None]
    return _average(known) if known else fallback
