"""What is wrong with an answer that somebody typed: a sentence, and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from questionnaire.core.phrases import quoted, say


class Cell(NamedTuple):
    """A place in a table: the row counted from 0 as it was typed, and the column's name."""

    row: int
    column: str


class AnswerFault(ValueError):
    """The answer cannot be taken; `sentence` says what is wrong and what to do.

    `path` is the cell of a table that the sentence is about, or None for the answer as a whole.
    `faults` lists all of them: itself alone, unless it is a :class:`TableFault`.
    """

    def __init__(self, sentence: str, path: Cell | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path

    @property
    def faults(self) -> tuple[AnswerFault, ...]:
        return (self,)


class TableFault(AnswerFault):
    """All faults of one table; its own sentence is the first one, with row and column named."""

    def __init__(self, faults: Sequence[AnswerFault], first: str) -> None:
        super().__init__(first, faults[0].path)
        self._faults = tuple(faults)

    @property
    def faults(self) -> tuple[AnswerFault, ...]:
        return self._faults


def placed(row: int, column_label: str, sentence: str, language: str) -> str:
    """The sentence with its place before it, rows counted from 1 as people do."""
    return say(
        language,
        "Row {row}, {column}: {sentence}",
        row=row + 1,
        column=quoted(column_label),
        sentence=sentence,
    )
