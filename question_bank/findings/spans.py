"""Figures over rows of which some are not known: they lie between a least and a most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from question_bank.findings.lines import Line
from question_bank.findings.reasoning import NotKnown, guess, perhaps
from question_bank.truth import Truth, Unsure

ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Span:
    """A figure between two bounds; `most` None: any figure. `why` says what leaves it open."""

    least: Decimal
    most: Decimal | None
    why: str = ""

    @property
    def is_known(self) -> bool:
        return self.least == self.most

    def over(self, limit: Decimal) -> Truth:
        if self.least > limit:
            return True
        return False if self.most is not None and self.most <= limit else Unsure(self.why)

    def under(self, limit: Decimal) -> Truth:
        if self.most is not None and self.most < limit:
            return True
        return False if self.least >= limit else Unsure(self.why)

    def known(self) -> Decimal:
        if not self.is_known:
            raise NotKnown(self.why)
        return self.least


def total(
    lines: Iterable[Line], inside: Callable[[Line], bool], figure: Callable[[Line], Decimal]
) -> Span:
    """The sum of a figure that is never negative over the rows that are inside."""
    least, most, why = ZERO, ZERO, ""
    endless = False
    for line in lines:
        truth = guess(inside, line)
        if truth is False:
            continue
        value = perhaps(figure, line)
        if truth is True and value is not None:
            least += value
        else:
            why = why or _why(truth, line, figure)
        if value is None:
            endless = True
        else:
            most += value
    return Span(least, None if endless else most, why)


def _why(truth: Truth, line: Line, figure: Callable[[Line], Decimal]) -> str:
    if isinstance(truth, Unsure):
        return truth.why
    try:
        figure(line)
    except NotKnown as unknown:
        return unknown.why
    return ""


def count(lines: Iterable[Line], inside: Callable[[Line], bool]) -> Span:
    """How many rows are inside."""
    return total(lines, inside, lambda _: ONE)


def some_line(lines: Iterable[Line], inside: Callable[[Line], bool]) -> Truth:
    """Whether some row is inside."""
    return count(lines, inside).over(ZERO)


def those(lines: Iterable[Line], inside: Callable[[Line], bool]) -> list[Line]:
    """The rows that surely are inside."""
    return [line for line in lines if guess(inside, line) is True]


@dataclass(frozen=True, slots=True)
class Share:
    """Parts of a whole, by row: how many hits among how many; `of` 0 is nothing to divide by."""

    least: tuple[int, int]
    most: tuple[int, int]
    why: str = ""

    def at_least(self, part: Decimal, nothing: str, *, strictly: bool = False) -> Truth:
        """Whether the share is this part of the whole or more."""
        truths = {_reaches(one, part, strictly) for one in (self.least, self.most)}
        if None in truths:
            return Unsure(self.why or nothing)
        return bool(truths.pop()) if len(truths) == 1 else Unsure(self.why)


def _reaches(hits_of: tuple[int, int], part: Decimal, strictly: bool) -> bool | None:
    hits, of = hits_of
    if of == 0:
        return None
    return hits > part * of if strictly else hits >= part * of


def share(
    lines: Iterable[Line], inside: Callable[[Line], bool], hit: Callable[[Line], bool]
) -> Share:
    """Which part of the rows inside are hits; rows that are not known count as they might."""
    sure_hits = sure = open_hits = open_misses = open_both = 0
    why = ""
    for line in lines:
        within = guess(inside, line)
        hits = guess(hit, line) if within is not False else False
        if within is False:
            continue
        for one in (within, hits):
            why = why or (one.why if isinstance(one, Unsure) else "")
        if within is True:
            sure += 1
            sure_hits += hits is True
            open_both += isinstance(hits, Unsure)
        else:
            open_hits += hits is not False
            open_misses += hits is not True
    least = (sure_hits, sure + open_misses)
    most = (sure_hits + open_both + open_hits, sure + open_hits)
    return Share(least, most, why)
