"""Every field of the result of `questionnaire judge`: its name, its type and its range."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from questionnaire.core.case_reading import read_case
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of
from tests.unit.verdict.cases import bank, demo, vendor, whole

pytestmark = pytest.mark.sqlite_only

CODES = ("PH", "IN", "CR", "DO", "US", "LV")
COST = ("hour", "contact", "resolved", "loss", "adjusted")
NAMED = {
    "tier", "conditions", "mandatory_gaps", "major_gaps", "requirements", "met",
    "section_scores", "section_quality", "trial_mean", "trial_score", "quality_score",
    "price_utility", "value", "cost", "seat_share", "rank", "availability",
    "failed_mandatory", "findings",
}  # fmt: skip


@cache
def result() -> dict[str, Any]:
    return document_of(whole().basis, reach_all(whole().basis, whole().offers))


def judged(case: Any) -> dict[str, Any]:
    read = read_case(case, bank())
    return document_of(read.basis, reach_all(read.basis, read.offers))


def rounded(figure: Any, places: int, least: float = 0, most: float = float("inf")) -> bool:
    """A number, no truth value, with so many decimals at most, between its bounds."""
    if isinstance(figure, bool) or not isinstance(figure, int | float):
        return False
    decimals = -int(Decimal(repr(figure)).normalize().as_tuple().exponent)
    return decimals <= places and least <= figure <= most


def whole_number(figure: Any, most: int = 1000) -> bool:
    return isinstance(figure, int) and not isinstance(figure, bool) and 0 <= figure <= most


def texts(listed: Any) -> bool:
    return isinstance(listed, list) and all(isinstance(one, str) and one.strip() for one in listed)


def costed(cost: Mapping[str, Any]) -> bool:
    return set(cost) == set(COST) and all(rounded(cost[name], 2) for name in COST)


def test_the_own_team_has_its_cost():
    assert costed(result()["inhouse"]["cost"])


def test_every_vendor_of_the_case_is_in_the_result_under_its_code():
    assert tuple(result()["vendors"]) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_verdict_has_every_field_of_its_type_and_range(code):
    one = result()["vendors"][code]
    assert set(one) >= NAMED
    assert one["tier"] in ("recommended", "conditional", "not_eligible")
    assert texts(one["conditions"])
    assert all(whole_number(one[name]) for name in ("mandatory_gaps", "major_gaps"))
    assert whole_number(one["requirements"])
    assert whole_number(one["met"], most=one["requirements"])
    assert set(one["section_scores"]) <= set(bank().sections_by_id) - {"price"}
    assert all(rounded(score, 1, 0, 100) for score in one["section_scores"].values())
    assert rounded(one["section_quality"], 1, 0, 100)
    assert rounded(one["trial_mean"], 2, 1, 5)
    assert rounded(one["trial_score"], 1, 0, 100)
    assert rounded(one["quality_score"], 1, 0, 100)
    assert costed(one["cost"])
    assert rounded(one["seat_share"], 1, 0, 100)
    place, of = one["rank"]
    assert whole_number(place)
    assert whole_number(of)
    assert 1 <= place <= of
    assert rounded(one["availability"], 2, 0, 100)


@pytest.mark.parametrize("code", CODES)
def test_who_is_not_eligible_has_gaps_and_neither_value_nor_price_utility(code):
    one = result()["vendors"][code]
    out = one["tier"] == "not_eligible"
    for name in ("price_utility", "value"):
        assert (one[name] is None) is out
        assert (name in one["unknown"]) is out
        assert out or rounded(one[name], 1, 0, 100)
    assert bool(one["mandatory_gaps"]) is out
    assert bool(one["failed_mandatory"]) is out


@pytest.mark.parametrize("code", CODES)
def test_failed_questions_and_findings_are_those_of_the_bank(code):
    one = result()["vendors"][code]
    assert len(one["failed_mandatory"]) == len(set(one["failed_mandatory"]))
    assert set(one["failed_mandatory"]) <= set(bank().questions)
    known = {each.id for each in bank().findings}
    for each in one["findings"]:
        assert set(each) == {"id", "severity", "text"}
        assert each["id"] in known
        assert each["severity"] in ("mandatory", "major", "minor", "caps", "warning", "info")
        assert each["text"].strip()


def nothing_but(code: str, **changes: Any) -> dict[str, Any]:
    case = demo()
    case["vendors"] = {code: vendor(code) | changes}
    found: dict[str, Any] = judged(case)["vendors"][code]
    return found


def test_a_figure_that_is_not_known_is_null_and_says_why():
    silent = nothing_but("CR", answers={}, trial=None)
    names = ("seat_share", "rank", "availability")
    assert [silent[name] for name in names] == [None] * 3
    assert all(silent["unknown"][name] for name in names)
    assert (silent["trial_mean"], silent["trial_score"]) == (None, None)
    assert silent["trial_reasons"] == ["The trial has not been held."]
    assert [silent["cost"][name] for name in COST] == [None] * 5
    assert silent["cost"]["undetermined"]
    assert silent["tier"] == "not_eligible"
    assert silent["met"] == 0
    assert rounded(silent["quality_score"], 1, 0, 0)


def test_nothing_known_needs_no_reason():
    assert nothing_but("CR")["unknown"] == {}


def test_a_case_without_vendors_has_a_result_without_vendors():
    empty = judged(demo() | {"vendors": {}})
    assert (empty["vendors"], empty["close_call"]) == ({}, [])
    assert costed(empty["inhouse"]["cost"])


@pytest.mark.parametrize("code", CODES)
def test_a_vendor_alone_is_judged_as_among_others(code):
    # Only what compares options looks at the others: warnings and what is for information.
    among, alone = result()["vendors"][code], nothing_but(code)
    assert {name: one for name, one in among.items() if name not in COMPARING} == {
        name: one for name, one in alone.items() if name not in COMPARING
    }
    assert of_weight(among) == of_weight(alone)


#: What may look at other vendors, and only in findings that are never counted.
COMPARING = ("findings", "undetermined")


def of_weight(verdict: Mapping[str, Any]) -> list[Any]:
    listed = [one for name in COMPARING for one in verdict[name]]
    return [one for one in listed if one["severity"] not in ("warning", "info")]
