"""Faults of the scorecard: weights, names that stand twice, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.checking_questions import twins
from question_bank.faults import Fault
from question_bank.model import Bank
from question_bank.scorecard import Scorecard

#: The part that the services of a provider play: a scenario needs one of them.
LINES = "services.lines"


def scorecard_faults(bank: Bank) -> Iterator[Fault]:
    """Everything that is wrong with a scorecard whose shape is right."""
    if bank.scorecard is not None:
        for place, message in _faults(bank.scorecard, bank):
            yield Fault("scorecard.yaml", "", place, message)


def _faults(scorecard: Scorecard, bank: Bank) -> Iterator[tuple[str, str]]:
    for name, ids in (
        ("criteria", [one.id for one in scorecard.criteria]),
        ("scenarios", [one.id for one in scorecard.scenarios]),
        ("limits", [one.profile for one in scorecard.limits]),
    ):
        for twin in twins(ids):
            yield name, f"{twin} stands here twice."
    total = sum(one.weight for one in scorecard.criteria)
    if total != 100:
        yield "criteria", f"the weights must add up to 100, not to {total}."
    for one in scorecard.criteria:
        if not one.weight:
            yield f"criteria[{one.id}].weight", "must be 1 or more, or nobody need mark it."
    for name in scorecard.strict:
        if name not in scorecard.criteria_by_id:
            yield "strict", f"there is no criterion {name}."
    yield from _limits(scorecard, bank)
    yield from _lines(scorecard, bank)


def _limits(scorecard: Scorecard, bank: Bank) -> Iterator[tuple[str, str]]:
    bases = [one.id for one in bank.profiles if not one.add_on]
    for one in scorecard.limits:
        if bases and one.profile not in bases:
            yield f"limits[{one.profile}]", f"there is no profile {one.profile} to begin with."
    for name in bases:
        if scorecard.limits_of(name) is None:
            yield "limits", f"the profile {name} has none."


def _lines(scorecard: Scorecard, bank: Bank) -> Iterator[tuple[str, str]]:
    question = bank.questions.get(bank.part(LINES).question) if LINES in bank.roles else None
    if question is None:
        return
    for one in scorecard.scenarios:
        if one.line is not None and question.choice(one.line) is None:
            yield f"scenarios[{one.id}].line", f"there is no service {one.line}."
