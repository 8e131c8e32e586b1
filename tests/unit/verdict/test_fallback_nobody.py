"""When nobody passes: what kept vendors out, and nothing that could be taken for a ranking."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.values import Money
from questionnaire.core.basis import Offer
from questionnaire.core.fallback import fall_back
from questionnaire.core.verdict import reach, reach_all
from tests.unit.verdict.cases import basis, offer, vendors
from tests.unit.verdict.falling import alone, of, only

pytestmark = pytest.mark.sqlite_only

PRICES = (Decimal("0.1"), Decimal("0.5"), Decimal(3))


def test_what_kept_vendors_out_counts_requirements_and_most_come_first() -> None:
    found = of("LV", "DO", "IN").exclusions
    counts = [len(one.vendors) for one in found]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 3
    assert {one.kind for one in found} == {"requirement", "finding", "trial"}
    assert all(list(one.vendors) == sorted(one.vendors, key=str.casefold) for one in found)


def test_a_requirement_that_alone_keeps_a_vendor_out_says_what_relaxing_it_would_bring() -> None:
    spoiled = only(security__logs=6)
    (one,) = alone(spoiled).exclusions
    assert (one.id, one.opens) == ("security.logs#4", (spoiled.name,))
    assert one.rationale
    assert one.approver == "Whoever answers for the security of information"
    relaxed = replace(
        basis(),
        requirements=[
            replace(each, severity="major") if each.id == one.id else each
            for each in basis().requirements
        ],
    )
    assert reach(relaxed, spoiled).eligible


def test_of_what_the_law_demands_it_is_never_said_what_relaxing_it_would_bring() -> None:
    spoiled = only(payments__aoc_scope=False)
    found = alone(spoiled).exclusions
    assert [(one.id, one.legal, one.opens) for one in found] == [
        ("payments.aoc-scope#1", True, None)
    ]


def test_two_reasons_open_for_nobody_when_one_of_them_is_relaxed() -> None:
    spoiled = only(security__logs=6, resilience__caller_fallback=["nothing"])
    found = alone(spoiled).exclusions
    assert len(found) == 2
    assert all(one.opens == () for one in found)


def names_in(part: object) -> set[str]:
    """The names of all fields below."""
    if is_dataclass(part) and not isinstance(part, type):
        return {one.name for one in fields(part)} | {
            name for one in fields(part) for name in names_in(getattr(part, one.name))
        }
    if isinstance(part, tuple):
        return {name for one in part for name in names_in(one)}
    return set()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(told=st.lists(vendors(), min_size=1, max_size=3), factor=st.sampled_from(PRICES))
def test_when_nobody_passes_nothing_holds_a_value_a_score_or_a_rank(
    told: list[dict[str, Any]], factor: Decimal
) -> None:
    offers = [offer(one, f"V{n}") for n, one in enumerate(told)]
    out = [one for one in offers if not reach(basis(), one).eligible]
    if not out:
        return
    found = fall_back(basis(), out, reach_all(basis(), out))
    assert found.state == "nobody"
    assert not names_in(found) & {"value", "rank", "score", "quality", "utility", "best", "cost"}
    names = [one.name for one in out]
    assert [one.name for one in found.missed] == sorted(names, key=str.casefold)
    assert fall_back(basis(), out[::-1], reach_all(basis(), out[::-1])) == found
    repriced = [with_price(one, factor) for one in out]
    assert fall_back(basis(), repriced, reach_all(basis(), repriced)) == found


def with_price(offer: Offer, factor: Decimal) -> Offer:
    """The same vendor at another price."""
    (asked,) = [one for one in [basis().bank.part("cost.rate").question] if one in offer.answers]
    answer = offer.answers[asked]
    if not isinstance(answer.value, Money):
        return offer
    price = Money(answer.value.amount * factor, answer.value.currency)
    return replace(offer, answers={**offer.answers, asked: replace(answer, value=price)})
