"""Earlier answers about the vendor itself, offered again: how long, and what still fits.

Whatever no longer fits today's question is said in a sentence, never silently dropped, and an
answer that is too old is shown and not offered (brief 2.1, scope `profile`; 5.7, checked yearly).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from question_bank.model import Bank, Column, Question
from questionnaire.core.answers import Answer, parse_answer
from questionnaire.core.faults import AnswerFault, placed
from questionnaire.core.kinds import CELLS, KINDS
from questionnaire.core.kinds.chosen import label_of
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import listed, quoted, say

_TABLE: Final = "answers_last_days"
#: States in which an answer says something that can still be true.
REUSABLE: Final = ("answered", "not_applicable")


def offered_again(bank: Bank, question: Question) -> bool:
    """Whether answers to it describe the vendor, so that they can be true for another RFI too."""
    return question.scope == "profile" and question.id not in bank.sealed_questions


def last_day(bank: Bank, question: Question, handed_in: date) -> date | None:
    """The last day on which an answer is offered; None where the edition has no such table."""
    table = bank.policy.get(_TABLE)
    if not isinstance(table, Mapping):
        return None
    found = (table.get(one) for one in (question.id, question.section, "default"))
    days = number_of(next((one for one in found if one is not None), None))
    return None if days is None else handed_in + timedelta(days=int(days))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it is stored; `value` is the JSON form of brief 2.1a."""

    state: str
    value: Any = None
    comment: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fitted:
    """An earlier answer as today's question takes it; None where nothing of it fits any more.

    `left_out` says in sentences what is not taken over, and what is asked besides.
    """

    answer: Answer | None
    left_out: tuple[str, ...] = ()


def fit(question: Question, then: Question | None, said: Said, language: str = "en") -> Fitted:
    """Read an earlier answer as if it had been typed into today's question.

    `then` is the question as it was asked at that time, for the names of what has gone.
    """
    if said.state == "not_applicable":
        return Fitted(Answer("not_applicable", None, said.comment, said.reason))
    if then is not None and then.kind != question.kind:
        return Fitted(None, (say(language, "This is asked in another way now."),))
    value, gone = _narrowed(question, then or question, said.value, language)
    try:
        kind = KINDS[question.kind]
        found = kind.from_json(question, value)
        raw = [] if found == () else kind.to_raw(question, found, language)
        read = parse_answer(question, raw, comment=said.comment, language=language)
    except AnswerFault as fault:
        return Fitted(None, (*gone, fault.sentence))
    if read.state != "answered":
        return Fitted(None, gone or (say(language, "Nothing of it can be answered now."),))
    return Fitted(read, gone)


def _narrowed(
    question: Question, then: Question, value: Any, language: str
) -> tuple[Any, tuple[str, ...]]:
    """What today's question can take of the value, and a sentence for everything that it cannot."""
    if question.kind == "multi_choice" and isinstance(value, list):
        kept = [one for one in value if question.choice(one)]
        gone = tuple(_no_choice(then, one, language) for one in value if one not in kept)
        return (kept or None) if gone else kept, gone
    if question.kind == "single_choice" and isinstance(value, str) and not question.choice(value):
        return None, (_no_choice(then, value, language),)
    if question.kind == "table" and isinstance(value, list):
        return _rows(question, then, value, language)
    return value, ()


def _no_choice(then: Question, code: str, language: str) -> str:
    label = label_of(then, code, language)
    return say(language, "{choice} can no longer be chosen.", choice=quoted(label))


def _rows(
    question: Question, then: Question, rows: list[Any], language: str
) -> tuple[list[dict[str, Any]] | None, tuple[str, ...]]:
    now = {one.name for one in question.columns}
    used = {name for row in rows for name, cell in row.items() if cell is not None}
    lost = [_label(then.column(name), name, language) for name in sorted(used - now)]
    more = [one for one in question.columns if then.column(one.name) is None]
    told = []
    if lost:
        columns = listed([quoted(one) for one in lost], language)
        told.append(say(language, "No longer asked: {columns}.", columns=columns))
    if more:
        columns = listed([quoted(one.label.text(language)) for one in more], language)
        told.append(say(language, "Asked besides, to be filled in: {columns}.", columns=columns))
    kept = [_cells(question, number, row, told, language) for number, row in enumerate(rows)]
    return (kept if kept or not rows else None), tuple(told)


def _cells(
    question: Question, number: int, row: Mapping[str, Any], told: list[str], language: str
) -> dict[str, Any]:
    kept = {}
    for column in question.columns:
        cell = row.get(column.name)
        try:
            CELLS[column.kind].from_json(column, cell, language)
        except AnswerFault as fault:
            told.append(placed(number, column.label.text(language), fault.sentence, language))
        else:
            kept[column.name] = cell
    return kept


def _label(column: Column | None, name: str, language: str) -> str:
    return column.label.text(language) if column else name
