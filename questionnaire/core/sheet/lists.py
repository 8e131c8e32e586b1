"""The lists that cells are chosen from, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from question_bank.model import Column, Question
from questionnaire.core import codes
from questionnaire.core.kinds.plain import YesNo
from questionnaire.core.phrases import say
from questionnaire.core.sheet.book import Choices
from questionnaire.core.sheet.keys import STATES
from questionnaire.core.texts import same_text

YES_NO, TICK, STATE = "yes-no", "tick", "state"
COUNTRIES, LANGUAGES, CURRENCIES = "countries", "languages", "currencies"


def list_of(question: Question, column: Column | None = None) -> str:
    """The name of the list that a question or a column offers."""
    return f"{question.id}.{column.name}" if column else question.id


def lists(questions: Iterable[Question], language: str) -> Mapping[str, Choices]:
    """Every list by its name."""
    found = _fixed(language)
    for question in questions:
        if question.choices:
            found[list_of(question)] = _offered(question, language)
        for column in question.columns:
            if column.choices:
                found[list_of(question, column)] = _offered(column, language)
    return found


def _fixed(language: str) -> dict[str, Choices]:
    yes, no = (YesNo().show(_ANY, one, language) for one in (True, False))
    states = {
        "answered": say(language, "Answered"),
        "dont_know": say(language, "Don't know"),
        "not_applicable": say(language, "Not applicable"),
    }
    return {
        YES_NO: Choices(("yes", "no"), (yes, no)),
        TICK: Choices(("yes",), (yes,)),
        STATE: Choices(STATES, tuple(states[one] for one in STATES)),
        COUNTRIES: _named({one: codes.country_name(one, language) for one in codes.COUNTRIES}),
        LANGUAGES: _named({one: codes.language_name(one, language) for one in codes.LANGUAGES}),
        CURRENCIES: Choices(tuple(sorted(codes.CURRENCIES)), tuple(sorted(codes.CURRENCIES))),
    }


def _named(names: Mapping[str, str]) -> Choices:
    in_order = sorted(names, key=lambda one: (same_text(names[one]), one))
    return Choices(tuple(in_order), apart([names[one] for one in in_order], in_order))


def _offered(asked: Question | Column, language: str) -> Choices:
    found = [one.code for one in asked.choices]
    labels = [one.label.text(language) for one in asked.choices]
    return Choices(tuple(found), apart(labels, found))


def apart(labels: Iterable[str], of: Iterable[str]) -> tuple[str, ...]:
    """The labels, with the code behind one that stands for an earlier code as well."""
    taken: set[str] = set()
    told = []
    for label, code in zip(labels, of, strict=True):
        told.append(f"{label} [{code}]" if same_text(label) in taken else label)
        taken.add(same_text(label))
    return tuple(told)


#: "Yes" reads alike whatever is asked.
_ANY = Column("any", "yes_no", label=None)  # type: ignore[arg-type]
