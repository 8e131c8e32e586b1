"""What stands in the cells of an answer, and what kind of cell each is."""

from __future__ import annotations

from typing import Any

from question_bank.model import Column, Question
from question_bank.values import Money
from questionnaire.core.sheet import keys
from questionnaire.core.sheet.book import Box, Choices, Content, Head, Line
from questionnaire.core.sheet.lists import (
    COUNTRIES,
    CURRENCIES,
    LANGUAGES,
    TICK,
    YES_NO,
    list_of,
)
from questionnaire.core.sheet.words import note

#: Kinds of cells by kind of question or column; what is not here is chosen from a list.
_PLAIN = {
    "number": "number", "percentage": "number", "money": "number", "date": "date", "time": "time",
    "year": "year", "text": "text", "long_text": "long",
}  # fmt: skip
_LISTS = {"yes_no": YES_NO, "country": COUNTRIES, "language": LANGUAGES}
#: So many empty rows for countries stand below those that are said already.
FREE_COUNTRIES = 10


def box_of(question: Question, column: Column | None = None, hint: str = "") -> Box:
    """The cell of a question that has one, or of a column."""
    asked = column or question
    if asked.kind in _PLAIN:
        return Box(_PLAIN[asked.kind], "", asked.minimum, asked.maximum, hint)
    if asked.kind in _LISTS:
        return Box("list", _LISTS[asked.kind], hint=hint)
    if asked.kind == "multi_choice" or (column and column.choices_from):
        return Box("text", hint=hint)
    return Box("list", list_of(question, column), hint=hint)


def content_of(question: Question, value: Any, lists: dict[str, Choices]) -> Content:
    """What stands in the one cell of an answer."""
    if value is None:
        return None
    return _content(question, None, value, lists)


def _content(question: Question, column: Column | None, value: Any, lists: Any) -> Content:
    box = box_of(question, column)
    if box.kind == "list":
        code = ("yes" if value else "no") if isinstance(value, bool) else value
        return str(lists[box.choices].label(code))
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, tuple):
        offered = lists.get(list_of(question, column))
        return "; ".join(_part(offered.label(one) if offered else one) for one in value)
    held: Content = value
    return held


def _part(text: str) -> str:
    """One of several in a cell; in quotation marks where it would fall apart."""
    if ";" in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def lines_below(
    question: Question, value: Any, words: dict[str, str], lists: dict[str, Choices]
) -> list[Line]:
    """The rows of a question that has more than one; `words` has "none", "currency", "country"."""
    id = question.id
    if question.kind == "money":
        named = value.currency if isinstance(value, Money) else None
        box = Box("list", CURRENCIES)
        return [Line(keys.currency(id), words["currency"], box, named)]
    lines = []
    if question.kind == "multi_choice":
        ticked = value or ()
        offered = lists[list_of(question)]
        yes = lists[TICK].labels[0]
        lines += [
            Line(keys.tick(id, code), label, Box("list", TICK), yes if code in ticked else None)
            for code, label in zip(offered.codes, offered.labels, strict=True)
        ]
    if question.kind == "countries":
        said = [lists[COUNTRIES].label(one) for one in value or ()]
        lines += [
            Line(keys.country(id), words["country"], Box("list", COUNTRIES), one)
            for one in [*said, *[None] * FREE_COUNTRIES]
        ]
    if question.none_allowed and question.kind in ("multi_choice", "countries", "table"):
        none = lists[TICK].labels[0] if value == () else None
        lines.append(Line(keys.none(id), words["none"], Box("list", TICK), none))
    return lines


def heads_of(question: Question, currency: str, word: str, language: str) -> tuple[Head, ...]:
    """The columns of a table's sheet; an amount has another one for its currency."""
    heads = []
    for column in question.columns:
        told = note(column, currency, language)
        label = column.label.text(language)
        heads.append(Head(column.name, label, told, box_of(question, column, told)))
        if column.kind == "money":
            key = keys.currency(column.name)
            heads.append(Head(key, f"{label}: {word}", "", Box("list", CURRENCIES)))
    return tuple(heads)


def row_of(question: Question, row: Any, lists: dict[str, Choices]) -> tuple[Content, ...]:
    """The cells of one row of a table."""
    cells: list[Content] = []
    for column in question.columns:
        value = row.get(column.name)
        cells.append(None if value is None else _content(question, column, value, lists))
        if column.kind == "money":
            cells.append(value.currency if isinstance(value, Money) else None)
    return tuple(cells)
