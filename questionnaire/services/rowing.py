"""Building a row rule choice by choice: which rows, which column, which comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from question_bank.model import Bank, Column, Question, Reference, RowRule
from question_bank.operators import shape_of
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import CELLS, json_of
from questionnaire.services.demanding import operators_for

#: Figures over the rows that need a column of numbers.
_OF_NUMBERS = ("sum", "ratio")
_BY_ROLE = {"each_buyer_language": "languages", "any_valid_cert": "certificates"}
_PLAIN = ("any", "all", "none", "count", "sum", "distinct")
#: Compared by the figures of two groups of rows; both are picked.
_RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class OfferedRows:
    """What can be chosen next for a row rule; empty where it is not yet time for it."""

    quantifiers: tuple[str, ...]
    columns: tuple[Column, ...]
    operators: tuple[str, ...]
    filters: tuple[Column, ...]


def offered(question: Question, bank: Bank, chosen: Mapping[str, str]) -> OfferedRows:
    """The next choices for a rule over this table's rows."""
    by_role = tuple(name for name, role in _BY_ROLE.items() if bank.roles.get(role) == question.id)
    quantifier = chosen["quantifier"]
    columns: tuple[Column, ...] = ()
    if quantifier in _FIRST:
        columns = tuple(
            one
            for one in question.columns
            if operators_for(question, one, "")
            and (quantifier not in _OF_NUMBERS or shape_of(one).sort == "number")
        )
    column = question.column(chosen["column"])
    ready = column is not None or quantifier == "count"
    filters = tuple(one for one in question.columns if shape_of(one).sort in ("code", "truth"))
    numbers = any(shape_of(one).sort == "number" for one in question.columns)
    ratio = (_RATIO,) if numbers and filters else ()
    return OfferedRows(
        (*_PLAIN, *ratio, *by_role),
        () if quantifier == "count" else columns,
        operators_for(question, column, quantifier) if ready and quantifier in _FIRST else (),
        filters if quantifier in (*_PLAIN, _RATIO) else (),
    )


_FIRST = (*_PLAIN, _RATIO, "each_buyer_language")


def begun_rule(question: Question, bank: Bank, chosen: Mapping[str, str]) -> RowRule | None:
    """The rule as chosen, with nothing yet to compare with; None while something is missing."""
    quantifier = chosen["quantifier"]
    choices = offered(question, bank, chosen)
    if quantifier not in choices.quantifiers:
        return None
    if quantifier == "any_valid_cert":
        column = bank.part("certificates.standard").column or ""
        return RowRule(quantifier, where={column: ()})
    if chosen["op"] not in choices.operators:
        return None
    value: object = ""
    if quantifier == "each_buyer_language":
        value = Reference("language", "")
    where = _filter(choices, chosen["where"], chosen["where_value"])
    if quantifier == _RATIO:
        per = _filter(choices, chosen["per"], chosen["per_value"])
        if not where or not per:
            return None
        halves = {"numerator": where, "denominator": per}
        return RowRule(quantifier, column=chosen["column"], op=chosen["op"], value="", **halves)
    return RowRule(
        quantifier,
        where=where,
        column=None if quantifier == "count" else chosen["column"],
        op=chosen["op"],
        value=value,
    )


def _filter(choices: OfferedRows, name: str, chosen: str) -> dict[str, object]:
    """At most one column that picks the rows, by one of its values."""
    column = next((one for one in choices.filters if one.name == name), None)
    if column is None or not chosen:
        return {}
    try:
        value = json_of(CELLS[column.kind].parse(column, chosen))
    except AnswerFault:
        return {}
    return {column.name: value}
