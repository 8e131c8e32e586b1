"""What was typed on a page into questions that are not open to whoever typed it any more.

Nothing of it can be saved, and nobody types it twice: it comes back to be read and copied. A
question is named where whoever typed may still read it; else it looks like one that there is not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import request

from question_bank.model import Choice, Question
from questionnaire.controls import by_question
from questionnaire.controls.names import Parts

#: Of the page, not typed by anybody.
_FRAME = ("version", "remark", "said", "none", "nothing", "document-type", "issued-on")


@dataclass(frozen=True, slots=True)
class Closed:
    """One such question: its text, empty where it may not be told, and what was typed."""

    name: str
    texts: tuple[str, ...]


def closed(
    open_ids: Collection[str], known: Mapping[str, Question], speech: str
) -> tuple[Closed, ...]:
    """The questions of the page at hand that are not among `open_ids`, in the page's order."""
    grouped = by_question(request.form.items(multi=True))
    return tuple(
        Closed(_name(known.get(id), speech), (*_typed(known.get(id), parts, speech), *_files(id)))
        for id, parts in grouped.items()
        if "version" in parts and id not in open_ids
    )


def _name(question: Question | None, speech: str) -> str:
    return question.text.text(speech) if question else ""


def _typed(question: Question | None, parts: Parts, speech: str) -> list[str]:
    """In the order of the page; a choice by its label where the question may be told."""
    labels = {one.code: one.label.text(speech) for one in _choices(question)}
    values = [one for part, several in parts.items() if part not in _FRAME for one in several]
    return [labels.get(one, one) for one in values if one.strip()]


def _choices(question: Question | None) -> list[Choice]:
    if question is None:
        return []
    return [*question.choices, *(one for column in question.columns for one in column.choices)]


def _files(question_id: str) -> list[str]:
    files = request.files.getlist(f"{question_id}:file")
    return [one.filename for one in files if one.filename]
