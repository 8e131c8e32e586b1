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
_OF_NUMBERS = ("sum",)
_BY_ROLE = {"each_buyer_language": "languages", "any_valid_cert": "certificates"}
_PLAIN = ("any", "all", "none", "count", "sum", "distinct")


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
    if quantifier in (*_PLAIN, "each_buyer_language"):
        columns = tuple(
            one
            for one in question.columns
            if operators_for(question, one, "")
            and (quantifier not in _OF_NUMBERS or shape_of(one).sort == "number")
        )
    column = question.column(chosen["column"])
    ready = column is not None or quantifier == "count"
    filters = tuple(one for one in question.columns if shape_of(one).sort in ("code", "truth"))
    return OfferedRows(
        (*_PLAIN, *by_role),
        () if quantifier == "count" else columns,
        operators_for(question, column, quantifier) if ready and quantifier in _FIRST else (),
        filters if quantifier in _PLAIN else (),
    )


_FIRST = (*_PLAIN, "each_buyer_language")


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
    return RowRule(
        quantifier,
        where=_filter(question, choices, chosen),
        column=None if quantifier == "count" else chosen["column"],
        op=chosen["op"],
        value=value,
    )


def _filter(
    question: Question, choices: OfferedRows, chosen: Mapping[str, str]
) -> dict[str, object]:
    """At most one column that picks the rows, by one of its values."""
    column = next((one for one in choices.filters if one.name == chosen["where"]), None)
    if column is None or not chosen["where_value"]:
        return {}
    try:
        value = json_of(CELLS[column.kind].parse(column, chosen["where_value"]))
    except AnswerFault:
        return {}
    return {column.name: value}
