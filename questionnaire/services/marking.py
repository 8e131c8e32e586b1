"""Marking: what a rater ticks and types about one call, read and held to its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from question_bank.model import Scorecard
from question_bank.scorecard import HIGHEST_MARK, LOWEST_MARK
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.ratings import CRITICAL_CLASSES
from questionnaire.core.texts import COMMENT_LIMIT, clean
from questionnaire.services.faults import Invalid

NOTE_LIMIT = 500
#: What a control sends for a criterion that the call gave no occasion to see.
NOT_OBSERVED = "none"
_MARKS = {str(one): one for one in range(LOWEST_MARK, HIGHEST_MARK + 1)}


@dataclass(frozen=True, slots=True)
class Marked:
    """One rater's marks on one call, as kept or as typed.

    In `marks` None is "not observed"; `critical` has the note of each class that was ticked.
    """

    marks: Mapping[str, int | None] = field(default_factory=dict)
    critical: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    finished: bool = False


def read(typed: Mapping[str, Any], scorecard: Scorecard, speech: str, *, finish: bool) -> Marked:
    """What was ticked and typed; Invalid by control when it cannot be kept as it is."""
    faults: dict[str, str] = {}
    marks: dict[str, int | None] = {}
    for one in scorecard.criteria:
        raw = typed["marks"].get(one.id, "")
        if raw == NOT_OBSERVED:
            marks[one.id] = None
        elif raw in _MARKS:
            marks[one.id] = _MARKS[raw]
        elif raw or finish:
            faults[f"mark-{one.id}"] = say(
                speech,
                "“{criterion}” has no mark yet. Choose one, or “not observed”.",
                criterion=one.title.text(speech),
            )
    critical = {
        sort: _text(typed["notes"].get(sort, ""), NOTE_LIMIT, f"note-{sort}", speech, faults)
        for sort in CRITICAL_CLASSES
        if sort in typed["critical"]
    }
    for sort, note in critical.items():
        if not note and f"note-{sort}" not in faults:
            faults[f"note-{sort}"] = say(
                speech, "Say in a few words what happened: the error counts whatever the marks."
            )
    for sort in CRITICAL_CLASSES:
        if sort not in critical and str(typed["notes"].get(sort, "")).strip():
            faults[f"note-{sort}"] = say(
                speech, "Tick this error too, or empty the box that says what happened."
            )
    comment = _text(typed["comment"], COMMENT_LIMIT, "comment", speech, faults)
    if faults:
        raise Invalid(faults)
    return Marked(marks, critical, comment)


def _text(raw: object, limit: int, name: str, speech: str, faults: dict[str, str]) -> str:
    try:
        return clean(raw, limit, speech)
    except AnswerFault as fault:
        faults[name] = fault.sentence
        return ""
