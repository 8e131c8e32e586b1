"""Which questions are shown: conditions over the brief and over other answers.

Three values of truth. A condition over something unknown is undetermined: the question is shown
and its requirements are judged, so that not answering never hides what a buyer asked for. For the
same reason the answer to a question that is hidden or was not chosen counts as unknown for other
conditions, and a blank answer or "don't know" never makes `answered` false: only a "not
applicable" that the buyer accepted does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from question_bank.model import (
    AllOf,
    AnswerIs,
    AnyOf,
    Bank,
    BuyerIs,
    Condition,
    Question,
    SomeRow,
)
from question_bank.values import UNKNOWN, Unknown
from questionnaire.core.answers import BLANK, Answers
from questionnaire.core.case import Brief, Case
from questionnaire.core.operators import compare
from questionnaire.core.rows import cell_of, passes
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Truth, Unsure, all_true, any_true


def open_case(
    bank: Bank,
    brief: Brief,
    answers: Answers,
    *,
    on: date | None = None,
    selection: Collection[str] | None = None,
    accepted: Collection[str] = (),
    language: str = "en",
) -> Case:
    """One vendor's answers, ready to be judged."""
    return Case(
        bank=bank,
        brief=brief,
        answers=answers,
        decide=_decide,
        on=on,
        selection=None if selection is None else frozenset(selection),
        accepted=frozenset(accepted),
        language=language,
    )


def holds(
    condition: Condition,
    brief: Brief,
    answers: Answers,
    bank: Bank,
    *,
    selection: Collection[str] | None = None,
    accepted: Collection[str] = (),
) -> bool | Unknown:
    """Whether the condition holds; UNKNOWN when that depends on something unknown."""
    case = open_case(bank, brief, answers, selection=selection, accepted=accepted)
    truth = evaluate(condition, case)
    return UNKNOWN if isinstance(truth, Unsure) else truth


def shown_questions(
    bank: Bank,
    brief: Brief,
    answers: Answers,
    selection: Collection[str] | None = None,
    *,
    accepted: Collection[str] = (),
) -> tuple[Question, ...]:
    """The questions that are asked now, in the bank's order; `selection` None means all."""
    case = open_case(bank, brief, answers, selection=selection, accepted=accepted)
    return tuple(one for one in bank.questions.values() if case.shown(one.id))


def doubtful_questions(case: Case) -> frozenset[str]:
    """The questions that are shown only because it is not known whether they apply."""
    return frozenset(
        one.id
        for one in case.bank.questions.values()
        if one.show_when is not None
        and case.shown(one.id)
        and isinstance(evaluate(one.show_when, case), Unsure)
    )


def triggers(bank: Bank) -> Mapping[str, tuple[str, ...]]:
    """Question id -> ids of the questions that its answer shows or hides."""
    found: dict[str, list[str]] = {}
    for question in bank.questions.values():
        for name in sorted(questions_in(question.show_when)):
            found.setdefault(name, []).append(question.id)
    return {name: tuple(dependents) for name, dependents in found.items()}


def parts_of(condition: Condition | None) -> Iterator[BuyerIs | AnswerIs | SomeRow]:
    """Every single comparison in a condition."""
    match condition:
        case AllOf(conditions=parts) | AnyOf(conditions=parts):
            for part in parts:
                yield from parts_of(part)
        case BuyerIs() | AnswerIs() | SomeRow():
            yield condition


def questions_in(condition: Condition | None) -> frozenset[str]:
    """Ids of the questions that a condition looks at."""
    return frozenset(part.question for part in parts_of(condition) if not isinstance(part, BuyerIs))


def evaluate(condition: Condition, case: Case) -> Truth:
    """Whether the condition holds in this case, or why that is not known."""
    match condition:
        case AllOf(conditions=parts):
            return all_true(evaluate(part, case) for part in parts)
        case AnyOf(conditions=parts):
            return any_true(evaluate(part, case) for part in parts)
        case BuyerIs(field=path, op=op, value=value):
            stated = case.stated(path)
            if op == "answered":
                return stated if isinstance(stated, Unsure) else True
            return compare(op, stated, resolve(value, case).value, case.bank_field(path), case)
        case AnswerIs():
            return _answer_is(condition, case)
        case SomeRow():
            return _some_row(condition, case)


def _decide(question: Question, case: Case) -> Truth:
    return True if question.show_when is None else evaluate(question.show_when, case)


def _answer_is(condition: AnswerIs, case: Case) -> Truth:
    value = case.known(condition.question)
    if condition.op == "answered":
        state = case.answers.get(condition.question, BLANK).state
        if state == "not_applicable" and condition.question in case.accepted:
            return False
        return value if isinstance(value, Unsure) else True
    question = case.bank.questions.get(condition.question)
    return compare(condition.op, value, resolve(condition.value, case).value, question, case)


def _some_row(condition: SomeRow, case: Case) -> Truth:
    question = case.bank.questions.get(condition.question)
    rows = case.known(condition.question)
    if isinstance(rows, Unsure):
        return rows
    column = question.column(condition.column) if question else None
    if question is None or column is None or not isinstance(rows, tuple):
        return Unsure(condition.question)
    wanted = resolve(condition.value, case).value
    return any_true(
        all_true(
            (
                passes(row, condition.rows, question, case),
                compare(condition.op, cell_of(row, column, case), wanted, column, case),
            )
        )
        for row in rows
    )
