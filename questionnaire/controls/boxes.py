"""What goes into the boxes of one value: texts, ticks, amounts, dates."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import escape

from question_bank.model import Question
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS
from questionnaire.services.resuming import Kept

CHECKED = " checked"
SELECTED = " selected"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")


#: No page can hold these; where somebody typed one, its place can be seen.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ODD = re.compile("[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def esc(text: object) -> str:
    """The text as plain markup, of type str: joining Markup objects would be slow."""
    plain = str(text)
    # Nearly every text is its own markup: one search finds that out.
    if _ODD.search(plain) is None:
        return plain
    return str(escape(_UNSHOWABLE.sub("\ufffd", plain)))


def stored_raw(question: Question, held: Kept, speech: str) -> Any:
    """What stands in the boxes for a stored answer, also one that was set aside by a "don't know";
    None where there is no value.
    """
    if held.value is None:
        return None
    kind = KINDS[question.kind]
    try:
        return kind.to_raw(question, kind.from_json(question, held.value), speech)
    except AnswerFault:
        return None


def box_values(question: Question, raw: Any, none: bool) -> dict[str, str]:
    """The gaps of every kind that is not made of rows."""
    if question.kind in ("yes_no", "single_choice"):
        return {f"checked:{raw}": CHECKED} if raw else {}
    if question.kind == "multi_choice":
        return _ticks(raw, none)
    if question.kind == "money":
        return _amount(raw)
    if question.kind == "file":
        return {}
    values = {"value": esc(raw or "")}
    if question.kind == "date":
        values["type"] = day_box(raw)
    return values


def _ticks(raw: Any, none: bool) -> dict[str, str]:
    values = {f"checked:{code}": CHECKED for code in raw or ()}
    if none or raw == []:
        values["none"] = CHECKED
    return values


def _amount(raw: Any) -> dict[str, str]:
    boxes = raw or {}
    currency = boxes.get("currency", "")
    return {"amount": esc(boxes.get("amount", "")), f"currency:{currency}": SELECTED}


def day_box(raw: Any) -> str:
    """A date picker, or a text box where the text is no date: a picker would swallow it."""
    if raw and not _DAY.fullmatch(str(raw)):
        return 'type="text"'
    return 'type="date" min="1900-01-01" max="2199-12-31"'


def time_box(raw: Any) -> str:
    """A time picker, or a text box where the text is no time of day."""
    if raw and not _TIME.fullmatch(str(raw)):
        return 'type="text"'
    return 'type="time"'
