"""One vendor's answers in front of one buyer's brief: everything that judging looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from question_bank.model import Bank, BriefField, Column, Question
from question_bank.values import Money
from questionnaire.core.answers import BLANK, Answers
from questionnaire.core.codes import CURRENCIES
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import quoted, say
from questionnaire.core.truth import Truth, Unsure

DEFAULT_CURRENCY = "USD"

Brief = Mapping[str, Any]


@dataclass
class Case:
    """What is judged, by what, on which day.

    `selection` holds the questions that are asked (None: all of the bank), `accepted` those whose
    "not applicable" the buyer has accepted. `decide` says whether a question's condition holds.
    """

    bank: Bank
    brief: Brief
    answers: Answers
    decide: Callable[[Question, Case], Truth]
    on: date | None = None
    selection: frozenset[str] | None = None
    accepted: frozenset[str] = frozenset()
    language: str = "en"
    _shown: dict[str, bool] = field(default_factory=dict)

    def shown(self, question_id: str) -> bool:
        """Whether the question is asked: chosen, and its condition not false."""
        if question_id not in self._shown:
            question = self.bank.questions.get(question_id)
            asked = self.selection is None or question_id in self.selection
            # Conditions that refer to each other in a ring are undetermined: shown.
            self._shown[question_id] = question is not None and asked
            if question is not None and asked and question.show_when is not None:
                self._shown[question_id] = self.decide(question, self) is not False
        return self._shown[question_id]

    def known(self, question_id: str) -> Any:
        """The value of an answer that counts, or Unsure.

        The answer to a hidden question does not count, although it is kept: it is unknown, not
        empty, so that nothing becomes easier by hiding a question.
        """
        question = self.bank.questions.get(question_id)
        name = quoted(subject(question, self.language) if question else question_id)
        if not self.shown(question_id):
            return Unsure(say(self.language, "{question} is not asked", question=name))
        answer = self.answers.get(question_id, BLANK)
        if answer.state != "answered":
            return Unsure(say(self.language, "{question} is not known", question=name))
        return answer.value

    def stated(self, path: str) -> Any:
        """A field of the brief (dots go deeper), or Unsure when the buyer has not stated it."""
        value: object = self.brief.get(path)
        if value is None:
            value = self.brief
            for part in path.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
        if value is None or value == "":
            named = self.bank_field(path)
            label = named.label.text(self.language) if named else path
            return Unsure(
                say(self.language, "your brief does not state {field}", field=quoted(label))
            )
        value = plain_value(value)
        named = self.bank_field(path)
        if named is not None and named.kind == "money" and isinstance(value, Decimal):
            return Money(value, self.currency)
        return value

    def bank_field(self, path: str) -> BriefField | None:
        return next((one for one in self.bank.brief if one.name == path), None)

    @property
    def currency(self) -> str:
        """The buyer's currency, in which amounts without one are read."""
        stated = self.brief.get("currency")
        return stated if isinstance(stated, str) and stated in CURRENCIES else DEFAULT_CURRENCY

    def currency_of(self, asked: object) -> str:
        """The currency of an amount without one: the column's own, else the buyer's."""
        unit = asked.unit if isinstance(asked, Column) else None
        return unit if unit in CURRENCIES else self.currency


def subject(question: Question, language: str) -> str:
    """What the question is about, in a few words; its full text where it has no subject."""
    return (question.subject or question.text).text(language)


def plain_value(value: object) -> Any:
    """JSON as values that compare: numbers as Decimal, lists as tuples, amounts as Money."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return tuple(plain_value(one) for one in value)
    if isinstance(value, Mapping) and set(value) == {"amount", "currency"}:
        amount, currency = number_of(value["amount"]), value["currency"]
        if amount is not None and currency in CURRENCIES:
            return Money(amount, currency)
    number = number_of(value)
    return value if number is None else number
