"""Taking what was typed into the controls of a question as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from question_bank.model import Question
from questionnaire.core.answers import Answer, parse_answer
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS
from questionnaire.core.phrases import say
from questionnaire.services.resuming import UNTOUCHED, Kept

UNKNOWN_STATES = ("dont_know", "not_applicable")
#: Kinds with a tick of their own for "none": an empty answer that says something.
WITH_NONE = ("multi_choice", "countries", "table")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the controls of one question, unread.

    `said` is answered, dont_know or not_applicable; `raw` what `core.kinds` parse, None or "" when
    nothing was typed; `none` the tick "none to report"; `version` the one that the page showed.
    """

    said: str = "answered"
    raw: Any = None
    none: bool = False
    comment: str = ""
    reason: str = ""
    version: int = 0

    @property
    def holds_something(self) -> bool:
        """Whether anything stands in the boxes of the value."""
        return self.none or _filled(self.raw)


def take(question: Question, typed: Typed, held: Kept = UNTOUCHED, language: str = "en") -> Answer:
    """The answer that was meant; AnswerFault with a sentence when it cannot be read.

    Who types a value beside a "don't know" that was said before means the value; who says "don't
    know" beside a value that stood there before means that. Both at once is a contradiction.
    """
    said = typed.said if typed.said in UNKNOWN_STATES else ""
    if said and typed.holds_something and _differs(question, typed, held, language):
        if said != held.state:
            raise AnswerFault(
                say(
                    language,
                    "You answered, and said as well that you don't know or that it does not apply: "
                    "take one of the two back.",
                )
            )
        said = ""
    raw = typed.raw
    if question.kind == "file":
        raw = held.files[-1].name if held.files else ""
    elif typed.none and not said:
        raw = _none(question, typed, language)
    return parse_answer(
        question, raw, said=said, comment=typed.comment, reason=typed.reason, language=language
    )


def _differs(question: Question, typed: Typed, held: Kept, language: str) -> bool:
    """Whether something else stands in the boxes than what is stored, standing or set aside."""
    kind = KINDS[question.kind]
    try:
        now = kind.parse(question, [] if typed.none else typed.raw, language)
        return bool(kind.to_json(now) != kind.to_json(kind.from_json(question, held.value)))
    except AnswerFault:
        return True


def _none(question: Question, typed: Typed, language: str) -> list[Any]:
    if question.kind not in WITH_NONE or _filled(typed.raw):
        raise AnswerFault(
            say(language, "You ticked “none” and answered as well: take one of the two back.")
        )
    return []


def _filled(raw: Any) -> bool:
    if raw is None:
        return False
    if isinstance(raw, str):
        return bool(raw.strip())
    if isinstance(raw, dict):
        return any(_filled(one) for name, one in raw.items() if name != "currency")
    return any(_filled(one) for one in raw)
