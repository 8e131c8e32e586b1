"""The cells of one question, as they would have been typed into the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from question_bank.model import Column, Question
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.sheet import keys
from questionnaire.core.sheet.contents import box_of
from questionnaire.core.sheet.filled import Filled, Refused
from questionnaire.core.sheet.finding import Marked, ticked
from questionnaire.core.sheet.grid import Grid, place_of
from questionnaire.core.sheet.lists import COUNTRIES, CURRENCIES, STATE, TICK, YES_NO, list_of
from questionnaire.core.texts import same_text

#: List -> label -> code.
Lists = Mapping[str, Mapping[str, str]]


class Unread(ValueError):
    """Cells of a question that are not read; the question is left as it is."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        super().__init__("; ".join(one.sentence for one in refused))
        self.refused = tuple(refused)


def fill(
    question: Question,
    sheet: Marked,
    rows: Mapping[str, list[int]],
    table: Marked | None,
    labels: Lists,
    language: str,
) -> Filled:
    """What stands in the cells of a question; Unread with every cell that cannot be read."""
    reader = _Cells(question, labels, language)
    first = rows[question.id][0]
    at = {name: (first, column) for name, column in sheet.columns.items()}
    version = reader.text(sheet.grid, *at["version"])
    state = reader.text(sheet.grid, *at["state"])
    comment = reader.text(sheet.grid, *at["comment"])
    reason = reader.text(sheet.grid, *at["reason"])
    answer = sheet.columns["answer"]
    raw, none = reader.value(sheet.grid, rows, answer)
    lines: tuple[int, ...] = ()
    columns: dict[str, int] = {}
    place, name = place_of(first, answer), sheet.grid.name
    if table is not None:
        raw, lines, columns = reader.table(table)
        name = table.grid.name if raw else name
    said = labels[STATE].get(same_text(state), state)
    if state and said not in keys.STATES:
        reader.refuse(sheet.grid, *at["state"], say(language, "Choose one from the list."))
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        changed = say(language, "The hidden version beside this question was changed. Download the "
                      "questionnaire again, and copy your answers into it.")  # fmt: skip
        reader.refuse(sheet.grid, *at["version"], changed)
    if reader.refused:
        raise Unread(reader.refused)
    return Filled(
        question.id, int(version), said, raw, none, comment, reason, name, place, lines, columns
    )


class _Cells:
    """Reads cells of one question, and gathers those that it cannot."""

    def __init__(self, question: Question, labels: Lists, language: str) -> None:
        self.question, self.labels, self.language = question, labels, language
        self.refused: list[Refused] = []

    def refuse(self, grid: Grid, row: int, column: int, sentence: str) -> None:
        place = place_of(row, column)
        self.refused.append(Refused(sentence, grid.name, place, self.question.id))

    def text(self, grid: Grid, row: int, column: int) -> str:
        """What is written in a cell; formulas and errors are noted as refused."""
        found = grid.cells.get((row, column))
        if found is None:
            return ""
        if found.kind == "formula":
            sentence = say(self.language, "A formula stands here. Write its result instead.")
            self.refuse(grid, row, column, sentence)
        elif found.kind == "error":
            sentence = say(self.language, "An error stands here instead of a value. Write the "
                           "value.")  # fmt: skip
            self.refuse(grid, row, column, sentence)
        return found.text.strip()

    def value(self, grid: Grid, rows: Mapping[str, list[int]], column: int) -> tuple[Any, bool]:
        """The typed value, and whether "none" is ticked."""
        question, kind = self.question, self.question.kind
        none = any(
            self._ticked(grid, row, column) for row in rows.get(keys.none(question.id), ())
        )  # fmt: skip
        if kind in ("table", "file"):
            return None, none
        if kind == "multi_choice":
            codes = [
                one.code
                for one in question.choices
                for row in rows.get(keys.tick(question.id, one.code), ())
                if self._ticked(grid, row, column)
            ]
            return codes or None, none
        if kind == "countries":
            named = [
                self.text(grid, row, column) for row in rows.get(keys.country(question.id), ())
            ]
            return [self._code(COUNTRIES, one) for one in named if one] or None, none
        typed = self.text(grid, rows[question.id][0], column)
        if kind == "money":
            below = rows.get(keys.currency(question.id), ())
            named = [self.text(grid, row, column) for row in below]
            currency = self._code(CURRENCIES, named[0]) if named else ""
            return ({"amount": typed, "currency": currency} if typed else None), none
        box = box_of(question)
        return (self._code(box.choices, typed) if box.kind == "list" else typed) or None, none

    def _ticked(self, grid: Grid, row: int, column: int) -> bool:
        text = self.text(grid, row, column)
        try:
            return ticked(text, self.labels[YES_NO] | self.labels[TICK], self.language)  # type: ignore[operator]
        except AnswerFault as fault:
            self.refuse(grid, row, column, fault.sentence)
            return False

    def _code(self, name: str, text: str) -> str:
        """The code of a label; what is no label is left for the kind to read."""
        return self.labels.get(name, {}).get(same_text(text), text)

    def table(self, table: Marked) -> tuple[Any, tuple[int, ...], dict[str, int]]:
        """The rows of a table that hold something, where they stand, and its columns."""
        grid, columns = table.grid, {}
        for column in self.question.columns:
            if column.name in table.columns:
                columns[column.name] = table.columns[column.name]
        begin = [
            at[0] for at, one in grid.cells.items()
            if at[1] == table.key_column and one.text == keys.ROWS_BELOW
        ]  # fmt: skip
        if len(columns) < len(self.question.columns) or len(begin) != 1:
            sentence = say(self.language, "The hidden keys of this sheet were changed, so nothing "
                           "on it was read. Download the questionnaire again, and copy your "
                           "answers into it.")  # fmt: skip
            raise Unread([Refused(sentence, grid.name, "", self.question.id)])
        read = {**columns, **{
            key: table.columns[key]
            for one in self.question.columns
            if (key := keys.currency(one.name)) in table.columns
        }}  # fmt: skip
        held = {row for row, column in grid.cells if row > begin[0] and column in read.values()}
        raws, lines = [], []
        for row in sorted(held):
            cells = {name: self.text(grid, row, column) for name, column in read.items()}
            if any(cells.values()):
                raws.append({one.name: self._cell(one, cells) for one in self.question.columns})
                lines.append(row)
        return raws or None, tuple(lines), columns

    def _cell(self, column: Column, cells: Mapping[str, str]) -> Any:
        text = cells[column.name]
        if column.kind == "money":
            currency = self._code(CURRENCIES, cells.get(keys.currency(column.name), ""))
            return f"{text} {currency}".strip() if text else ""
        if column.kind == "multi_choice":
            return self._several(column, text)
        if column.choices_from:
            return text
        box = box_of(self.question, column)
        return self._code(box.choices, text) if box.kind == "list" else text

    def _several(self, column: Column, text: str) -> list[str] | None:
        """The codes in one cell, apart by semicolons; a label that has one is a whole cell."""
        labels = self.labels.get(list_of(self.question, column), {})
        if same_text(text) in labels:
            return [labels[same_text(text)]]
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True)
        try:
            parts = [part.strip() for line in lines for part in line if part.strip()]
        except csv.Error:
            parts = [text]
        return [labels.get(same_text(one), one) for one in parts] or None
