"""Whether an edit asks less: proven stricter, or in doubt not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from question_bank.loader import load_bank
from question_bank.model import Reference, Requirement, RowRule
from questionnaire.services.weakening import at_least_as_strict, refusal, warning

BANK = load_bank()
BY_ID = {one.id: one for one in BANK.requirements}


def held(id: str, threshold: Any = None, **changes: Any) -> Requirement:
    one = BY_ID[id]
    return replace(one, threshold=one.threshold if threshold is None else threshold, **changes)


def stricter(id: str, threshold: Any) -> bool:
    old = BY_ID[id]
    return at_least_as_strict(held(id, threshold), old, BANK.questions[old.question])


def rule(id: str, **changes: Any) -> RowRule:
    threshold = BY_ID[id].threshold
    assert isinstance(threshold, RowRule)
    return replace(threshold, **changes)


@pytest.mark.parametrize(
    ("id", "threshold", "expected"),
    [
        ("quality.csat#1", 75, True),
        ("quality.csat#1", 76, True),
        ("quality.csat#1", 74, False),
        ("culture.attitude-complaints#1", 9, True),
        ("culture.attitude-complaints#1", 11, False),
        ("resilience.rto#1", Reference("buyer", "rto_hours", Decimal(-1)), True),
        ("resilience.rto#1", Reference("buyer", "rto_hours", Decimal(1)), False),
        ("resilience.rto#1", 4, False),
        ("knowledge", "integrated", True),
        ("resilience.alternate-site#1", ("hot",), True),
        ("resilience.alternate-site#1", ("cold", "home", "warm", "hot"), False),
        ("security.access#2", ("mfa_remote", "role_based", "auto_lock", "mfa_all"), True),
        ("security.access#2", ("mfa_remote",), False),
        ("security.ai-use#1", ("train_models", "bot"), True),
        ("resilience.caller-fallback#2", ("other_site",), True),
        ("resilience.last-test#1", 6, True),
        ("resilience.last-test#1", 24, False),
    ],
)
def test_plain_thresholds(id: str, threshold: Any, expected: bool) -> None:
    id = "scripting.knowledge-base#1" if id == "knowledge" else id
    assert stricter(id, threshold) is expected


@pytest.mark.parametrize(
    ("id", "changes", "expected"),
    [
        ("resilience.outages#1", {"value": 500}, True),
        ("resilience.outages#1", {"value": 5000}, False),
        ("resilience.carriers#1", {"value": 3}, True),
        ("resilience.carriers#1", {"value": 1}, False),
        ("resilience.data-centres#2", {"value": "4"}, True),
        ("resilience.data-centres#2", {"value": "2"}, False),
        ("resilience.data-centres#4", {"value": ("US",)}, False),
        ("resilience.carriers#1", {"column": "entry_point"}, False),
        ("security.certifications#1", {"where": {"standard": ("iso27001",)}}, False),
    ],
)
def test_row_rules(id: str, changes: dict[str, Any], expected: bool) -> None:
    assert stricter(id, rule(id, **changes)) is expected


def test_rows_that_must_not_be_there_are_looked_for_at_least_as_widely() -> None:
    question = BANK.questions["company.sites"]
    some = held("company.sites#5", rule("company.sites#5", value=("KP", "IR")))
    more = held("company.sites#5", rule("company.sites#5", value=("KP", "IR", "SY")))
    assert at_least_as_strict(more, some, question)
    assert not at_least_as_strict(some, more, question)


@pytest.mark.parametrize(
    ("id", "changes", "off", "warned"),
    [
        ("quality.csat#1", {}, False, False),
        ("quality.csat#1", {}, True, True),
        ("quality.csat#1", {"severity": "major"}, False, True),
        ("quality.csat#1", {"threshold": 60}, False, True),
        ("quality.fcr#1", {}, True, False),
        ("quality.fcr#1", {"threshold": 10, "severity": "minor"}, False, False),
        ("payments.stored-codes#2", {"threshold": "yes"}, False, True),
    ],
)
def test_only_gates_and_what_the_law_demands_are_guarded(
    id: str, changes: dict[str, Any], off: bool, warned: bool
) -> None:
    old = BY_ID[id]
    new = replace(old, **changes)
    said = warning(old, new, BANK.questions[old.question], off=off, was_off=False)
    assert bool(said) is warned


def test_what_is_off_already_is_guarded_no_more() -> None:
    old = BY_ID["quality.csat#1"]
    question = BANK.questions[old.question]
    assert warning(old, replace(old, severity="minor"), question, off=True, was_off=True) == ""


@pytest.mark.parametrize(
    ("id", "severity", "off", "refused"),
    [
        ("privacy.dpa#1", "mandatory", True, {"off"}),
        ("privacy.dpa#1", "major", False, {"severity"}),
        ("privacy.dpa#1", "minor", True, {"off", "severity"}),
        ("payments.stored-codes#2", "mandatory", False, set()),
        ("quality.csat#1", "minor", True, set()),
    ],
)
def test_the_law_is_neither_switched_off_nor_lowered(
    id: str, severity: str, off: bool, refused: set[str]
) -> None:
    old = BY_ID[id]
    assert set(refusal(old, replace(old, severity=severity), off=off)) == refused
