"""How long answering takes, so that a vendor can plan it before it begins."""

from __future__ import annotations

from collections.abc import Iterable

from babel.units import format_unit

from question_bank.model import Question

#: Minutes of somebody who has to look things up, by kind of question.
_MINUTES = {
    "yes_no": 1.0,
    "single_choice": 1.0,
    "multi_choice": 1.5,
    "number": 1.5,
    "percentage": 1.5,
    "money": 1.5,
    "date": 1.5,
    "text": 2.0,
    "countries": 2.0,
    "long_text": 5.0,
    "file": 5.0,
    "table": 8.0,
}
#: Finding the document that a question asks for, and attaching it.
_MINUTES_OF_EVIDENCE = 1.5


def shown(minutes: int, language: str) -> str:
    """How long, as roughly as an estimate is: minutes, or half hours from an hour and a half."""
    if minutes < 90:
        return str(format_unit(minutes, "duration-minute", "long", locale=language))
    return str(format_unit(round(minutes / 30) / 2, "duration-hour", "long", locale=language))


def minutes(questions: Iterable[Question]) -> int:
    """About how long these questions take one person, in steps of five minutes."""
    needed = sum(
        _MINUTES[one.kind] + (_MINUTES_OF_EVIDENCE if one.evidence else 0) for one in questions
    )
    return max(5, round(needed / 5) * 5)
