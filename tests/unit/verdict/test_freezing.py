"""What verdicts were reached on comes back from JSON the same, and reaches the same again."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from question_bank.documents import canonical
from question_bank.values import Money
from questionnaire.core.answers import Answer
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.cost import Price
from questionnaire.core.evidence import Evidence, Review
from questionnaire.core.exchange import Rates
from questionnaire.core.freezing import freeze_basis, freeze_offer, thaw_basis, thaw_offer
from questionnaire.core.outcomes import Difference, differences, outcome_of
from questionnaire.core.trial import Trial
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of
from tests.unit.verdict.cases import bank, basis, changed, offer, vendor, vendors, whole

pytestmark = pytest.mark.sqlite_only


def again(document: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from the database."""
    found: dict[str, Any] = json.loads(canonical(document))
    return found


def test_the_demo_comes_back_the_same_and_reaches_the_same() -> None:
    kept = again(freeze_basis(basis()))
    there = thaw_basis(kept, bank())
    assert there == replace(basis(), requirements=list(basis().requirements))
    offers = [thaw_offer(again(freeze_offer(one)), bank()) for one in whole().offers]
    assert offers == list(whole().offers)
    one, other = reach_all(there, offers), reach_all(basis(), whole().offers)
    assert outcome_of(there, one) == outcome_of(basis(), other)
    assert document_of(there, one) == document_of(basis(), other)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(told=vendors())
def test_whatever_a_vendor_says_comes_back_the_same(told: dict[str, Any]) -> None:
    said = offer(told)
    kept = freeze_offer(said)
    back = thaw_offer(again(kept), bank())
    assert back == said
    assert canonical(freeze_offer(back)) == canonical(kept)


def test_everything_that_is_not_usual_comes_back_too() -> None:
    review = Review(
        3, date(2026, 1, 2), date(2027, 1, 2), ("Cebu",), "Coral, Inc.", False, rejected=True
    )
    paper = Evidence("iso.pdf", "certificate", date(2025, 12, 31), review)
    said = vendor("CR")
    full = replace(
        offer(said),
        answers={
            name: replace(one, evidence=(paper, Evidence("b.pdf", "other")))
            for name, one in offer(said).answers.items()
        },
        price=Price(
            "hybrid", None, (Price("contact", Money(Decimal("2.10"), "USD")), Price("x", None))
        ),
        waived=frozenset({"b#1", "a#1"}),
        accepted=frozenset({"c#1"}),
        accepted_not_applicable=frozenset({"d"}),
        evidenced=frozenset({"e"}),
        first_trial=offer(said).trial,
        no_conflict=True,
        preferred=False,
    )
    assert thaw_offer(again(freeze_offer(full)), bank()) == full
    rich = replace(
        basis(),
        rates=Rates(date(2026, 11, 1), "USD", {"EUR": Decimal("1.10")}),
        weights={"quality": Decimal("12.50")},
        floors={"quality": 70},
        measured_csat=Decimal("88.5"),
        selection=None,
        requirements=[],
    )
    assert thaw_basis(again(freeze_basis(rich)), bank()) == rich


@pytest.mark.parametrize(
    ("kind", "handled"),
    [
        (Basis, 14), (Offer, 16), (Answer, 5), (Evidence, 4), (Review, 7), (Trial, 12),
        (Price, 3), (Rates, 3),
    ],
)  # fmt: skip
def test_a_new_field_is_not_forgotten(kind: type, handled: int) -> None:
    # Who adds one has to freeze and thaw it, and then to count it here.
    assert len(fields(kind)) == handled


def test_one_changed_answer_is_told_by_what_it_moves() -> None:
    before = outcome_of(basis(), reach_all(basis(), [offer(vendor("CR"), "CR")]))
    spoiled = offer(changed(vendor("CR"), security__logs=6), "CR")
    after = outcome_of(basis(), reach_all(basis(), [spoiled]))
    found = differences(before, after)
    assert Difference("CR", "requirement", "security.logs#4", "met", "not_met") in found
    assert Difference("CR", "verdict", "tier", "recommended", "not_eligible") in found
    assert differences(before, before) == ()


def test_who_was_not_there_before_is_told_whole() -> None:
    before = outcome_of(basis(), [])
    after = outcome_of(basis(), reach_all(basis(), [offer(vendor("CR"), "CR")]))
    found = differences(before, after)
    assert Difference("CR", "verdict", "tier", None, "recommended") in found
