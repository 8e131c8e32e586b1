"""What became worse against today's requirement since the vendor answered it the last time.

What was met and is not met or not known any more, and what moved away from what is demanded: a
figure, a date or a level in the wrong direction, a demanded choice that is gone, a forbidden one
that has come. Answers are compared as they were said: documents count here neither then nor now,
because a copy that nobody has read yet would make every confirmed answer worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from question_bank.model import DocumentRule, Question, Requirement, RowRule
from questionnaire.core.answers import BLANK, Answer, Answers
from questionnaire.core.case import Case
from questionnaire.core.gaps import Judgement, hold
from questionnaire.core.operators import compare
from questionnaire.core.rows import cell_of, passes
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Unsure

_ORDERED: Final = ("at_least", "at_most")


def became_worse(
    requirements: Iterable[Requirement], now: Case, then: Case, before: Answers
) -> Mapping[str, str]:
    """Requirement id -> its status then, for each that is met worse now than by `before`.

    `now` and `then` are today's answers and those of the last time, each on its own day, held
    against the same requirements; only questions in `before` are looked at. A question that was
    not asked then, or is not now, is no worse.
    """
    wanted = [
        one
        for one in requirements
        if one.question in before and not isinstance(one.threshold, DocumentRule)
    ]
    today, earlier = hold(wanted, now, assured=True), hold(wanted, then, assured=True)
    return {
        old.requirement.id: old.status
        for new, old in zip(today, earlier, strict=True)
        if _worse(new, old, now, before[old.requirement.question])
    }


def _worse(new: Judgement, old: Judgement, case: Case, before: Answer) -> bool:
    if "not_applicable" in (new.status, old.status):
        return False
    if old.status == "met" and new.status != "met":
        return True
    if new.status == "met" and old.status != "met":
        return False
    answer = case.answers.get(new.requirement.question, BLANK)
    if answer.state != "answered" or before.state != "answered":
        return False
    question = case.bank.questions[new.requirement.question]
    return _moved_away(new.requirement, question, before.value, answer.value, case)


def _moved_away(
    requirement: Requirement, question: Question, before: Any, now: Any, case: Case
) -> bool:
    rule = requirement.threshold
    if isinstance(rule, RowRule):
        figure = _FIGURES.get(rule.quantifier)
        column = question.column(rule.column or "")
        op = rule.op or ""
        if figure is None or op not in _ORDERED:
            return False
        after, earlier = (figure(rule, rows, question, case) for rows in (now, before))
        asked = column if rule.quantifier in ("any", "all") else None
        known = after is not None and earlier is not None
        return known and compare(op, after, earlier, asked, case) is False
    op = requirement.operator
    if op in _ORDERED:
        return compare(op, now, before, question, case) is False
    return _choices_moved(op, before, now, resolve(rule, case).value)


def _choices_moved(op: str, before: Any, now: Any, wanted: Any) -> bool:
    if isinstance(wanted, Unsure) or not isinstance(wanted, list | tuple | frozenset | set):
        return False
    if not (isinstance(before, tuple) and isinstance(now, tuple)):
        return False
    demanded, lost, come = set(wanted), set(before) - set(now), set(now) - set(before)
    if op in ("includes_all", "includes_any"):
        return bool(lost & demanded) and not come & demanded
    if op == "includes_none":
        return bool(come & demanded) and not lost & demanded
    return op == "only_from" and bool(come - demanded) and not lost - demanded


def _counted(rule: RowRule, rows: Any, question: Question, case: Case) -> Any:
    return sum(passes(row, rule.where, question, case) is True for row in rows)


def _cells(rule: RowRule, rows: Any, question: Question, case: Case) -> list[Any] | None:
    """The cells that a rule looks at; None where one of them is not known."""
    column = question.column(rule.column or "")
    if column is None:
        return None
    found = [
        cell_of(row, column, case)
        for row in rows
        if passes(row, rule.where, question, case) is True
    ]
    return None if not found or any(isinstance(one, Unsure) for one in found) else found


def _summed(rule: RowRule, rows: Any, question: Question, case: Case) -> Any:
    cells = _cells(rule, rows, question, case)
    try:
        return None if cells is None else sum(cells)
    except TypeError:
        return None


def _best(rule: RowRule, rows: Any, question: Question, case: Case) -> Any:
    return _outermost(rule, rows, question, case, best=True)


def _worst(rule: RowRule, rows: Any, question: Question, case: Case) -> Any:
    return _outermost(rule, rows, question, case, best=False)


def _outermost(rule: RowRule, rows: Any, question: Question, case: Case, *, best: bool) -> Any:
    """The cell that decides the rule: the best of `any`, the worst of `all`."""
    cells = _cells(rule, rows, question, case)
    if cells is None:
        return None
    column, op = question.column(rule.column or ""), rule.op or ""
    found = cells[0]
    for one in cells[1:]:
        reaches = compare(op, one, found, column, case)
        if isinstance(reaches, Unsure):
            return None
        if reaches is best:
            found = one
    return found


#: What one figure stands for all rows under a quantifier.
_FIGURES: Final[Mapping[str, Callable[[RowRule, Any, Question, Case], Any]]] = {
    "count": _counted,
    "sum": _summed,
    "any": _best,
    "all": _worst,
}
