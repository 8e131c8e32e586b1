"""What a buyer's edit of a requirement may not say: nothing to refer to, no fit, never met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from question_bank.check import fits, lint_requirement
from question_bank.loader import load_bank
from question_bank.model import Bank, DocumentRule, Reference, Requirement, RowRule
from tests.unit.banks import SMALL_BANK

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(SMALL_BANK)


def changed(bank: Bank, name: str, **changes: Any) -> Requirement:
    return replace(next(one for one in bank.requirements if one.id == name), **changes)


def row(quantifier: str, **parts: Any) -> RowRule:
    return RowRule(quantifier, **parts)


def test_the_requirements_of_the_bank_have_no_fault(bank: Bank) -> None:
    assert [
        lint_requirement(one, bank) for one in bank.requirements if lint_requirement(one, bank)
    ] == []


@pytest.mark.parametrize(
    ("question", "operators"),
    [
        ("safety.locked", ("equals",)),
        ("safety.hours", ("at_least", "at_most", "equals")),
        ("safety.csat", ("at_least", "at_most", "equals")),
        ("cost.rate", ("at_least", "at_most", "equals")),
        ("safety.tested", ("not_older_than", "at_least", "at_most")),
        ("places.hours", ("at_least", "at_most", "one_of", "equals")),
        ("safety.measures", ("includes_all", "includes_any", "includes_none", "only_from")),
        ("places.countries", ("includes_all", "includes_any", "includes_none", "only_from")),
        ("places.sites", ("row",)),
    ],
)
def test_operators_fit_by_kind_and_evidence_always(
    bank: Bank, question: str, operators: tuple[str, ...]
) -> None:
    assert fits(bank.questions[question]) == (*operators, "evidence_required")


def test_unordered_choices_have_no_more_and_less(bank: Bank) -> None:
    unordered = replace(bank.questions["places.hours"], ordered=False)
    assert fits(unordered) == ("one_of", "equals", "evidence_required")


CLOSED = Reference("policy", "closed_countries")
START = Reference("buyer", "contract_start")
LATER = Reference("buyer", "hours", Decimal(1))
TWO = row("count", op="at_least", value=2)
OPEN = row("all", where={"role": "other"}, column="country", op="not_in", value=("KP",))

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("safety.hours#1", {"question": "safety.moon"}, "no question safety.moon"),
    ("safety.hours#1", {"severity": "fatal"}, "none of: mandatory"),
    ("safety.hours#1", {"profiles": ("moon",)}, "no profile moon"),
    ("safety.hours#1", {"operator": "one_of"}, "one_of does not fit this question"),
    ("safety.hours#1", {"threshold": "soon"}, "compared with a number, not with soon"),
    ("safety.hours#1", {"threshold": True}, "compared with a number, not with yes"),
    ("safety.hours#1", {"threshold": -1}, "No answer can meet it: answers start at 0"),
    ("safety.hours#1", {"threshold": 101}, "Every answer meets it"),
    ("safety.hours#1", {"operator": "at_least", "threshold": 101}, "answers go up to 100"),
    ("safety.hours#1", {"operator": "equals", "threshold": 101}, "answers go up to 100"),
    ("safety.hours#1", {"threshold": Reference("buyer", "moon")}, "@buyer.moon names nothing"),
    ("safety.hours#1", {"threshold": Reference("answer", "safety.moon")}, "names nothing"),
    ("safety.hours#1", {"threshold": CLOSED}, "a number is needed"),
    ("safety.hours#1", {"threshold": Reference("policy", "wages")}, "names nothing"),
    ("safety.hours#1", {"threshold": Reference("buyer", "hours")}, "is one code; a number"),
    ("safety.hours#1", {"threshold": Reference("answer", "safety.hours")}, "with itself"),
    ("safety.hours#1", {"threshold": Reference("answer", "cost.rate")}, "is sealed"),
    ("safety.hours#1", {"threshold": TWO}, "compares with a value"),
    ("safety.locked#1", {"threshold": "yes"}, "compared with yes or no"),
    ("safety.tested#1", {"threshold": 0}, "1 or more"),
    ("safety.tested#1", {"operator": "at_least", "threshold": "soon"}, "compared with a date"),
    ("places.hours#1", {"threshold": "noon"}, "No answer can be noon"),
    ("places.hours#1", {"threshold": LATER}, "Nothing can be added"),
    ("places.hours#2", {"threshold": ()}, "The list is empty"),
    ("places.hours#2", {"threshold": ("night", "noon")}, "No answer can be noon"),
    ("safety.measures#1", {"threshold": ("badge", "moat")}, "No answer can be moat"),
    ("safety.measures#1", {"threshold": ("badge", "nothing")}, "nothing always stands alone"),
    ("safety.measures#1", {"threshold": Reference("buyer", "kinds")}, "can be health, card"),
    ("places.countries#1", {"threshold": ("Norway",)}, "No answer can be Norway"),
    ("safety.locked#2", {"threshold": DocumentRule(())}, "accepted documents is empty"),
    ("safety.locked#2", {"threshold": DocumentRule(("poem",))}, "no document type poem"),
    ("safety.locked#2", {"threshold": DocumentRule(("report",), 0)}, "1 or more"),
    ("safety.locked#2", {"threshold": 3}, "which documents are accepted"),
    ("places.sites#1", {"threshold": 3}, "which rows are looked at"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "fragment"), WRONG)
def test_what_cannot_be_judged_or_met_is_said(
    bank: Bank, name: str, changes: dict[str, Any], fragment: str
) -> None:
    sentences = lint_requirement(changed(bank, name, **changes), bank)
    assert len(sentences) == 1
    assert fragment in sentences[0]


ROWS: list[tuple[str, RowRule, str]] = [
    ("places.sites#1", row("any", column="moon", op="equals", value=1), "no column moon"),
    ("places.sites#1", row("any", column="seats", op="one_of", value=("a",)), "does not fit here"),
    ("places.sites#1", row("any", column="ready", op="equals", value="yes"), "with yes or no"),
    ("places.sites#1", row("any", column="seats", op="at_most", value=-1), "answers start at 0"),
    ("places.sites#1", row("sum", column="role", op="at_least", value=1), "a column of numbers"),
    ("places.sites#1", row("count", op="equals", value="two"), "compared with a number"),
    ("places.sites#1", row("count", where={"role": "main"}, op="at_least", value=1), "be main"),
    ("places.sites#1", row("count", where={"moon": 1}, op="at_least", value=1), "no column moon"),
    ("places.sites#1", row("count", where={"hazards": "flood"}, op="at_least", value=1), "picked"),
    ("places.sites#1", row("any_valid_cert", where={"standard": ("iso",)}), "of certificates"),
    (
        "places.sites#1",
        row("each_buyer_language", column="seats", op="at_least", value=1),
        "table of languages",
    ),
    (
        "places.sites#1",
        row("any", column="seats", op="at_least", value=Reference("language", "agents_needed")),
        "only be named with each_buyer_language",
    ),
    (
        "places.sites#1",
        row("any", column="seats", op="at_least", value=Reference("answer", "cost.rate")),
        "is sealed",
    ),
    (
        "places.sites#1",
        row("count", where={"seats": Reference("answer", "cost.rate")}, op="at_least", value=1),
        "is sealed",
    ),
    ("safety.certificates#1", row("any_valid_cert", where={"standard": ()}), "list is empty"),
    ("safety.certificates#1", row("any_valid_cert", where={"standard": ("cpr",)}), "can be cpr"),
    ("safety.certificates#1", row("any_valid_cert", where={"expires": "x"}), "accepted standards"),
    (
        "places.languages#1",
        row("each_buyer_language", column="level", op="at_least", value="C2"),
        "can be C2",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rule", "fragment"), ROWS)
def test_a_row_rule_that_cannot_be_judged_is_said(
    bank: Bank, name: str, rule: RowRule, fragment: str
) -> None:
    sentences = lint_requirement(changed(bank, name, threshold=rule), bank)
    assert len(sentences) == 1
    assert fragment in sentences[0]


RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("safety.hours#1", {"threshold": Decimal("0.5")}),
    ("safety.hours#1", {"threshold": Reference("buyer", "seats", Decimal(2))}),
    ("safety.hours#1", {"operator": "evidence_required", "threshold": DocumentRule(("report",))}),
    ("safety.tested#1", {"operator": "at_least", "threshold": START}),
    ("places.countries#1", {"operator": "includes_none", "threshold": CLOSED}),
    ("places.countries#1", {"threshold": ("NO", "LV")}),
    ("places.hours#1", {"operator": "equals", "threshold": "night"}),
    ("places.sites#1", {"threshold": row("distinct", column="site", op="at_least", value=2)}),
    ("places.sites#1", {"threshold": OPEN}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), RIGHT)
def test_a_sound_edit_is_left_alone(bank: Bank, name: str, changes: dict[str, Any]) -> None:
    assert lint_requirement(changed(bank, name, **changes), bank) == []


def test_certificates_are_judged_only_when_every_part_is_played(bank: Bank) -> None:
    roles = {role: place for role, place in bank.roles.items() if role != "certificates.edition"}
    sentences = lint_requirement(changed(bank, "safety.certificates#1"), replace(bank, roles=roles))
    assert sentences == ["any_valid_cert cannot be judged: no answer plays certificates.edition."]


def test_certificates_are_judged_only_against_a_start(bank: Bank) -> None:
    brief = tuple(field for field in bank.brief if field.name != "contract_start")
    sentences = lint_requirement(changed(bank, "safety.certificates#1"), replace(bank, brief=brief))
    assert sentences == ["any_valid_cert cannot be judged: there is no @buyer.contract_start."]
