"""Answers by the part that they play, so that no rule of the core needs a question's id."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from question_bank.model import Part
from question_bank.values import Money
from questionnaire.core.case import Case
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure


def part_of(role: str, case: Case) -> Part | Unsure:
    """Where a part is answered; Unsure in an edition that names nothing for it."""
    if role not in case.bank.roles:
        return Unsure(say(case.language, "this edition asks nothing like it"))
    return case.bank.part(role)


def played(role: str, case: Case) -> Any:
    """The value of the answer that plays a part, or Unsure."""
    part = part_of(role, case)
    return part if isinstance(part, Unsure) else case.known(part.question)


def number(role: str, case: Case) -> Decimal | Unsure:
    """The number that plays a part, or Unsure."""
    value = played(role, case)
    found = value if isinstance(value, Unsure) else number_of(value)
    return Unsure(say(case.language, "it is no number")) if found is None else found


def amount(role: str, case: Case) -> Money | Unsure:
    """The amount that plays a part, in the buyer's currency where it names none; or Unsure."""
    value = played(role, case)
    if isinstance(value, Money | Unsure):
        return value
    found = number_of(value)
    if found is None:
        return Unsure(say(case.language, "it is no amount"))
    return Money(found, case.currency)


def rows(role: str, case: Case) -> tuple[Mapping[str, Any], ...] | Unsure:
    """The rows of the table that plays a part; of "<column>=<choice>" those with that choice.

    Unsure also when a row does not say whether it is one of them.
    """
    part = part_of(role, case)
    if isinstance(part, Unsure):
        return part
    found = case.known(part.question)
    if isinstance(found, Unsure):
        return found
    if not isinstance(found, tuple):
        return Unsure(say(case.language, "it is no table"))
    if part.column is None or part.code is None:
        return found
    if any(row.get(part.column) is None for row in found):
        return Unsure(say(case.language, "a row does not say what it is"))
    return tuple(row for row in found if row[part.column] == part.code)


def cell(role: str, row: Mapping[str, Any], case: Case) -> Any:
    """The cell of a row that plays a part; None where it is empty or nothing plays the part."""
    part = part_of(role, case)
    return None if isinstance(part, Unsure) or part.column is None else row.get(part.column)
