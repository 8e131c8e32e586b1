"""What the buttons inside a question do where no script does it: rows, pasting, taking back.

They change what was typed before it is saved; nothing typed elsewhere on the page is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from question_bank.model import Question
from questionnaire.controls import rows_of
from questionnaire.controls.names import Parts
from questionnaire.core.faults import AnswerFault, TableFault, placed
from questionnaire.core.pasting import Paste, parse_table_paste
from questionnaire.core.phrases import say
from questionnaire.services.taking import Typed


@dataclass(slots=True)
class Edited:
    """The typed answers after the pressed button; `at` is the question it belongs to.

    `more_rows` is the question that gets an empty row on the page that comes back.
    """

    typed: dict[str, Typed]
    faults: dict[str, AnswerFault] = field(default_factory=dict)
    at: str = ""
    more_rows: str = ""
    #: Whether a row of it is a mere text, as one of several countries is.
    of_texts: bool = False
    #: What a paste had and the table has no place for, in sentences.
    notices: tuple[str, ...] = ()

    def with_empty_row(self) -> dict[str, Typed]:
        """What was typed, with one more row where it was asked for."""
        one = self.typed[self.more_rows]
        empty: Any = "" if self.of_texts else {}
        rows = [*(one.raw or ()), empty]
        return self.typed | {self.more_rows: replace(one, raw=rows, none=False)}


def edit(
    questions: Mapping[str, Question],
    typed: dict[str, Typed],
    grouped: Mapping[str, Parts],
    pressed: MultiDict[str, str],
    speech: str,
) -> Edited:
    """Apply the button that was pressed, if it was one of those inside a question."""
    edited = Edited(typed)
    for name, apply in _BUTTONS.items():
        value = pressed.get(name, "")
        question_id = value.partition(":")[0]
        if question_id in typed:
            edited.at = question_id
            apply(edited, questions[question_id], grouped.get(question_id, {}), value, speech)
    return edited


def _clear(edited: Edited, question: Question, _parts: Parts, _value: str, _speech: str) -> None:
    one = edited.typed[question.id]
    edited.typed[question.id] = replace(one, said="answered", raw=None, none=False)


def _take_stored(
    edited: Edited, question: Question, _parts: Parts, _value: str, _speech: str
) -> None:
    del edited.typed[question.id]


def _remove_row(edited: Edited, question: Question, parts: Parts, value: str, _speech: str) -> None:
    rows = rows_of(question, parts)
    rows.pop(_number(value), None)
    one = edited.typed[question.id]
    edited.typed[question.id] = replace(one, raw=list(rows.values()) or None)


def _number(value: str) -> int:
    number = value.rpartition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else -1


def _add_row(edited: Edited, question: Question, _parts: Parts, _value: str, _speech: str) -> None:
    edited.more_rows = question.id
    edited.of_texts = question.kind == "countries"


def _paste(edited: Edited, question: Question, parts: Parts, _value: str, speech: str) -> None:
    text = (parts.get("paste") or [""])[0]
    one = edited.typed[question.id]
    paste = pasted(question, one.raw, text, speech)
    edited.typed[question.id] = replace(one, raw=paste.rows, none=False, said="answered")
    edited.notices += paste.notices
    if paste.fault is not None:
        edited.faults[question.id] = paste.fault


class Pasted(NamedTuple):
    """The rows so far with the pasted ones behind them, what is wrong, and what was left out."""

    rows: list[dict[str, Any]]
    fault: AnswerFault | None
    notices: tuple[str, ...]


def pasted(question: Question, raw: Any, text: str, speech: str) -> Pasted:
    """Put what was pasted behind the rows that hold something."""
    before = [row for row in raw or () if any(_typed(cell) for cell in row.values())]
    paste = parse_table_paste(question, text, speech)
    fault = _fault(question, paste, len(before), speech)
    return Pasted([*before, *paste.rows] or [{}], fault, paste.notices)


def _typed(cell: Any) -> bool:
    return bool(cell.strip() if isinstance(cell, str) else cell)


def _fault(question: Question, paste: Paste, offset: int, speech: str) -> AnswerFault | None:
    """All faults of a paste as one, with the rows counted as they stand in the table now."""
    if not paste.faults:
        return None
    moved = [
        AnswerFault(one.sentence, one.path and one.path._replace(row=one.path.row + offset))
        for one in paste.faults
    ]
    said = [_placed(question, one, speech) for one in moved[:3]]
    if len(moved) > len(said):
        said.append(say(speech, "And {n} more.", n=len(moved) - len(said)))
    return TableFault(moved, " ".join(said))


def _placed(question: Question, fault: AnswerFault, speech: str) -> str:
    column = question.column(fault.path.column) if fault.path else None
    if fault.path is None or column is None:
        return fault.sentence
    return placed(fault.path.row, column.label.text(speech), fault.sentence, speech)


_BUTTONS = {
    "clear": _clear,
    "take": _take_stored,
    "remove-row": _remove_row,
    "add-row": _add_row,
    "paste": _paste,
}
