"""How an answer is shown to somebody who reads: the piece of its kind, joined with the value."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from question_bank.model import Question
from questionnaire.controls.boxes import esc
from questionnaire.controls.pieces import Piece, Pieces, rendered
from questionnaire.core import codes
from questionnaire.core.answers import Answer
from questionnaire.core.kinds import KINDS, show_rows
from questionnaire.core.kinds.chosen import label_of

_pieces = Pieces()


def answer_html(question: Question, answer: Answer, language: str = "en") -> Markup:
    """An answer as markup: its value, or how it is not known, with its reason and its comment."""
    if answer.state == "answered":
        html = _value(question, answer.value, language)
    else:
        html = _said(answer.state, language)
        if answer.reason:
            html += _note("reason", answer.reason, language)
    if answer.comment:
        html += _note("comment", answer.comment, language)
    return Markup(html)  # noqa: S704 - every value was escaped where it was put in


def _value(question: Question, value: Any, speech: str) -> str:
    if question.kind in ("table", "multi_choice", "countries") and not value:
        none = esc(KINDS[question.kind].show(question, value, speech))
        return _piece("answers/none.html", question, speech).fill({"value": none})
    piece = _piece(f"answers/{question.kind}.html", question, speech)
    if question.kind == "table":
        return _table(piece, question, value, speech)
    if question.kind == "multi_choice":
        return piece.fill({"parts": _list([label_of(question, one, speech) for one in value])})
    if question.kind == "countries":
        return piece.fill({"parts": _list([codes.country_name(one, speech) for one in value])})
    return piece.fill({"value": esc(KINDS[question.kind].show(question, value, speech))})


def _list(texts: list[str]) -> str:
    return "".join(f"<li>{esc(one)}</li>" for one in texts)


def _table(piece: Piece, question: Question, value: Any, speech: str) -> str:
    row = _piece("answers/row.html", question, speech)
    return piece.fill({
        "rows": "".join(
            row.fill_in_order([esc(cell) or "–" for cell in cells])
            for cells in show_rows(question, value, speech)
        )
    })  # fmt: skip


def _said(state: str, speech: str) -> str:
    key = ("state", state, speech)
    return _pieces.get(key, lambda: rendered("answers/state.html", speech, state=state)).fill({})


def _note(kind: str, text: str, speech: str) -> str:
    key = ("note", kind, speech)
    piece = _pieces.get(key, lambda: rendered("answers/note.html", speech, kind=kind))
    return piece.fill({"text": esc(text)})


def _piece(template: str, question: Question, speech: str) -> Piece:
    """By the question's identity: editions differ, and a piece keeps its question alive."""
    key = (template, question.id, id(question), speech)
    return _pieces.get(key, lambda: rendered(template, speech, question=question))
