"""Answers to try: if any answer at all meets some comparisons, one of these does.

For numbers, days and times these are the bounds, every threshold, and a point beside and between
them; for choices every choice; for several choices the largest list that is not excluded, each
choice that stands alone, and what is left where only so many can be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations, islice, pairwise

from question_bank.model import Column, Question
from question_bank.operators import shape_of
from question_bank.values import Money
from questionnaire.core.case import Case
from questionnaire.core.codes import COUNTRIES, LANGUAGES
from questionnaire.core.dates import FIRST_YEAR, LAST_YEAR
from questionnaire.core.numbers import DIGITS, number_of
from questionnaire.core.operators import compare, day_of

#: A comparison: its operator and the value that the answer is compared with.
Test = tuple[str, object]

_LARGEST = Decimal(10**DIGITS - 1)
#: More lists of choices than these are not tried; no question of the bank comes near.
_MOST_LISTS = 20_000
_WORLDS = {"country": COUNTRIES, "language": LANGUAGES}
#: A name that nobody compares with, for cells that hold free texts.
_ELSE = "\u2205"


def can_meet(asked: Question | Column, tests: Sequence[Test], case: Case) -> bool:
    """Whether one answer (one cell) can meet all of these comparisons."""
    return any(
        all(compare(op, one, value, asked, case) is True for op, value in tests)
        for one in _witnesses(asked, tests, case)
    )


def can_miss(asked: Question | Column, miss: Test, tests: Sequence[Test], case: Case) -> bool:
    """Whether one cell can meet all of `tests` and certainly not `miss`."""
    return any(
        compare(miss[0], one, miss[1], asked, case) is False
        and all(compare(op, one, value, asked, case) is True for op, value in tests)
        for one in _witnesses(asked, [*tests, miss], case)
    )


def figure_can_meet(
    tests: Sequence[Test], case: Case, low: Decimal | None, high: Decimal | None, *, whole: bool
) -> bool:
    """Whether a figure between these bounds (None: no bound) can meet all of the comparisons."""
    wanted = [number for _, value in tests if (number := number_of(value)) is not None]
    return any(
        all(compare(op, one, value, None, case) is True for op, value in tests)
        for one in _points(wanted, low, high)
        if not whole or one == one.to_integral_value()
    )


def _witnesses(asked: Question | Column, tests: Sequence[Test], case: Case) -> Iterator[object]:
    shape = shape_of(asked)
    values = [one for _, value in tests for one in _each(value)]
    match shape.sort:
        case "truth":
            yield from (True, False)
        case "number":
            yield from _numbers(asked, values, case)
        case "date":
            yield from _days(values, case)
        case "time":
            yield from _times(values)
        case "codes":
            yield from _lists(asked, tests)
        case _ if shape.codes is not None:
            yield from shape.codes
        case _ if shape.world in _WORLDS:
            yield from sorted(_WORLDS[shape.world])
        case _:
            yield from (*(one for one in values if isinstance(one, str)), _ELSE)


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple | list) else (value,)


def _numbers(
    asked: Question | Column, values: Sequence[object], case: Case
) -> Iterator[Decimal | Money | int]:
    amounts = [one.amount if isinstance(one, Money) else number_of(one) for one in values]
    low, high = asked.minimum, asked.maximum
    if asked.kind == "year":
        low, high = (
            max(low or Decimal(0), Decimal(FIRST_YEAR)),
            min(high or _LARGEST, Decimal(LAST_YEAR)),
        )
    points = _points([one for one in amounts if one is not None], low, high)
    if asked.kind == "year":
        yield from (int(one) for one in points if one == one.to_integral_value())
    elif asked.kind != "money":
        yield from points
    else:
        currencies = {one.currency for one in values if isinstance(one, Money)}
        for currency in sorted(currencies | {case.currency_of(asked)}):
            yield from (Money(one, currency) for one in points)


def _points(wanted: Sequence[Decimal], low: Decimal | None, high: Decimal | None) -> list[Decimal]:
    """The bounds, what is wanted, and points beside and between; all within the bounds."""
    least = -_LARGEST if low is None else low
    most = _LARGEST if high is None else high
    found = {least, most, *wanted}
    found |= {number + beside for number in wanted for beside in (-1, 1)}
    found |= {number.to_integral_value() for number in wanted}
    ordered = sorted(found)
    found |= {(one + other) / 2 for one, other in pairwise(ordered)}
    return sorted(one for one in found if least <= one <= most)


def _days(values: Sequence[object], case: Case) -> Iterator[date]:
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    known = {first, last, *(day for one in values if (day := day_of(one)) is not None)}
    if case.on is not None:
        known.add(case.on)
    for day in sorted(known):
        for beside in (-1, 0, 1):
            if first <= day <= last and first.toordinal() <= day.toordinal() + beside <= (
                last.toordinal()
            ):
                yield day + timedelta(days=beside)


def _times(values: Sequence[object]) -> Iterator[time]:
    known = [time(0, 0), time(23, 59)]
    for one in values:
        try:
            known.append(time.fromisoformat(one) if isinstance(one, str) else time(12, 0))
        except ValueError:
            continue
    for moment in known:
        for beside in (-1, 0, 1):
            yield (datetime.combine(date(2000, 1, 2), moment) + timedelta(minutes=beside)).time()


def _lists(asked: Question | Column, tests: Sequence[Test]) -> Iterator[tuple[str, ...]]:
    """Lists of choices; more choices help every comparison that does not exclude them."""
    shape = shape_of(asked)
    named = {str(one) for _, value in tests for one in _each(value)}
    offered = set(shape.codes) if shape.codes is not None else set(COUNTRIES) | named
    if not isinstance(asked, Question) or asked.none_allowed:
        yield ()  # none of them is an answer
    yield from ((one,) for one in sorted(offered & set(shape.exclusive)))
    free = offered - set(shape.exclusive)
    for op, value in tests:
        if op in ("includes_none", "not_in"):
            free -= set(map(str, _each(value)))
        elif op in ("only_from", "equals"):
            free &= set(map(str, _each(value)))
    most = asked.most_choices if isinstance(asked, Question) else None
    if most is None or len(free) <= most:
        yield from [tuple(sorted(free))] if free else []
        return
    wanted = sorted(free & named) or sorted(free)
    for size in range(1, min(most, len(wanted)) + 1):
        yield from islice(combinations(wanted, size), _MOST_LISTS)
