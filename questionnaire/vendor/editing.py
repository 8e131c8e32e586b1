"""What the buttons inside a question do where no script does it: rows, pasting, taking back.

They change what was typed before it is saved; nothing typed elsewhere on the page is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from question_bank.model import Question
from questionnaire.controls import rows_of
from questionnaire.controls.names import Parts
from questionnaire.core.faults import AnswerFault, TableFault
from questionnaire.core.pasting import Paste, parse_table_paste
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

    def with_empty_row(self) -> dict[str, Typed]:
        """What was typed, with one more row where it was asked for."""
        one = self.typed[self.more_rows]
        empty: Any = {} if not _of_texts(one.raw) else ""
        rows = [*(one.raw or ([""] if _of_texts(one.raw) else [])), empty]
        return self.typed | {self.more_rows: replace(one, raw=rows, none=False)}


def _of_texts(raw: Any) -> bool:
    return bool(raw) and isinstance(raw[0], str)


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


def _paste(edited: Edited, question: Question, parts: Parts, _value: str, speech: str) -> None:
    text = (parts.get("paste") or [""])[0]
    one = edited.typed[question.id]
    rows, fault = pasted(question, one.raw, text, speech)
    edited.typed[question.id] = replace(one, raw=rows, none=False, said="answered")
    if fault is not None:
        edited.faults[question.id] = fault


def pasted(
    question: Question, raw: Any, text: str, speech: str
) -> tuple[list[dict[str, Any]], AnswerFault | None]:
    """The rows so far with the pasted ones behind them, and what is wrong with these."""
    before = [row for row in raw or () if any(_typed(cell) for cell in row.values())]
    paste = parse_table_paste(question, text, speech)
    return [*before, *paste.rows] or [{}], _fault(paste, len(before))


def _typed(cell: Any) -> bool:
    return bool(cell.strip() if isinstance(cell, str) else cell)


def _fault(paste: Paste, offset: int) -> AnswerFault | None:
    """All faults of a paste as one, with the rows counted as they stand in the table now."""
    if not paste.faults:
        return None
    moved = [
        AnswerFault(one.sentence, one.path and one.path._replace(row=one.path.row + offset))
        for one in paste.faults
    ]
    return TableFault(moved, " ".join(dict.fromkeys(one.sentence for one in paste.faults[:3])))


_BUTTONS = {
    "clear": _clear,
    "take": _take_stored,
    "remove-row": _remove_row,
    "add-row": _add_row,
    "paste": _paste,
}
