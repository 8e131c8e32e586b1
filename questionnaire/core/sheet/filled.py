"""What somebody filled in, question by question, unread; and what could not be taken at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from questionnaire.core.faults import AnswerFault
from questionnaire.core.sheet.grid import place_of


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not read: the sentence, and where it stands as people say it.

    `question` is the question that is left as it is because of it; empty where there is none.
    """

    sentence: str
    sheet: str = ""
    cell: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells of one question: what `core.kinds` parse, and where they stand.

    `version` is the one that stood beside the answer when the file was made. `rows` are the lines
    of a table's sheet, counted from 0, one for each of `raw`; `columns` their columns by name.
    """

    question: str
    version: int
    said: str = ""
    raw: Any = None
    none: bool = False
    comment: str = ""
    reason: str = ""
    sheet: str = ""
    cell: str = ""
    rows: tuple[int, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)

    def refused(self, fault: AnswerFault) -> tuple[Refused, ...]:
        """Every fault of this answer with the cell that it is about."""
        return tuple(self._refused(one) for one in fault.faults)

    def _refused(self, fault: AnswerFault) -> Refused:
        cell = self.cell
        if fault.path is not None and fault.path.row < len(self.rows):
            column = self.columns.get(fault.path.column)
            row = self.rows[fault.path.row]
            cell = place_of(row, column) if column is not None else cell
        return Refused(fault.sentence, self.sheet, cell, self.question)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read: what is filled in by question, and what was refused."""

    filled: tuple[Filled, ...]
    refused: tuple[Refused, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "filled": [asdict(one) for one in self.filled],
            "refused": [asdict(one) for one in self.refused],
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Reading:
        """From what `document` gave."""
        filled = [Filled(**one | {"rows": tuple(one["rows"])}) for one in document["filled"]]
        return cls(tuple(filled), tuple(Refused(**one) for one in document["refused"]))
