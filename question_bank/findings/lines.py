"""The rows of a table answer with typed cells: a value, or NotKnown for an empty cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from question_bank.findings.reasoning import NotKnown

if TYPE_CHECKING:
    from question_bank.asked import Question
    from question_bank.findings.facts import Facts

T = TypeVar("T")


class Line:
    """One row of a table."""

    __slots__ = ("cells", "facts", "table")

    def __init__(self, cells: Mapping[str, Any], table: Question, facts: Facts) -> None:
        self.cells, self.table, self.facts = cells, table, facts

    def cell(self, name: str, kind: type[T]) -> T:
        value = self.cells.get(name)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.unknown(name)
        return value

    def number(self, name: str) -> Decimal:
        return self.cell(name, Decimal)

    def text(self, name: str) -> str:
        return self.cell(name, str)

    def codes(self, name: str) -> frozenset[str]:
        return frozenset(one for one in self.cell(name, tuple) if isinstance(one, str))

    def yes(self, name: str) -> bool:
        return self.cell(name, bool)

    def day(self, name: str) -> date:
        return self.cell(name, date)

    def time(self, name: str) -> time:
        return self.cell(name, time)

    def is_empty(self, name: str) -> bool:
        """Nothing stands there: a fact in an optional column, in any other it is not known."""
        return self.cells.get(name) is None

    @property
    def name(self) -> str:
        """What the row calls itself in its first cell; an empty text where that names nothing."""
        column = self.table.columns[0]
        cell = self.cells.get(column.name)
        if not isinstance(cell, str) or column.kind not in ("text", "choice", "language"):
            return ""
        if column.kind == "language":
            return self.facts.voice.tongue(cell)
        choice = column.choice(cell)
        return choice.label.text(self.facts.voice.language) if choice else cell

    def place(self) -> tuple[str, str]:
        """Where it stands among the rows of its table: by its name, then by all its cells."""
        return self.name.casefold(), str(sorted(self.cells.items(), key=lambda cell: cell[0]))

    def unknown(self, name: str) -> NotKnown:
        column = self.table.column(name)
        label = column.label.text(self.facts.voice.language) if column else name
        if self.name:
            return self.facts.not_known("empty_cell_of", column=label, row=self.name)
        return self.facts.not_known("empty_cell", column=label)
