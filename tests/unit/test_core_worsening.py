"""What moved away from a requirement, sort by sort; today's requirement against both answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from question_bank.model import Requirement, RowRule
from question_bank.values import Money
from questionnaire.core.answers import Answer
from questionnaire.core.conditions import open_case
from questionnaire.core.worsening import became_worse
from questionnaire.services.editions import current_bank

BANK = current_bank()
DAY = date(2026, 11, 23)


def worse(question_id: str, operator: str, threshold: Any, before: Answer, now: Answer) -> bool:
    """Whether `now` became worse than `before` against one requirement of this sort."""
    template = next(one for one in BANK.requirements if one.question == question_id)
    wanted: Requirement = replace(template, operator=operator, threshold=threshold, assurance=None)
    today, then = (open_case(BANK, {}, {question_id: one}, on=DAY) for one in (now, before))
    return template.id in became_worse([wanted], today, then, {question_id: before})


def said(value: object) -> Answer:
    return Answer("answered", value)


def a(kind: str, **facts: object) -> str:
    asked = {one.question for one in BANK.requirements}
    return next(
        one.id
        for one in BANK.questions.values()
        if one.kind == kind
        and one.id in asked
        and one.show_when is None
        and all(getattr(one, name) == value for name, value in facts.items())
    )


@pytest.mark.parametrize(
    ("operator", "before", "now", "expected"),
    [
        ("at_least", 90, 85, True),
        ("at_least", 90, 90, False),
        ("at_least", 85, 90, False),
        ("at_least", 90, 10, True),
        ("at_most", 10, 12, True),
        ("at_most", 12, 10, False),
        ("equals", 90, 85, False),
    ],
)
def test_a_figure_in_the_wrong_direction_is_worse(
    operator: str, before: int, now: int, expected: bool
) -> None:
    question = a("percentage")
    sides = (said(Decimal(before)), said(Decimal(now)))
    assert worse(question, operator, Decimal(50), *sides) is expected


@pytest.mark.parametrize("state", ["blank", "dont_know"])
def test_what_was_met_and_is_not_known_any_more_is_worse(state: str) -> None:
    question = a("percentage")
    known, unknown = said(Decimal(90)), Answer(state)
    assert worse(question, "at_least", Decimal(50), known, unknown)
    assert not worse(question, "at_least", Decimal(50), unknown, known)
    assert not worse(question, "at_least", Decimal(95), unknown, said(Decimal(90)))


def test_a_lower_level_is_worse_though_it_is_enough_still() -> None:
    question = BANK.questions[a("single_choice", ordered=True)]
    low, middle, high = (one.code for one in question.choices[:3])
    assert worse(question.id, "at_least", low, said(high), said(middle))
    assert not worse(question.id, "at_least", low, said(middle), said(high))


def test_a_demanded_choice_that_is_gone_is_worse() -> None:
    question = BANK.questions[a("multi_choice")]
    one, two, three = (each.code for each in question.choices[:3])
    assert worse(question.id, "includes_any", (one, two), said((one, two)), said((one,)))
    assert not worse(question.id, "includes_any", (one, two), said((one, three)), said((one,)))
    assert worse(question.id, "includes_none", (three,), said((one,)), said((one, three)))


def test_the_row_that_decides_is_compared() -> None:
    question = BANK.questions[a("table")]
    column = next(one.name for one in question.columns if one.kind in ("money", "number"))
    rule = RowRule(quantifier="all", where={}, column=column, op="at_least", value=Decimal(1))
    rows = lambda *cells: said(tuple(_row(question, column, one) for one in cells))  # noqa: E731
    assert worse(question.id, "row_rule", rule, rows(9, 8), rows(9, 2))
    assert not worse(question.id, "row_rule", rule, rows(9, 2), rows(3, 2))
    best = replace(rule, quantifier="any")
    assert worse(question.id, "row_rule", best, rows(9, 2), rows(8, 8))
    assert not worse(question.id, "row_rule", best, rows(8, 2), rows(9, 1))
    many = replace(rule, quantifier="count")
    assert worse(question.id, "row_rule", many, rows(9, 8, 7), rows(9, 8))


def _row(question, column, value):
    kind = question.column(column).kind
    cell = Money(Decimal(value), "USD") if kind == "money" else Decimal(value)
    return {one.name: None for one in question.columns} | {column: cell}
