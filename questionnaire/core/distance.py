"""How far an answer is from what is demanded, in the units of its question."""

from __future__ import annotations

from decimal import Decimal

from question_bank.model import Question
from question_bank.values import Money
from questionnaire.core.answers import BLANK
from questionnaire.core.case import Case
from questionnaire.core.gaps import Judgement
from questionnaire.core.needs import need
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.phrases import say
from questionnaire.core.showing import show_value
from questionnaire.core.thresholds import resolve


def short_of(gap: Judgement, case: Case) -> str:
    """`answered 12 hours, asked at most 8 hours: 4 hours over`.

    Empty where the answer is not known, or is no figure and no step on a scale: then the
    explanation says all that there is.
    """
    requirement = gap.requirement
    question = case.bank.questions.get(requirement.question)
    answer = case.answers.get(requirement.question, BLANK)
    if question is None or gap.status != "not_met" or answer.state != "answered":
        return ""
    if requirement.operator not in ("at_least", "at_most"):
        return ""
    found = resolve(requirement.threshold, case)
    by = _by(answer.value, found.value, question, case)
    if not by:
        return ""
    shown = {
        "answered": show_value(answer.value, question, case),
        "asked": need(requirement.operator, requirement.threshold, found, question, case),
        "by": by,
    }
    if requirement.operator == "at_least":
        return say(case.language, "answered {answered}, asked {asked}: {by} short", **shown)
    return say(case.language, "answered {answered}, asked {asked}: {by} over", **shown)


def _by(value: object, wanted: object, question: Question, case: Case) -> str:
    """The difference as a reader would say it; empty where both sides are no figures of a kind."""
    if isinstance(value, str) and isinstance(wanted, str):
        return _steps(value, wanted, question, case)
    if isinstance(value, Money) or isinstance(wanted, Money):
        return _amount(value, wanted, question, case)
    one, other = number_of(value), number_of(wanted)
    if one is None or other is None:
        return ""
    if question.kind == "percentage":
        return _points(abs(one - other), case)
    return show_value(abs(one - other), question, case)


def _points(apart: Decimal, case: Case) -> str:
    if apart == 1:
        return say(case.language, "1 percentage point")
    return say(case.language, "{n} percentage points", n=show_number(apart, case.language))


def _amount(value: object, wanted: object, question: Question, case: Case) -> str:
    if not (isinstance(value, Money) and isinstance(wanted, Money)):
        return ""
    if value.currency != wanted.currency:
        return ""
    return show_value(Money(abs(value.amount - wanted.amount), value.currency), question, case)


def _steps(value: str, wanted: str, question: Question, case: Case) -> str:
    order = [choice.code for choice in question.choices] if question.ordered else []
    if value not in order or wanted not in order:
        return ""
    steps = abs(order.index(value) - order.index(wanted))
    if steps == 1:
        return say(case.language, "one step of the scale")
    return say(
        case.language, "{n} steps of the scale", n=show_number(Decimal(steps), case.language)
    )
