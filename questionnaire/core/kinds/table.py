"""Tables: rows of typed cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from question_bank.model import Column, Question
from questionnaire.core.faults import AnswerFault, Cell, TableFault, placed
from questionnaire.core.kinds.base import Asked, Cellvalue, Kind, Raw, Row, is_blank
from questionnaire.core.kinds.chosen import CellChoice, CellChoices
from questionnaire.core.kinds.numeric import CellAmount, Number, Percentage, Year
from questionnaire.core.kinds.places import Country, Language
from questionnaire.core.kinds.plain import CellText, YesNo
from questionnaire.core.kinds.temporal import Day, TimeOfDay
from questionnaire.core.phrases import say

MOST_ROWS = 200

#: How a cell of each column kind is read and shown.
CELLS: Mapping[str, Kind[Any]] = {
    one.name: one
    for one in (
        CellText(), Number(), Percentage(), CellAmount(), Day(), TimeOfDay(), Year(), YesNo(),
        Country(), Language(), CellChoice(), CellChoices(),
    )
}  # fmt: skip

_ReadCell = Callable[[Kind[Any], Column, Any], Cellvalue | None]


class Table(Kind[tuple[Row, ...]]):
    """A tuple of rows; () is "none to report", None a table that nobody touched.

    A row that holds nothing is dropped: it never makes an untouched table "none to report".
    """

    name = "table"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> tuple[Row, ...] | None:
        """From the rows of a form: column -> text, or list of texts for several choices."""
        if is_blank(raw):
            return None
        return _read(_question(asked), raw, language, lambda kind, column, cell: kind.parse(
            column, cell, language
        ))  # fmt: skip

    def from_json(
        self, asked: Asked, value: object, language: str = "en"
    ) -> tuple[Row, ...] | None:
        if value is None:
            return None
        return _read(_question(asked), value, language, lambda kind, column, cell: kind.from_json(
            column, cell, language
        ))  # fmt: skip

    def to_raw(
        self, asked: Asked, value: tuple[Row, ...] | None, language: str = "en"
    ) -> list[dict[str, Any]] | None:
        if value is None:
            return None
        columns = _question(asked).columns
        return [
            {c.name: CELLS[c.kind].to_raw(c, row.get(c.name), language) for c in columns}
            for row in value
        ]

    def show(self, asked: Asked, value: tuple[Row, ...] | None, language: str = "en") -> str:
        """How many rows; the cells are in :func:`show_rows`."""
        if value is None:
            return ""
        if not value:
            label = _question(asked).none_label
            return label.text(language) if label else say(language, "None to report")
        if len(value) == 1:
            return say(language, "1 row")
        return say(language, "{n} rows", n=len(value))


def show_rows(
    question: Question, value: tuple[Row, ...] | None, language: str = "en"
) -> tuple[tuple[str, ...], ...]:
    """Every cell of a table as text, in the order of the question's columns."""
    return tuple(
        tuple(show_cell(column, row.get(column.name), language) for column in question.columns)
        for row in value or ()
    )


def show_cell(column: Column, cell: Cellvalue | None, language: str = "en") -> str:
    """One cell as text, with its unit; an empty text for an empty cell."""
    return CELLS[column.kind].show(column, cell, language)


def _question(asked: Asked) -> Question:
    if isinstance(asked, Question):
        return asked
    raise TypeError("A table is asked by a question, not in a cell.")


def _read(
    question: Question, rows: object, language: str, read: _ReadCell
) -> tuple[Row, ...] | None:
    if isinstance(rows, str | Mapping) or not isinstance(rows, Sequence):
        raise AnswerFault(say(language, "Expected is a list of rows."))
    numbered = [(number, cells) for number, cells in enumerate(rows) if not _empty(cells)]
    if len(numbered) > MOST_ROWS:
        raise AnswerFault(
            say(
                language,
                "The table has {n} rows; at most {most} fit. Keep the rows that matter most and "
                "sum up the rest in the comment.",
                n=len(numbered),
                most=MOST_ROWS,
            )
        )
    faults: list[AnswerFault] = []
    kept = [_row(question, number, cells, language, read, faults) for number, cells in numbered]
    if faults:
        raise TableFault(faults, _first(question, faults[0], language))
    filled = tuple(row for row in kept if any(cell is not None for cell in row.values()))
    return filled if filled or not rows else None


def _first(question: Question, fault: AnswerFault, language: str) -> str:
    row, name = fault.path or Cell(0, "")
    column = question.column(name)
    return placed(row, column.label.text(language) if column else name, fault.sentence, language)


def _empty(cells: object) -> bool:
    """A row in which nothing was typed, chosen or known."""
    return isinstance(cells, Mapping) and all(
        is_blank(cell) or (isinstance(cell, list | tuple) and not any(map(_said, cell)))
        for cell in cells.values()
    )


def _said(part: object) -> bool:
    return not is_blank(part)


def _row(
    question: Question,
    number: int,
    cells: object,
    language: str,
    read: _ReadCell,
    faults: list[AnswerFault],
) -> dict[str, Cellvalue | None]:
    """One row with every column; what is wrong with a cell is added to `faults`."""
    row: dict[str, Cellvalue | None] = {column.name: None for column in question.columns}
    if not isinstance(cells, Mapping):
        faults.append(AnswerFault(say(language, "Expected is a row."), Cell(number, "")))
        return row
    for name in cells.keys() - row.keys():
        faults.append(
            AnswerFault(say(language, "There is no such column."), Cell(number, str(name)))
        )
    for column in question.columns:
        try:
            row[column.name] = read(CELLS[column.kind], column, cells.get(column.name))
        except AnswerFault as fault:
            faults.append(AnswerFault(fault.sentence, Cell(number, column.name)))
    return row
