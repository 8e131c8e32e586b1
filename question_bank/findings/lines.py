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
        return frozenset(self.cell(name, tuple))

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
        """What the row calls itself: its first cell of text, or an empty text."""
        for column in self.table.columns:
            if column.kind == "text":
                return str(self.cells.get(column.name) or "")
        return ""

    def unknown(self, name: str) -> NotKnown:
        column = self.table.column(name)
        label = column.label.text(self.facts.voice.language) if column else name
        if self.name:
            return self.facts.not_known("empty_cell_of", column=label, row=self.name)
        return self.facts.not_known("empty_cell", column=label)
