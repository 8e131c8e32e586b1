"""Rows pasted from a spreadsheet into a table question."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from question_bank.model import Column, Question
from questionnaire.core.faults import AnswerFault, Cell
from questionnaire.core.kinds import CELLS, MOST_ROWS
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.texts import printable, same_text


class Paste(NamedTuple):
    """Rows for the form, typed as they were pasted where a cell could not be understood.

    Every fault of a cell has its path: the row counted from 0 among `rows`, and the column's name.
    `notices` name what the table has no place for, in words: the rest can be saved all the same.
    """

    rows: tuple[dict[str, Any], ...]
    faults: tuple[AnswerFault, ...]
    notices: tuple[str, ...] = ()


def parse_table_paste(question: Question, text: str, language: str = "en") -> Paste:
    """Read rows separated by tabs, semicolons or commas.

    A first row that names columns (by name, or by label in the reader's language or English) is a
    header and gives their order; without one the cells are taken in the question's order. Nothing
    is lost: an unreadable cell stays as it was pasted and has a fault.
    """
    try:
        lines = _lines(printable(text, language))
    except AnswerFault as fault:
        return Paste((), (fault,))
    if not lines:
        return Paste((), (AnswerFault(say(language, "Nothing was pasted.")),))
    columns, notices = _header(question, lines[0], language)
    if columns:
        lines = lines[1:]
    else:
        columns = list(question.columns)
    if len(lines) > MOST_ROWS:
        sentence = say(
            language, "{n} rows were pasted; the first {most} were taken, the others left out.",
            n=len(lines), most=MOST_ROWS,
        )  # fmt: skip
        notices.append(sentence)
    rows, faults = [], list[AnswerFault]()
    for number, cells in enumerate(lines[:MOST_ROWS]):
        rows.append(_row(columns, number, cells, language, faults))
        notices += _left_out(columns, number, cells, language)
    return Paste(tuple(rows), tuple(faults), tuple(notices))


def _lines(text: str) -> list[list[str]]:
    """The cells of every line that holds something."""
    first = text.split("\n", 1)[0]
    separator = "\t" if "\t" in text else max(";,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[list[str]] = []
    try:
        lines.extend([cell.strip() for cell in line] for line in reader)
    except csv.Error:
        lines = [line.split(separator) for line in text.split("\n")]
    return [line for line in lines if any(line)]


def _header(
    question: Question, cells: Sequence[str], language: str
) -> tuple[list[Column | None], list[str]]:
    """The columns that a header names, None for one that the table does not have; [] if it is none.

    It is a header when at least half of its cells name columns.
    """
    names = {
        same_text(name): column
        for column in question.columns
        for name in (column.name, column.name.replace("_", " "), column.label.en,
                     column.label.text(language))
    }  # fmt: skip
    found = [names.get(same_text(cell)) for cell in cells]
    if 2 * sum(column is not None for column in found) < len(cells):
        return [], []
    notices = []
    strange = [cell for cell, column in zip(cells, found, strict=True) if cell and not column]
    if strange:
        sentence = say(
            language, "No column is called {names}; it was left out.",
            names=listed([quoted(cell) for cell in strange], language, either=True),
        )  # fmt: skip
        notices.append(sentence)
    return list(found), notices


def _row(
    columns: Sequence[Column | None],
    number: int,
    cells: Sequence[str],
    language: str,
    faults: list[AnswerFault],
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None:
            row[column.name] = _cell(column, number, cell, language, faults)
    return row


def _left_out(
    columns: Sequence[Column | None], number: int, cells: Sequence[str], language: str
) -> list[str]:
    """What a row has beyond its columns, in a sentence with the texts, so that it is not gone."""
    beyond = [quoted(cell) for cell in cells[len(columns) :] if cell]
    if not beyond:
        return []
    sentence = say(
        language, "Row {row} has more cells than there are columns ({n}); left out: {cells}.",
        row=number + 1, n=len(columns), cells=listed(beyond, language),
    )  # fmt: skip
    return [sentence]


def _cell(column: Column, number: int, typed: str, language: str, faults: list[AnswerFault]) -> Any:
    """What the form shows for a pasted cell: the code that it means, or the text itself."""
    kind = CELLS[column.kind]
    try:
        return kind.to_raw(column, kind.parse(column, typed, language), language)
    except AnswerFault as fault:
        faults.append(AnswerFault(fault.sentence, Cell(number, column.name)))
        return [typed] if column.kind == "multi_choice" else typed
