"""What an owner wants to hand over, as it was typed and ticked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from question_bank.model import LANGUAGES
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.texts import clean
from questionnaire.services import posting
from questionnaire.services.faults import Invalid
from questionnaire.services.narrowing import HandedOver
from questionnaire.services.questionnaires import Questionnaire

NAME_LIMIT = 120
MESSAGE_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Wish:
    """The fields of the page; `sections` and `questions` are the ids that were ticked."""

    questionnaire: Questionnaire
    name: str = ""
    email: str = ""
    message: str = ""
    language: str = ""
    sections: Collection[str] = ()
    questions: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish that can be fulfilled."""

    name: str
    email: str
    message: str
    language: str
    handed_over: HandedOver


def read(wish: Wish, speech: str) -> Asked:
    """What was meant; Invalid with a sentence by field: name, email, message, parts."""
    faults: dict[str, str] = {}
    name = _text(wish.name, "name", NAME_LIMIT, speech, faults, lines=False)
    if not name and "name" not in faults:
        faults["name"] = say(speech, "Write your colleague's name.")
    email = _email(wish.email, faults)
    message = _text(wish.message, "message", MESSAGE_LIMIT, speech, faults)
    parts = _parts(wish)
    if not parts:
        faults["parts"] = _nothing(speech)
    if faults:
        raise Invalid(faults)
    language = wish.language if wish.language in LANGUAGES else speech
    return Asked(name, email, message, language, parts)


def chosen(wish: Wish, speech: str) -> HandedOver:
    """The ticked part alone; Invalid when it is empty."""
    if parts := _parts(wish):
        return parts
    raise Invalid({"parts": _nothing(speech)})


def _parts(wish: Wish) -> HandedOver:
    """Single questions of a section that is handed over as a whole need not be named."""
    asked = wish.questionnaire
    sections = frozenset(wish.sections) & asked.sections_by_id.keys()
    questions = {
        one
        for one in wish.questions
        if one in asked.questions and asked.questions[one].section not in sections
    }
    return HandedOver(sections, frozenset(questions))


def _nothing(speech: str) -> str:
    return say(speech, "Tick at least one section or one question.")


def _text(
    typed: str, field: str, limit: int, speech: str, faults: dict[str, str], *, lines: bool = True
) -> str:
    try:
        return clean(typed, limit, speech, lines=lines)
    except AnswerFault as fault:
        faults[field] = fault.sentence
        return ""


def _email(typed: str, faults: dict[str, str]) -> str:
    try:
        return posting.address(typed, "email")
    except Invalid as fault:
        faults.update(fault.faults)
        return ""
