"""Faults of questions: their kind, choices, columns, bounds, claims and conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from question_bank.comparing import wrong_with
from question_bank.model import (
    AllOf,
    AnswerIs,
    AnyOf,
    Bank,
    BuyerIs,
    Column,
    Condition,
    Question,
    SomeRow,
)
from question_bank.operators import SORTS, cell_operators, fits, shape_of

#: A field of a question and what is wrong there.
Finding = tuple[str, str]


def twins(names: list[str]) -> list[str]:
    """The names that stand more than once, each once, in order."""
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def question_faults(question: Question, bank: Bank) -> Iterator[Finding]:
    """Everything that is wrong with one question except its requirements."""
    if question.id.partition(".")[0] != question.section:
        yield "id", f"must begin with {question.section}, the section that it stands in."
    yield from _choices(question, "")
    yield from _bounds(question, "")
    if (question.kind == "table") != bool(question.columns):
        yield "columns", "are needed in a table, and only there."
    if question.none_label is not None and question.kind != "table":
        yield "none_label", "has no place here: only a table can have nothing to report."
    if not question.none_allowed:
        if question.kind not in ("table", "countries", "multi_choice"):
            yield "none_allowed", "has no place here: only a list can be answered with none."
        if question.none_label is not None:
            yield "none_label", "names what none_allowed forbids."
    if question.most_choices is not None:
        if question.kind != "multi_choice":
            yield "most_choices", "has no place here: only of several choices can be too many."
        elif not 0 < question.most_choices < len(question.choices):
            yield "most_choices", "must be at least 1 and less than there are choices."
    for name in twins([column.name for column in question.columns]):
        yield "columns", f"{name} stands here twice."
    for column in question.columns:
        yield from _column_faults(column, bank)
    for claim in question.claims:
        if claim not in bank.claims:
            yield "claims", f"there is no claim {claim}."
    if question.show_when is not None:
        yield from _condition_faults(question.show_when, question, bank)


def _column_faults(column: Column, bank: Bank) -> Iterator[Finding]:
    place = f"columns[{column.name}]."
    yield from _choices(column, place)
    yield from _bounds(column, place)
    if column.choices_from is None:
        return
    owner, _, name = column.choices_from.rpartition(".")
    source = bank.questions[owner].column(name) if owner in bank.questions else None
    if source is None:
        yield f"{place}choices_from", f"there is no column {column.choices_from}."
    elif source.kind != "text":
        yield f"{place}choices_from", f"{column.choices_from} must be a column of texts."
    elif owner in bank.sealed_questions:
        yield f"{place}choices_from", f"{column.choices_from} is sealed."


def _choices(asked: Question | Column, place: str) -> Iterator[Finding]:
    single = asked.kind in ("single_choice", "choice")
    chosen = single or asked.kind == "multi_choice"
    borrowed = isinstance(asked, Column) and asked.choices_from is not None
    if borrowed and (asked.choices or not chosen):
        yield f"{place}choices_from", "stands instead of choices, where something is chosen."
    elif not borrowed and chosen != bool(asked.choices):
        yield f"{place}choices", "are needed where something is chosen, and only there."
    for code in twins([choice.code for choice in asked.choices]):
        yield f"{place}choices", f"{code} stands here twice."
    if asked.ordered and not single:
        yield f"{place}ordered", "has no place here: only single choices are compared by order."
    if asked.exclusive and asked.kind != "multi_choice":
        yield f"{place}choices", "can only be exclusive where several can be chosen."


def _bounds(asked: Question | Column, place: str) -> Iterator[Finding]:
    if asked.minimum is None and asked.maximum is None:
        return
    if SORTS[asked.kind] != "number":
        yield f"{place}minimum", "has no place here: only numbers have bounds."
    elif asked.minimum is not None and asked.maximum is not None and asked.minimum > asked.maximum:
        yield f"{place}minimum", f"{asked.minimum} is more than the maximum, {asked.maximum}."


# -- conditions --------------------------------------------------------------------------------


def conditions_in(condition: Condition) -> Iterator[BuyerIs | AnswerIs | SomeRow]:
    """The comparisons of which a condition is made."""
    if isinstance(condition, AllOf | AnyOf):
        for one in condition.conditions:
            yield from conditions_in(one)
    else:
        yield condition


def _condition_faults(condition: Condition, question: Question, bank: Bank) -> Iterator[Finding]:
    if isinstance(condition, AllOf | AnyOf) and not condition.conditions:
        yield "show_when", "has an empty list of conditions."
    for one in conditions_in(condition):
        found = _buyer_is(one, bank) if isinstance(one, BuyerIs) else _reads(one, question, bank)
        for sentence in found:
            yield "show_when", sentence
    loop = _loop(question, bank)
    if loop:
        yield "show_when", f"depends on itself: {' needs '.join(loop)}."


def _buyer_is(condition: BuyerIs, bank: Bank) -> Iterator[str]:
    field = next((one for one in bank.brief if one.name == condition.field), None)
    if field is None:
        yield f"there is no @buyer.{condition.field} in the brief."
        return
    choice = field.kind in ("single_choice", "country")
    allowed = ("equals", "one_of") if choice else _question_operators(SORTS[field.kind])
    if condition.op not in allowed:
        yield f"{condition.op} does not fit @buyer.{condition.field}."
        return
    yield from wrong_with(condition.op, shape_of(field), condition.value, bank)


def _question_operators(sort: str) -> tuple[str, ...]:
    return {
        "truth": ("equals",),
        "number": ("equals", "at_least", "at_most"),
        "codes": ("includes_all", "includes_any", "includes_none", "only_from"),
        "date": ("at_least", "at_most"),
    }.get(sort, ())


def _reads(condition: AnswerIs | SomeRow, question: Question, bank: Bank) -> Iterator[str]:
    read = bank.questions.get(condition.question)
    if read is None:
        yield f"there is no question {condition.question}."
        return
    if read.order >= question.order and read.id != question.id:
        yield f"{read.id} comes later; a condition can only read what was asked before."
    if read.id in bank.vendors_only and question.id not in bank.vendors_only:
        yield f"{read.id} is not asked in-house, so this question must not be either."
    if read.id in bank.sealed_questions:
        yield f"{read.id} is sealed; whether this question is asked would show its answer."
    compare: Callable[..., Iterator[str]] = _some_row if isinstance(condition, SomeRow) else _answer
    yield from compare(condition, read, bank)


def _answer(condition: AnswerIs, read: Question, bank: Bank) -> Iterator[str]:
    if condition.op == "answered":
        return
    if condition.op not in fits(read) or read.kind == "table":
        yield f"{condition.op} does not fit {read.id}."
        return
    yield from wrong_with(condition.op, shape_of(read), condition.value, bank)


def _some_row(condition: SomeRow, read: Question, bank: Bank) -> Iterator[str]:
    for name, value in condition.rows.items():
        column = read.column(name)
        if column is None:
            yield f"{read.id} has no column {name}."
        else:
            yield from wrong_with("equals", shape_of(column), value, bank)
    column = read.column(condition.column)
    if column is None:
        yield f"{read.id} has no column {condition.column}."
    elif condition.op not in cell_operators(shape_of(column)):
        yield f"{condition.op} does not fit {read.id}.{column.name}."
    else:
        yield from wrong_with(condition.op, shape_of(column), condition.value, bank)


def _loop(question: Question, bank: Bank) -> list[str]:
    """The questions through which this one depends on itself; empty when it does not."""
    paths = [[question.id]]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        read = bank.questions.get(path[-1])
        if read is None or read.show_when is None:
            continue
        for one in conditions_in(read.show_when):
            if isinstance(one, BuyerIs):
                continue
            if one.question == question.id:
                return [*path, question.id]
            if one.question not in seen:
                seen.add(one.question)
                paths.append([*path, one.question])
    return []
