"""The demo tells what the brief says it should tell (7.3), worked out and never looked up."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of
from tests.unit.verdict.cases import whole

pytestmark = pytest.mark.sqlite_only


@cache
def result() -> dict[str, Any]:
    case = whole()
    return document_of(case.basis, reach_all(case.basis, case.offers))


def of(code: str) -> dict[str, Any]:
    found: dict[str, Any] = result()["vendors"][code]
    return found


def fires(code: str) -> set[str]:
    return {one["id"] for one in of(code)["findings"]}


def test_every_vendor_comes_to_its_tier():
    assert {code: one["tier"] for code, one in result()["vendors"].items()} == {
        "CR": "recommended", "US": "recommended", "PH": "conditional",
        "IN": "not_eligible", "DO": "not_eligible", "LV": "not_eligible",
    }  # fmt: skip


def test_quetzal_comes_first_and_prairie_bell_is_the_dearer_fallback():
    assert result()["order"] == {"recommended": ["CR", "US"], "conditional": ["PH"]}
    assert of("CR")["value"] > of("US")["value"]
    assert of("US")["cost"]["adjusted"] > of("CR")["cost"]["adjusted"]
    assert {"over-budget", "certificate-expires-before-start"} <= fires("US")
    assert "over-budget" not in fires("CR")


def test_the_first_place_hangs_on_how_much_the_price_weighs():
    assert of("US")["quality_score"] > of("CR")["quality_score"]
    assert len(result()["close_call"]) == 2


def test_coral_lantern_passes_the_gate_and_is_conditional_for_the_stated_reasons():
    verdict = of("PH")
    assert (verdict["mandatory_gaps"], verdict["failed_mandatory"]) == (0, [])
    assert {"competitor-conflict", "too-small-to-matter", "size-mismatch"} <= fires("PH")
    assert (verdict["seat_share"], verdict["rank"]) == (1.5, [11, 11])
    told = " ".join(verdict["conditions"])
    assert "serves your competitor Maple & Main Home" in told
    assert "1.5 %" in told
    assert "satisfaction in the trial was 80 %; in-house it is 88 %" in told
    assert "10 major gaps" in told


@pytest.mark.parametrize("code", ["IN", "DO", "LV"])
def test_the_others_are_not_eligible_each_for_several_reasons(code):
    verdict = of(code)
    assert len(verdict["reasons"]) >= 5
    assert verdict["mandatory_gaps"] >= 5
    assert (verdict["value"], verdict["price_utility"]) == (None, None)
    assert (verdict["conditions"], verdict["contract_conditions"]) == ([], [])


def test_the_worked_example_of_the_brief_comes_out():
    assert of("IN")["cost"] == {
        "hour": 8.9, "contact": 1.64, "resolved": 3.16, "loss": 1.56, "adjusted": 4.72,
    }  # fmt: skip
    assert of("CR")["cost"] == {
        "hour": 19.8, "contact": 2.63, "resolved": 3.41, "loss": 0.6, "adjusted": 4.01,
    }  # fmt: skip
    (told,) = (one for one in of("IN")["findings"] if one["id"] == "cheap-hour-dear-resolution")
    assert "Coral Lantern" in told["text"], "Palma Clara resolves cheaper, and is not eligible"


def test_the_own_team_is_costed_by_the_same_rules():
    assert result()["inhouse"]["cost"] == {
        "hour": 34, "contact": 4.36, "resolved": 5.45, "loss": 0.55, "adjusted": 6,
    }  # fmt: skip


def test_each_site_has_its_shore():
    assert {code: one["shore"]["type"] for code, one in result()["vendors"].items()} == {
        "CR": "nearshore", "DO": "nearshore", "US": "onshore",
        "PH": "offshore", "IN": "offshore", "LV": "offshore",
    }  # fmt: skip


def test_what_remains_becomes_a_condition_of_the_contract():
    assert len(of("CR")["contract_conditions"]) == of("CR")["major_gaps"] == 2
    assert len(of("US")["contract_conditions"]) == of("US")["major_gaps"] == 3


def test_availability_is_that_of_two_years():
    assert of("DO")["availability"] == 99.78
    assert of("US")["availability"] == 100
