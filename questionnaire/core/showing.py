"""Values, thresholds and row filters in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from question_bank.model import BriefField, Column, Question
from question_bank.values import Money
from questionnaire.core.case import Case, plain_value
from questionnaire.core.codes import COUNTRIES, country_name, language_name
from questionnaire.core.dates import show_date
from questionnaire.core.kinds import CELLS, show_money
from questionnaire.core.kinds.numeric import with_unit
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.operators import Asked
from questionnaire.core.phrases import listed, quoted, say, some
from questionnaire.core.thresholds import Found, as_reference, resolve

MOST_NAMED = 8


def show_value(value: object, asked: Asked, case: Case) -> str:
    """One value, as it stands in an answer or a threshold about `asked`."""
    language = case.language
    kind = getattr(asked, "kind", "")
    if isinstance(value, bool):
        return say(language, "yes") if value else say(language, "no")
    if isinstance(value, Money):
        return show_money(value, language)
    if kind == "year":
        return str(value)
    number = number_of(value)
    if number is not None:
        return _number(number, asked, case)
    if isinstance(value, tuple | list):
        return some([show_value(one, asked, case) for one in value], language, MOST_NAMED)
    if isinstance(value, date):
        return show_date(value, language)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _text(str(value), asked, case)


def _number(number: Decimal, asked: Asked, case: Case) -> str:
    kind = getattr(asked, "kind", "")
    if kind == "money":
        return show_money(Money(number, case.currency_of(asked)), case.language)
    if asked is None:
        return show_number(number, case.language)
    unit = asked.unit or "%" if kind == "percentage" else asked.unit
    return with_unit(number, unit, case.language)


def _text(text: str, asked: Asked, case: Case) -> str:
    kind = getattr(asked, "kind", "")
    if kind in ("country", "countries") or (asked is None and text in COUNTRIES):
        return country_name(text, case.language)
    if kind == "language":
        return language_name(text, case.language)
    if kind == "date":
        try:
            return show_date(date.fromisoformat(text), case.language)
        except ValueError:
            return quoted(text)
    choice = next((one for one in getattr(asked, "choices", ()) if one.code == text), None)
    return quoted(choice.label.text(case.language) if choice else text)


def show_threshold(found: Found, asked: Asked, case: Case) -> str:
    """A threshold that is known, in words."""
    return show_value(found.value, asked, case)


def origin_of(found: Found, language: str) -> str:
    """` (your brief)`: where a threshold was looked up; an empty text for a literal."""
    return say(language, " ({origin})", origin=found.origin) if found.origin else ""


def show_cell_of(row: Mapping[str, Any], column: Column, case: Case) -> str:
    """`Seats: 40`; "not stated" for an empty cell, "none" where being empty is a fact."""
    cell = row.get(column.name)
    if cell is None:
        shown = say(case.language, "none") if column.optional else say(case.language, "not stated")
    else:
        shown = show_value(cell, column, case)
    return f"{column.label.text(case.language)}: {shown}"


def row_name(question: Question, row: Mapping[str, Any], number: int, language: str) -> str:
    """What the row is called: its first cell that says something; else its number."""
    for column in question.columns:
        cell = row.get(column.name)
        if cell is not None:
            return quoted(CELLS[column.kind].show(column, cell, language))
    return say(language, "row {n}", n=number + 1)


def show_filter(where: Mapping[str, Any], question: Question, case: Case) -> str:
    """` with Role “Primary”`; an empty text when every row counts."""
    parts = []
    for name, wanted in where.items():
        column = question.column(name)
        label = column.label.text(case.language) if column else name
        found = resolve(wanted, case)
        if found.known:
            values = found.value if isinstance(found.value, tuple) else (found.value,)
            shown = listed(
                [show_value(one, column, case) for one in values], case.language, either=True
            ) + origin_of(found, case.language)
        else:
            shown = show_place(wanted, case)
        of_truth = column is not None and column.kind == "yes_no"
        parts.append(f"{quoted(label)}: {shown}" if of_truth else f"{label} {shown}")
    if not parts:
        return ""
    return say(case.language, " with {filter}", filter=listed(parts, case.language))


def show_place(threshold: object, case: Case) -> str:
    """Where a threshold that is not known yet will be looked up."""
    reference = as_reference(threshold)
    if reference is None:
        return show_value(plain_value(threshold), None, case)
    if reference.source == "buyer":
        field = case.bank_field(reference.path)
        label = _label(field, case.language) or reference.path
        return say(case.language, "{field} of your brief", field=quoted(label))
    if reference.source == "answer":
        question = case.bank.questions.get(reference.path)
        label = (question.subject or question.text).text(case.language) if question else ""
        return say(case.language, "the answer to {question}", question=quoted(label))
    return reference.path.replace("_", " ")


def _label(field: BriefField | None, language: str) -> str:
    return field.label.text(language) if field else ""


def names_of(values: Sequence[object], asked: Asked, case: Case) -> str:
    """Several values, `a, b and c`, each once and in a steady order."""
    return some([show_value(one, asked, case) for one in values], case.language, MOST_NAMED)
