"""Rows of a table answer: which of them pass a filter, what they say and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from question_bank.model import Column, Question, RowRule
from questionnaire.core.case import Case
from questionnaire.core.operators import NOTHING, compare
from questionnaire.core.phrases import say, some
from questionnaire.core.showing import row_name, show_cell_of, show_filter
from questionnaire.core.thresholds import Found, resolve
from questionnaire.core.truth import Truth, Unsure, all_true, any_true

Row = Mapping[str, Any]
#: A column of a filter and the value that it must hold, or one of those.
_Wanted = tuple[Column | None, Any]


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What a rule came to, and the fact behind it: rows by name, or the figure."""

    truth: Truth
    fact: str


@dataclass(frozen=True)
class Rows:
    """The rows of one table answer under one rule."""

    rule: RowRule
    rows: Sequence[Row]
    question: Question
    case: Case
    found: Found

    @cached_property
    def column(self) -> Column | None:
        return self.question.column(self.rule.column or "")

    def passing(self) -> list[tuple[int, Row, Truth]]:
        """The rows that may pass the filter, with their number in the table."""
        wanted = self._wanted
        judged = (
            (number, row, all_true(_passes(row, *one, self.case) for one in wanted))
            for number, row in enumerate(self.rows)
        )
        return [(number, row, truth) for number, row, truth in judged if truth is not False]

    @cached_property
    def _wanted(self) -> list[_Wanted]:
        return _looked_up(self.rule.where, self.question, self.case)

    def satisfies(self, row: Row) -> Truth:
        column = self.column
        if column is None:
            return Unsure(say(self.case.language, "there is no such column"))
        op = self.rule.op or ""
        return compare(op, cell_of(row, column, self.case), self.found.value, column, self.case)

    def named(self, rows: Sequence[tuple[int, Row]]) -> str:
        """`“Zona Naco” has Seats: 40; “Clark” has Seats: not stated`."""
        language = self.case.language
        facts = []
        for number, row in rows:
            name = row_name(self.question, row, number, language)
            if self.column is None:
                facts.append(name)
            else:
                cell = show_cell_of(row, self.column, self.case)
                facts.append(say(language, "{row} has {cell}", row=name, cell=cell))
        return some(facts, language)


def cell_of(row: Row, column: Column, case: Case) -> Any:
    """The cell's value; NOTHING where empty is a fact, Unsure where it is unknown."""
    cell = row.get(column.name)
    if cell is not None:
        return cell
    if column.optional:
        return NOTHING
    label = column.label.text(case.language)
    return Unsure(say(case.language, "“{column}” is not stated", column=label))


def passes(row: Row, where: Mapping[str, Any], question: Question, case: Case) -> Truth:
    """Whether a row passes a filter: every column holds the wanted value, or one of those."""
    return all_true(_passes(row, *one, case) for one in _looked_up(where, question, case))


def _looked_up(where: Mapping[str, Any], question: Question, case: Case) -> list[_Wanted]:
    """The columns of a filter and what each must hold: the same for every row."""
    return [(question.column(name), resolve(one, case).value) for name, one in where.items()]


def _passes(row: Row, column: Column | None, found: Any, case: Case) -> Truth:
    if column is None:
        return Unsure(say(case.language, "there is no such column"))
    cell = cell_of(row, column, case)
    if isinstance(cell, tuple):
        return any_true(compare("one_of", one, found, column, case) for one in cell)
    return compare("one_of", cell, found, column, case)


def no_rows(table: Rows) -> str:
    """That no row passes the filter, in a clause."""
    language = table.case.language
    if not table.rows:
        return say(language, "none to report")
    where = show_filter(table.rule.where, table.question, table.case)
    return say(language, "no row{filter} is listed", filter=where)


def nothing_to_report(table: Rows) -> Truth:
    """True when the vendor ticked so; rows that all fail the filter are no such statement."""
    return True if not table.rows else Unsure(no_rows(table))
