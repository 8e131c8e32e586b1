"""One answer: its state, its value, what was said about it and what was attached to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from question_bank.model import Question
from questionnaire.core.evidence import Evidence, Review
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS, Raw
from questionnaire.core.phrases import say
from questionnaire.core.texts import COMMENT_LIMIT, REASON_LIMIT, clean

__all__ = (
    "BLANK",
    "STATES",
    "Answer",
    "Answers",
    "Evidence",
    "Review",
    "clean_comment",
    "clean_reason",
    "incomplete",
    "kept_answer",
    "parse_answer",
    "same_answer",
    "show_answer",
    "without_reason",
)

STATES = ("blank", "answered", "dont_know", "not_applicable")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor said to one question.

    `value` is a canonical value of the question's kind and None unless `state` is "answered".
    Blank, don't know and not applicable are three ways of not knowing; none of them is no or 0.
    """

    state: str
    value: Any = None
    comment: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"{self.state!r} is no state of an answer.")
        if (self.value is not None) != (self.state == "answered"):
            raise ValueError("An answer has a value when it is answered, and only then.")


BLANK: Final = Answer("blank")

Answers = Mapping[str, Answer]


def parse_answer(
    question: Question,
    raw: Raw,
    *,
    said: str = "",
    comment: str = "",
    reason: str = "",
    evidence: Sequence[Evidence] = (),
    language: str = "en",
) -> Answer:
    """The answer that a form's input makes; `said` is "dont_know", "not_applicable" or nothing.

    Who says "don't know" has no value, whatever is left in the boxes. AnswerFault otherwise.
    """
    notes = clean_comment(comment, language)
    why = clean_reason(reason, language)
    if said in ("dont_know", "not_applicable"):
        return Answer(said, None, notes, why, tuple(evidence))
    value = KINDS[question.kind].parse(question, raw, language)
    if value == () and not question.none_allowed:
        raise AnswerFault(
            say(
                language,
                "“None” cannot be the answer here. Answer it, or say that you don't know or why it "
                "does not apply to you.",
            )
        )
    if question.most_choices and isinstance(value, tuple) and len(value) > question.most_choices:
        raise AnswerFault(
            say(
                language,
                "{n} are ticked; at most {most} can be. Keep those that fit best.",
                n=len(value),
                most=question.most_choices,
            )
        )
    state = "blank" if value is None else "answered"
    return Answer(state, value, notes, why, tuple(evidence))


def kept_answer(
    question: Question,
    state: str,
    value: object,
    *,
    comment: str = "",
    reason: str = "",
    evidence: Sequence[Evidence] = (),
) -> Answer:
    """The answer that was stored as JSON; AnswerFault when it does not fit the question."""
    found = KINDS[question.kind].from_json(question, value) if state == "answered" else None
    if state == "answered" and found is None:
        state = "blank"
    return Answer(state, found, comment, reason, tuple(evidence))


def clean_comment(raw: str, language: str = "en") -> str:
    """At most 2,000 characters, in NFC."""
    return clean(raw, COMMENT_LIMIT, language)


def clean_reason(raw: str, language: str = "en") -> str:
    """At most 1,000 characters, in NFC."""
    return clean(raw, REASON_LIMIT, language)


def same_answer(question: Question, one: Answer, other: Answer) -> bool:
    """Whether nothing was changed between the two: state, value, comment and reason."""
    kind = KINDS[question.kind]
    return (one.state, one.comment, one.reason, kind.to_json(one.value)) == (
        other.state,
        other.comment,
        other.reason,
        kind.to_json(other.value),
    )


def incomplete(question: Question, answer: Answer, language: str = "en") -> str | None:
    """Why the answer cannot be handed in yet, or None. "Don't know" can; a blank one may not."""
    if answer.state == "blank" and question.answer_required:
        return say(
            language, "This question needs an answer; “don't know” is one, and so is a reason why "
            "it does not apply."
        )  # fmt: skip
    return without_reason(answer.state, answer.reason, language) or None


def without_reason(state: str, reason: str, language: str = "en") -> str:
    """What is said to a "not applicable" that has no reason yet; an empty text to all others."""
    if state == "not_applicable" and not reason:
        return say(language, "Say why this question does not apply to you.")
    return ""


def show_answer(question: Question, answer: Answer, language: str = "en") -> str:
    """The answer for people, in one line: the value, or which way it is not known."""
    if answer.state == "answered":
        return KINDS[question.kind].show(question, answer.value, language)
    if answer.state == "dont_know":
        return say(language, "Don't know")
    if answer.state == "not_applicable":
        return say(language, "Not applicable")
    return say(language, "Not answered")
