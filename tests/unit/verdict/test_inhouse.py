"""The buyer's own team answers the same questionnaire, and is judged by the same gates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.basis import Offer
from questionnaire.core.case_reading import InvalidDocument, read_case
from questionnaire.core.inhouse import SORTS, must_fix, reach_own_team
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict, reach, reach_all
from questionnaire.core.verdict_documents import document_of
from tests.unit.verdict.cases import bank, basis, changed, demo, offer, rank, vendor, vendors
from tests.unit.verdict.comparing import over, told

pytestmark = pytest.mark.sqlite_only


def team(told: dict[str, Any]) -> Offer:
    """A vendor's answers as those of the own team."""
    answers = {
        name: one for name, one in told["answers"].items() if name not in bank().vendors_only
    }
    return offer({**told, "answers": answers})


def own(told: dict[str, Any]) -> Verdict:
    return reach_own_team(basis(), team(told))


def test_the_own_team_is_not_asked_what_presupposes_a_contract() -> None:
    left_out = bank().vendors_only
    assert bank().sealed_questions < left_out
    for section in ("clients", "contract", "price"):
        assert {one.id for one in bank().sections_by_id[section].questions} <= left_out
    judged = {one.requirement.question for one in own(vendor("US")).judgements}
    assert judged
    assert not judged & left_out


def test_the_same_gates_hold_for_the_own_team() -> None:
    good, bad = own(vendor("US")), own(vendor("IN"))
    assert good.tier.name == "recommended"
    assert bad.tier.name == "not_eligible"
    assert {one.sort for one in must_fix(bad, bank())} <= set(SORTS)
    texts = [one.text for one in must_fix(bad, bank())]
    assert any("any local disaster silences your line" in text for text in texts)
    assert len(texts) == len(set(texts))


def test_a_team_with_a_gap_has_it_on_its_list_with_the_question() -> None:
    fixes = must_fix(own(changed(vendor("US"), resilience__carriers=None)), bank())
    assert ("mandatory", "resilience.carriers") in {(one.sort, one.question) for one in fixes}


def test_a_team_that_took_no_test_is_told_so() -> None:
    fixes = must_fix(own(vendor("US") | {"trial": None}), bank())
    assert [one.text for one in fixes if one.sort == "trial"] == ["The trial has not been held."]


def test_it_costs_what_the_brief_says_and_has_no_price_no_value_and_no_clients() -> None:
    verdict = own(vendor("US"))
    assert verdict.cost == basis().inhouse_cost
    for figure in (verdict.utility, verdict.value, verdict.seat_share, verdict.rank):
        assert isinstance(figure, Unsure)
    assert verdict.shore.type == "in_house"
    asked = {name for one in bank().findings for name in one.questions
             if one.id in {at.id for at in verdict.findings}}  # fmt: skip
    assert not asked & bank().vendors_only
    assert not any(one.severity == "warning" for one in verdict.findings)


def test_while_prices_are_sealed_its_cost_is_not_told_either() -> None:
    sealed = reach_own_team(replace(basis(), prices_open=False), team(vendor("US")))
    assert isinstance(sealed.cost.adjusted, Unsure)
    assert sealed.tier == own(vendor("US")).tier


@over(80)
@given(vendors(), st.sampled_from(sorted(bank().vendors_only)))
def test_no_answer_that_only_vendors_give_touches_its_verdict(
    one: dict[str, Any], name: str
) -> None:
    plain = reach_own_team(basis(), offer(one))
    without = changed(one)
    without["answers"].pop(name, None)
    assert told(reach_own_team(basis(), offer(without))) == told(plain)


@over(60)
@given(vendors())
def test_whoever_passes_as_a_vendor_has_no_gate_closed_as_the_own_team(
    one: dict[str, Any],
) -> None:
    as_vendor, as_team = reach(basis(), offer(one)), reach_own_team(basis(), offer(one))
    assert rank(as_team) >= min(rank(as_vendor), 1)
    assert bool(must_fix(as_team, bank())) >= (as_team.tier.name != "recommended")


@over(40)
@given(vendors(), st.lists(vendors(), min_size=1, max_size=3))
def test_3_the_own_teams_answers_change_no_vendors_verdict(
    own_team: dict[str, Any], several: list[dict[str, Any]]
) -> None:
    offers = [offer(one, f"V{number}") for number, one in enumerate(several)]
    verdicts = reach_all(basis(), offers)
    plain = document_of(basis(), verdicts)
    beside = document_of(basis(), verdicts, reach_own_team(basis(), team(own_team)))
    assert {**plain, "inhouse": {}} == {**beside, "inhouse": {}}
    assert plain["inhouse"]["cost"] == beside["inhouse"]["cost"]


def case(**inhouse: Any) -> dict[str, Any]:
    answers = {
        name: one for name, one in vendor("US")["answers"].items()
        if name not in bank().vendors_only
    }  # fmt: skip
    return demo() | {"inhouse": {"answers": answers, "trial": vendor("US")["trial"]} | inhouse}


def test_a_case_may_carry_the_own_team_and_its_result_names_no_tier() -> None:
    read = read_case(case(), bank())
    assert read.own_team is not None
    result = document_of(
        read.basis, reach_all(read.basis, read.offers), reach_own_team(read.basis, read.own_team)
    )
    team = result["inhouse"]
    assert not {"tier", "value", "rank"} & set(team)
    assert (team["passes"], team["mandatory_gaps"]) == (True, 0)
    assert len(team["must_fix"]) == team["major_gaps"] == 3
    assert team["cost"] == document_of(basis(), ())["inhouse"]["cost"]


def test_what_the_own_teams_test_measured_is_what_vendors_are_compared_with() -> None:
    assert read_case(case(), bank()).basis.inhouse_csat == Decimal(90)
    assert read_case(case(trial=None), bank()).basis.inhouse_csat == Decimal(88)


@pytest.mark.parametrize(
    ("inhouse", "place"),
    [
        ({"answers": {"price.rate": 1}}, "inhouse.answers.price.rate"),
        ({"answers": {"mood": 1}}, "inhouse.answers.mood"),
        ({"city": "Omaha"}, "inhouse.city"),
        ({"trial": {"criteria": {"charm": 1}}}, "inhouse.trial.criteria.charm"),
    ],
)
def test_faults_of_the_own_team_are_named_by_their_path(
    inhouse: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidDocument) as refusal:
        read_case(case(**inhouse), bank())
    assert [path for path, _ in refusal.value.faults] == [place]
