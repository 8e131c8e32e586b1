"""The invariants of the brief (5.10) about what must not matter: others, order, profiles, place."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.model import Requirement
from questionnaire.core.basis import Basis
from questionnaire.core.merging import implies
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.core.verdict_documents import document_of, verdict_document
from tests.unit.verdict.cases import bank, basis, basis_of, judged, offer, vendors
from tests.unit.verdict.comparing import by_question, over, standing, statuses

pytestmark = pytest.mark.sqlite_only


@over(80)
@given(st.lists(vendors(), min_size=2, max_size=4), st.integers(0, 3))
def test_3_no_other_vendor_changes_tier_quality_or_price_utility(
    several: list[dict[str, Any]], left_out: int
) -> None:
    offers = [offer(one, f"V{number}") for number, one in enumerate(several)]
    fewer = [one for number, one in enumerate(offers) if number != left_out]
    alone = {one.code: one for one in reach_all(basis(), fewer)}
    for verdict in reach_all(basis(), offers):
        if verdict.code in alone:
            other = alone[verdict.code]
            assert (verdict.tier, verdict.quality) == (other.tier, other.quality)
            assert (verdict.utility, verdict.value) == (other.utility, other.value)


@over(150)
@given(vendors(), st.randoms(use_true_random=False))
def test_6_no_order_means_anything(one: dict[str, Any], order: Any) -> None:
    shuffled = copy.deepcopy(one)
    names = list(shuffled["answers"])
    order.shuffle(names)
    shuffled["answers"] = {name: shuffled["answers"][name] for name in names}
    for value in shuffled["answers"].values():
        if isinstance(value, list):
            order.shuffle(value)
    before, after = judged(one), judged(shuffled)
    assert statuses(after) == statuses(before)
    assert _figures(after) == _figures(before)
    assert standing(after) == standing(before)


def _figures(verdict: Verdict) -> dict[str, Any]:
    """Tier, counts and scores, without the sentences: these name rows as they were listed."""
    document = verdict_document(verdict)
    said = ("reasons", "conditions", "contract_conditions", "findings", "undetermined")
    return {name: one for name, one in document.items() if name not in said}


@over(40)
@given(st.lists(vendors(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_6_the_order_of_vendors_means_nothing(several: list[dict[str, Any]], order: Any) -> None:
    offers = [offer(one, f"V{number}") for number, one in enumerate(several)]
    shuffled = list(offers)
    order.shuffle(shuffled)
    one, other = (document_of(basis(), reach_all(basis(), of)) for of in (offers, shuffled))
    assert one["order"] == other["order"]
    assert one["close_call"] == other["close_call"]
    for code, verdict in one["vendors"].items():
        same = other["vendors"][code]
        assert {**verdict, "findings": []} == {**same, "findings": []}


@over(100)
@given(vendors(), st.sampled_from(("general-retail", "health-hipaa", "legal-privileged")))
def test_8_an_add_on_takes_no_requirement_away(one: dict[str, Any], base: str) -> None:
    alone, both = (basis_of(*of) for of in ((base,), (base, "card-payments")))
    without, with_cards = judged(one, alone), judged(one, both)
    for requirement in alone.requirements:
        assert _demanded(requirement, both), requirement.id
    met = {name for name, status in by_question(with_cards).items() if status}
    assert met <= {name for name, status in by_question(without).items() if status} | (
        set(by_question(with_cards)) - set(by_question(without))
    )


def _demanded(wanted: Requirement, on: Basis) -> bool:
    """Whether what the requirement demands is still demanded, at least as severely."""
    question = bank().questions[wanted.question]
    same = [one for one in on.requirements if one.question == wanted.question]
    if any(implies(one, wanted, question) for one in same):
        return True
    lists = [set(one.threshold) for one in same if isinstance(one.threshold, tuple)
             and one.operator == wanted.operator == "includes_all"]  # fmt: skip
    return isinstance(wanted.threshold, tuple) and set(wanted.threshold) <= set().union(*lists)


@over(100)
@given(
    vendors(),
    st.sampled_from(("US", "PH", "LV", "CR", "AU")),
    st.sampled_from(("Omaha", "Cebu", "Riga", "Heredia", "Perth", "Nowhere at all")),
)
def test_10_the_shore_changes_no_score(one: dict[str, Any], country: str, city: str) -> None:
    before, after = judged(one), judged(one | {"country": country, "city": city})
    assert (after.tier, after.quality) == (before.tier, before.quality)
    assert (after.utility, after.value) == (before.utility, before.value)
    elsewhere = replace(basis(), brief={**basis().brief, "home_market": country})
    assert judged(one, elsewhere).quality == before.quality
