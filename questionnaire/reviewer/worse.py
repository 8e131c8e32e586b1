"""What became worse since the vendor's last answer, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from question_bank.model import Question
from questionnaire import controls
from questionnaire.core.answers import Answer, kept_answer
from questionnaire.core.faults import AnswerFault


@dataclass(frozen=True, slots=True)
class Worse:
    """The last answer before this one: to which RFI, handed in when, and what it was."""

    since: datetime
    rfi: str
    was: str
    answer: Markup


def worse_words(question: Question, kept: Mapping[str, Any] | None, speech: str) -> Worse | None:
    """As judging kept it, read with today's question; None where nothing became worse."""
    if not kept:
        return None
    try:
        answer = kept_answer(question, kept["state"], kept["value"])
    except AnswerFault:
        answer = Answer("blank")
    html = controls.answer_html(question, answer, speech)
    return Worse(datetime.fromisoformat(kept["since"]), kept["rfi"], kept["was"], html)
