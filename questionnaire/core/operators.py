"""The closed list of comparisons between an answer and a threshold, in three values of truth.

What cannot be compared (another currency, a choice that has gone, a text with a number) is unsure
with a reason; nothing here raises on odd values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any, Final, final

from question_bank.model import BriefField, Column, Question
from question_bank.values import Money, months_before
from questionnaire.core.case import Case
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import say
from questionnaire.core.texts import same_text
from questionnaire.core.truth import Truth, Unsure, any_true, opposite

Asked = Question | Column | BriefField | None

#: A date may be this far after the evaluation date: somewhere it is tomorrow already.
_TOMORROW = timedelta(days=1)
_MOST_MONTHS = 1200


@final
class Nothing:
    """An empty cell that is a fact: there is none (no refuelling contract, no end date)."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


def compare(op: str, left: object, right: object, asked: Asked, case: Case) -> Truth:
    """Whether `left op right`; `asked` gives the order of choices and the currency of amounts."""
    for side in (left, right):
        if isinstance(side, Unsure):
            return side
    if left is NOTHING:
        return op in ("not_in", "includes_none")
    if op not in _COMPARISONS:
        return Unsure(say(case.language, "there is no comparison “{op}”", op=op))
    return _COMPARISONS[op](left, right, asked, case)


def _at_least(left: object, right: object, asked: Asked, case: Case) -> Truth:
    pair = _pair(left, right, asked, case)
    return pair if isinstance(pair, Unsure) else bool(pair[0] >= pair[1])


def _at_most(left: object, right: object, asked: Asked, case: Case) -> Truth:
    pair = _pair(left, right, asked, case)
    return pair if isinstance(pair, Unsure) else bool(pair[0] <= pair[1])


def _pair(left: object, right: object, asked: Asked, case: Case) -> tuple[Any, Any] | Unsure:
    """Both sides as numbers, days, times or positions, so that they have an order."""
    if getattr(asked, "kind", None) == "money" or isinstance(left, Money):
        return _amounts(left, right, asked, case)
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        return one, other
    if isinstance(left, date) and (day := day_of(right)) is not None:
        return left, day
    if isinstance(left, time) and (moment := _moment(right)) is not None:
        return left, moment
    if isinstance(left, str) and isinstance(right, str):
        return _positions(left, right, asked, case)
    return _incomparable(case)


def _amounts(left: object, right: object, asked: Asked, case: Case) -> tuple[Any, Any] | Unsure:
    own = case.currency_of(asked)
    money = []
    for side in (left, right):
        number = number_of(side)
        if isinstance(side, Money):
            money.append(side)
        elif number is not None:
            money.append(Money(number, own))
        else:
            return _incomparable(case)
    if money[0].currency != money[1].currency:
        return Unsure(
            say(
                case.language,
                "{one} and {other} are not compared without a dated exchange rate",
                one=money[0].currency,
                other=money[1].currency,
            )
        )
    return money[0].amount, money[1].amount


def _positions(left: str, right: str, asked: Asked, case: Case) -> tuple[Any, Any] | Unsure:
    if not getattr(asked, "ordered", False):
        return Unsure(say(case.language, "its choices have no order"))
    order = [choice.code for choice in getattr(asked, "choices", ())]
    if left not in order or right not in order:
        return Unsure(say(case.language, "the choice is not among those offered"))
    return order.index(left), order.index(right)


def day_of(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: object) -> time | None:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _equals(left: object, right: object, asked: Asked, case: Case) -> Truth:
    if isinstance(left, bool) or isinstance(right, bool):
        one, other = _truth(left), _truth(right)
        return _incomparable(case) if one is None or other is None else one == other
    if isinstance(left, tuple):
        others = _many(right)
        if not all(isinstance(one, str) for one in (*left, *others)):
            return _incomparable(case)
        return set(left) == set(others)
    if isinstance(left, str) and isinstance(right, str):
        return same_text(left) == same_text(right)
    pair = _pair(left, right, asked, case)
    return pair if isinstance(pair, Unsure) else bool(pair[0] == pair[1])


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False}.get(value) if isinstance(value, str) else None


def _one_of(left: object, right: object, asked: Asked, case: Case) -> Truth:
    if isinstance(left, tuple):
        return _incomparable(case)
    others = _many(right)
    if not others:
        return _empty(case)
    return any_true(_equals(left, other, asked, case) for other in others)


def _not_in(left: object, right: object, asked: Asked, case: Case) -> Truth:
    return opposite(_one_of(left, right, asked, case))


def _sets(test: Callable[[set[str], set[str]], bool]) -> _Comparison:
    def comparison(left: object, right: object, asked: Asked, case: Case) -> Truth:
        others = _many(right)
        if not isinstance(left, tuple) or not all(isinstance(one, str) for one in (*left, *others)):
            return _incomparable(case)
        return test(set(left), set(others)) if others else _empty(case)

    return comparison


def _not_older_than(left: object, right: object, asked: Asked, case: Case) -> Truth:
    day, months = day_of(left), number_of(right)
    if day is None or months is None or not 0 < months <= _MOST_MONTHS or months != int(months):
        return _incomparable(case)
    return within_months(day, int(months), case)


def within_months(day: date, months: int, case: Case) -> Truth:
    """Whether the day is at most so many calendar months before the evaluation date."""
    if case.on is None:
        return Unsure(say(case.language, "the day of judging is not set"))
    if day > case.on + _TOMORROW:
        return Unsure(say(case.language, "the date lies in the future"))
    return day >= months_before(case.on, months)


def _many(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _empty(case: Case) -> Unsure:
    return Unsure(say(case.language, "nothing is named to compare with"))


def _incomparable(case: Case) -> Unsure:
    return Unsure(say(case.language, "the answer and what it is compared with do not fit together"))


_Comparison = Callable[[object, object, Asked, Case], Truth]
_COMPARISONS: Mapping[str, _Comparison] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "equals": _equals,
    "one_of": _one_of,
    "not_in": _not_in,
    "includes_all": _sets(lambda answer, wanted: answer >= wanted),
    "includes_any": _sets(lambda answer, wanted: bool(answer & wanted)),
    "includes_none": _sets(lambda answer, unwanted: not answer & unwanted),
    "only_from": _sets(lambda answer, allowed: answer <= allowed),
    "not_older_than": _not_older_than,
}
