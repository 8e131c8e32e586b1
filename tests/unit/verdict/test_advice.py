"""What each option goes against, on the demo's vendors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.advice import OPTIONS, Situation, against, needs_second
from questionnaire.core.inhouse import reach_own_team
from questionnaire.core.value import ordered
from questionnaire.core.verdict import reach_all
from tests.unit.verdict.cases import basis
from tests.unit.verdict.falling import among

pytestmark = pytest.mark.sqlite_only


def situation(*codes: str, sealed: bool = False, **more: Any) -> Situation:
    on = replace(basis(), prices_open=False) if sealed else basis()
    reached = {one.code: one for one in reach_all(on, among(*codes))}
    options = [one.option for one in reached.values()]
    by_tier = [
        reached[one.code]
        for tier in ("recommended", "conditional")
        for one in ordered(options, tier, on.price_weight)
    ]
    rest = [one for one in reached.values() if not one.eligible]
    told: dict[str, Any] = {"close": (), "locked": True} | more
    return Situation(on, (*by_tier, *rest), **told)


def kinds(found: Situation, option: str, code: str = "") -> list[str]:
    return [one.kind for one in against(found, option, code)]


ALL = ("PH", "IN", "CR", "DO", "US", "LV")


def test_the_first_of_the_best_tier_goes_against_nothing() -> None:
    assert kinds(situation(*ALL), "vendor", "CR") == []
    assert not needs_second(situation(*ALL), "vendor", "CR")


def test_the_second_is_over_budget_and_has_less_value() -> None:
    assert kinds(situation(*ALL), "vendor", "US") == ["not_first", "over_budget"]


def test_who_is_conditional_stands_behind_a_better_tier() -> None:
    found = situation(*ALL)
    assert kinds(found, "vendor", "PH") == ["conditional", "better_tier"]
    verdict = found.verdict("PH")
    assert verdict is not None
    conditions = tuple(one.text for one in verdict.tier.conditions)
    assert against(found, "vendor", "PH")[0].points == conditions


def test_past_the_gate_takes_two_and_says_every_reason() -> None:
    found = situation(*ALL)
    assert kinds(found, "vendor", "IN") == ["not_eligible"]
    assert needs_second(found, "vendor", "IN")
    assert needs_second(found, "hybrid", "IN")
    verdict = found.verdict("IN")
    assert verdict is not None
    assert against(found, "vendor", "IN")[0].points == verdict.tier.reasons


def test_when_nobody_passes_that_is_the_first_advice() -> None:
    assert kinds(situation("IN", "DO"), "vendor", "IN") == ["nobody", "not_eligible"]


def test_a_part_has_passed_no_gate_of_its_own() -> None:
    assert kinds(situation(*ALL), "hybrid", "CR") == ["hybrid"]


def test_nobody_for_now_goes_against_who_is_recommended() -> None:
    (one,) = against(situation(*ALL), "search")
    assert one.kind == "recommended"
    assert "Quetzal Bridge" in one.text
    assert "Prairie Bell" in one.text
    assert kinds(situation("IN"), "search") == []


def test_the_own_team_is_held_against_the_same_requirements() -> None:
    assert kinds(situation("IN"), "in_house") == ["own_unknown"]
    own = reach_own_team(basis(), among("IN")[0])
    assert kinds(situation("IN", own=own), "in_house") == ["own_gaps"]
    own = reach_own_team(basis(), among("CR")[0])
    assert kinds(situation("IN", own=own), "in_house") == []


def test_one_that_passes_alone_a_close_call_and_sealed_prices_are_said() -> None:
    assert kinds(situation("CR", "IN"), "vendor", "CR") == ["only_one"]
    close = ("Quetzal Bridge CX, S.R.L.", "Prairie Bell Answering & Care, LLC")
    assert kinds(situation(*ALL, close=close), "vendor", "CR") == ["close_call"]
    sealed = situation(*ALL, sealed=True)
    assert "sealed" in kinds(sealed, "vendor", "CR")
    assert "not_first" not in kinds(sealed, "vendor", "US")


@pytest.mark.parametrize("option", ["vendor", "hybrid"])
def test_sealed_prices_are_said_of_one_that_is_not_eligible_too(option: str) -> None:
    assert "sealed" in kinds(situation(*ALL, sealed=True), option, "IN")
    assert "sealed" not in kinds(situation(*ALL), option, "IN")


def test_a_name_that_ends_in_a_full_stop_ends_its_sentence() -> None:
    found = situation("CR", "IN")
    named = replace(found.recommended[0], name="Quetzal Bridge CX, S.R.L.")
    (one,) = against(replace(found, verdicts=[named]), "search")
    assert one.text == "Recommended: Quetzal Bridge CX, S.R.L."


@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_not_finished_is_said_of_every_option(option: str) -> None:
    found = kinds(situation(*ALL, locked=False, missing=("Birch Line",)), option, "CR")
    assert found[-2:] == ["provisional", "missing"]
