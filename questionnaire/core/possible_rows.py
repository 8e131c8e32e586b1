"""Whether a table can be filled in so that it meets a rule over its rows, or two of them.

Where a rule leaves it open whether it can be met, it counts as one that can: nothing that somebody
could answer is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from question_bank.model import Column, Question, RowRule
from question_bank.operators import shape_of
from questionnaire.core.case import Case
from questionnaire.core.kinds.table import MOST_ROWS
from questionnaire.core.limits import limits
from questionnaire.core.phrases import say
from questionnaire.core.spoken import buyer_languages
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Unsure
from questionnaire.core.witnesses import Test, can_meet, can_miss, figure_can_meet

_FIGURES = ("count", "sum", "distinct", "ratio")
#: Rules that a table without rows meets, where the vendor may say that there is none.
_OVER_EVERY_ROW = ("all", "none")


def why_no_rows(rule: RowRule, question: Question, case: Case) -> str:
    """Why no table can meet the rule, as a clause; empty when one can, or nobody can tell."""
    if rule.quantifier == "each_buyer_language":
        return _why_no_language(rule, question, case)
    if rule.quantifier == "any_valid_cert":
        return _why_no_row(rule.where, question, case)
    found = resolve(rule.value, case)
    if not found.known:
        return ""
    test: Test = (rule.op or "", found.value)
    if rule.quantifier in _FIGURES:
        return _why_no_figure(rule, question, [test], case)
    empty = question.none_allowed and rule.quantifier in _OVER_EVERY_ROW
    column = question.column(rule.column or "")
    if empty or column is None:
        return ""
    if why := _why_no_row(rule.where, question, case):
        return why
    filters = _filters(rule.where, column, case)
    if rule.quantifier == "none":
        good = can_miss(column, test, filters, case)
    else:
        good = can_meet(column, [test, *filters], case)
    return "" if good else _no_cell(column, case)


def rows_clash(one: RowRule, other: RowRule, question: Question, case: Case) -> bool:
    """Whether no table can meet both, each of which some table meets.

    Rules over other rows or other columns never clash here.
    """
    values = [resolve(rule.value, case) for rule in (one, other)]
    if (one.where, one.column) != (other.where, other.column):
        return False
    if not all(found.known for found in values):
        return False
    tests = [(rule.op or "", found.value) for rule, found in zip((one, other), values, strict=True)]
    if one.quantifier in _FIGURES or other.quantifier in _FIGURES:
        halves = [(rule.quantifier, rule.numerator, rule.denominator) for rule in (one, other)]
        return halves[0] == halves[1] and bool(_why_no_figure(one, question, tests, case))
    column = question.column(one.column or "")
    kinds = {one.quantifier, other.quantifier}
    if column is None or not kinds <= {"any", *_OVER_EVERY_ROW} or kinds == {"any"}:
        return False
    if question.none_allowed and "any" not in kinds:
        return False
    return not _some_cell((one, other), tests, column, case)


def _some_cell(rules: Sequence[RowRule], tests: Sequence[Test], column: Column, case: Case) -> bool:
    """Whether one cell can be as each of the rules wants it."""
    pairs = list(zip(rules, tests, strict=True))
    missed = [test for rule, test in pairs if rule.quantifier == "none"]
    met = [test for rule, test in pairs if rule.quantifier != "none"]
    met += _filters(rules[0].where, column, case)
    if not missed:
        return can_meet(column, met, case)
    if len(missed) > 1:
        return True
    return can_miss(column, missed[0], met, case)


def _why_no_language(rule: RowRule, question: Question, case: Case) -> str:
    column, entries = question.column(rule.column or ""), buyer_languages(case)
    if column is None or isinstance(entries, Unsure):
        return ""
    for entry in entries:
        found = resolve(rule.value, case, entry)
        if found.known and not can_meet(column, [(rule.op or "", found.value)], case):
            return _no_cell(column, case)
    return ""


def _why_no_row(where: Mapping[str, object], question: Question, case: Case) -> str:
    """Why no row passes the filter; empty when one can."""
    for name in where:
        column = question.column(name)
        if column is not None and not can_meet(column, _filters(where, column, case), case):
            return _no_cell(column, case)
    return ""


def _filters(where: Mapping[str, object], column: Column, case: Case) -> list[Test]:
    """What the filter itself asks of this column."""
    if column.name not in where or shape_of(column).sort == "codes":
        return []
    found = resolve(where[column.name], case)
    return [("one_of", found.value)] if found.known else []


def _why_no_figure(rule: RowRule, question: Question, tests: Sequence[Test], case: Case) -> str:
    """Why the figure over the rows cannot come out so; empty when it can."""
    low, high = _bounds(rule, question)
    if _why_no_row(rule.where, question, case):
        high = Decimal(0)
    whole = rule.quantifier in ("count", "distinct")
    if figure_can_meet(tests, case, low, high, whole=whole):
        return ""
    if high is None:
        return say(case.language, "the figure is never below {least}", least=low)
    return say(
        case.language, "the figure lies between {least} and {most}", least=low or 0, most=high
    )


def _bounds(rule: RowRule, question: Question) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that the figure can be; None where nothing bounds it."""
    column = question.column(rule.column or "")
    least = Decimal(0 if question.none_allowed else 1)
    if rule.quantifier == "count":
        return least, Decimal(MOST_ROWS)
    if column is None:
        return None, None
    if rule.quantifier == "distinct":
        codes = shape_of(column).codes
        return least, Decimal(MOST_ROWS if codes is None else min(len(codes), MOST_ROWS))
    positive = column.minimum is not None and column.minimum >= 0
    low = Decimal(0) if positive else None
    if rule.quantifier == "ratio" or column.maximum is None:
        return low, None
    return low, max(column.maximum * MOST_ROWS, Decimal(0))


def _no_cell(column: Column, case: Case) -> str:
    return say(
        case.language,
        "in “{column}” {limits}",
        column=column.label.text(case.language),
        limits=limits(column, case),
    )
