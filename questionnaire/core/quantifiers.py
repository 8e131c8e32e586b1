"""Rules over the rows of a table: a quantifier, a filter, a column and a comparison.

Zero rows (brief 2.1a): `any` is not met; `all` and `none` are met, and `count`, `sum` and
`distinct` compare 0, when the vendor said "none to report"; rows that all fail the filter are no
such statement, and leave these five unsure. `ratio` over zero rows is unsure. A row whose cell is
unknown counts as it might: it leaves a rule unsure unless the other rows decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from question_bank.model import Question, RowRule
from questionnaire.core.case import Case
from questionnaire.core.certificates import any_valid_certificate
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.operators import NOTHING, compare
from questionnaire.core.phrases import say
from questionnaire.core.rows import Row, RowFinding, Rows, cell_of, no_rows, nothing_to_report
from questionnaire.core.showing import row_name, show_filter, show_value
from questionnaire.core.spoken import each_buyer_language
from questionnaire.core.texts import same_text
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Truth, Unsure, all_true, any_true


def judge_rows(rule: RowRule, rows: Sequence[Row], question: Question, case: Case) -> RowFinding:
    """What `any`, `all`, `none`, `count`, `sum`, `distinct` and `ratio` come to."""
    judge = _QUANTIFIERS.get(rule.quantifier)
    if judge is None or not all(isinstance(row, Mapping) for row in rows):
        return RowFinding(Unsure(say(case.language, "this rule cannot be judged")), "")
    return judge(Rows(rule, rows, question, case, resolve(rule.value, case)))


def _any(table: Rows) -> RowFinding:
    judged = [
        (number, row, all_true((truth, table.satisfies(row))))
        for number, row, truth in table.passing()
    ]
    truth = any_true(one for _, _, one in judged)
    good = [(number, row) for number, row, one in judged if one is True]
    shown = good or [(number, row) for number, row, _ in judged]
    return RowFinding(truth, table.named(shown) if shown else no_rows(table))


def _all(table: Rows) -> RowFinding:
    judged = []
    for number, row, passing in table.passing():
        met = table.satisfies(row)
        judged.append((number, row, met if met is True or passing is True else passing))
    return _over_every_row(table, judged)


def _none(table: Rows) -> RowFinding:
    judged: list[tuple[int, Row, Truth]] = []
    for number, row, passing in table.passing():
        met = all_true((passing, table.satisfies(row)))
        judged.append((number, row, met if isinstance(met, Unsure) else not met))
    return _over_every_row(table, judged)


def _over_every_row(table: Rows, judged: list[tuple[int, Row, Truth]]) -> RowFinding:
    if not judged:
        return RowFinding(nothing_to_report(table), no_rows(table))
    truth = all_true(one for _, _, one in judged)
    if truth is True and not any(one is True for _, _, one in table.passing()):
        truth = Unsure(say(table.case.language, "it is not known which rows count"))
    bad = [(number, row) for number, row, one in judged if one is False]
    unsure = [(number, row) for number, row, one in judged if isinstance(one, Unsure)]
    shown = bad or unsure or [(number, row) for number, row, _ in judged]
    return RowFinding(truth, table.named(shown))


def _count(table: Rows) -> RowFinding:
    passing = table.passing()
    if not passing:
        return _zero(table)
    sure = sum(1 for _, _, truth in passing if truth is True)
    # Which rows were counted is said: a table may hold others beside them.
    where = show_filter(table.rule.where, table.question, table.case)
    counted = say(table.case.language, "listed{filter}", filter=where)
    return _between(table, sure, len(passing), counted)


def _distinct(table: Rows) -> RowFinding:
    passing = table.passing()
    column = table.column
    if not passing or column is None:
        return _zero(table)
    known, unsure = set(), 0
    for _, row, truth in passing:
        cell = cell_of(row, column, table.case)
        if truth is not True or isinstance(cell, Unsure):
            unsure += 1
        elif cell is not NOTHING:
            known.add(same_text(cell) if isinstance(cell, str) else cell)
    return _between(table, len(known), len(known) + unsure, say(table.case.language, "different"))


def _between(table: Rows, least: int, most: int, what: str) -> RowFinding:
    """The figure lies between these; unsure when that decides nothing."""
    truths = {_figure(table, Decimal(figure)) for figure in (least, most)}
    language = table.case.language
    if least == most:
        return RowFinding(truths.pop(), f"{least} {what}")
    fact = say(language, "{least} to {most} {what}", least=least, most=most, what=what)
    truth = truths.pop() if len(truths) == 1 else Unsure(say(language, "some cells are empty"))
    return RowFinding(truth, fact)


def _sum(table: Rows) -> RowFinding:
    passing = table.passing()
    if not passing:
        return _zero(table)
    total = _total(table, passing)
    if isinstance(total, Unsure):
        return RowFinding(total, total.why)
    fact = say(table.case.language, "{n} in all", n=show_value(total, table.column, table.case))
    return RowFinding(_figure(table, total), fact)


def _total(table: Rows, passing: list[tuple[int, Row, Truth]]) -> Decimal | Unsure:
    total, column = Decimal(0), table.column
    for number, row, truth in passing:
        cell = cell_of(row, column, table.case) if column else None
        figure = Decimal(0) if cell is NOTHING else number_of(cell)
        if truth is not True or figure is None:
            name = row_name(table.question, row, number, table.case.language)
            return Unsure(say(table.case.language, "{row} gives no figure to add", row=name))
        total += figure
    return total


def _ratio(table: Rows) -> RowFinding:
    language = table.case.language
    totals = []
    for where in (table.rule.numerator, table.rule.denominator):
        half = Rows(
            RowRule("sum", where or {}, table.rule.column),
            table.rows, table.question, table.case, table.found,
        )  # fmt: skip
        passing = half.passing()
        total = _total(half, passing) if passing else Unsure(no_rows(half))
        if isinstance(total, Unsure):
            return RowFinding(total, total.why)
        totals.append(total)
    if totals[1] == 0:
        why = say(language, "there is nothing to divide by")
        return RowFinding(Unsure(why), why)
    ratio = totals[0] / totals[1]
    shown = show_number(round(ratio, 1), language)
    return RowFinding(_figure(table, ratio), say(language, "the ratio is {n}", n=shown))


def _figure(table: Rows, figure: Decimal) -> Truth:
    return compare(table.rule.op or "", figure, table.found.value, None, table.case)


def _zero(table: Rows) -> RowFinding:
    none = nothing_to_report(table)
    truth = none if isinstance(none, Unsure) else _figure(table, Decimal(0))
    return RowFinding(truth, no_rows(table))


_QUANTIFIERS: Mapping[str, Callable[[Rows], RowFinding]] = {
    "any": _any,
    "all": _all,
    "none": _none,
    "count": _count,
    "sum": _sum,
    "distinct": _distinct,
    "ratio": _ratio,
    "each_buyer_language": each_buyer_language,
    "any_valid_cert": any_valid_certificate,
}
