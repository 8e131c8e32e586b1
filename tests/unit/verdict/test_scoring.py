"""Section scores, section quality and quality, by the arithmetic of the brief."""

from __future__ import annotations

from decimal import Decimal

import pytest

from questionnaire.core.gaps import Judgement
from questionnaire.core.scoring import floors, quality_of, score, section_weights
from tests.unit.verdict.cases import bank, changed, judged, vendor

pytestmark = pytest.mark.sqlite_only


def judgement(requirement, status):
    one = next(at for at in bank().requirements if at.id == requirement)
    return Judgement(one, status, "")


def scored(*judgements, profiles=("general-retail",), trial=None, **more):
    return score(bank(), profiles, [judgement(*one) for one in judgements], trial, **more)


def test_a_section_earns_twenty_ten_and_five_points():
    found = scored(
        ("quality.csat#1", "met"), ("quality.fcr#1", "not_met"), ("quality.asa#1", "unknown")
    )
    (section,) = found.sections
    assert (section.section, section.earned, section.possible) == ("quality", 20, 35)
    assert found.section_quality == section.score == Decimal(2000) / 35


def test_a_waived_gap_earns_half_its_points_and_a_met_one_all():
    waived = {"quality.csat#1", "quality.fcr#1"}
    found = scored(("quality.csat#1", "not_met"), ("quality.fcr#1", "met"), waived=waived)
    assert found.sections[0].earned == 20


def test_what_the_law_demands_earns_nothing_by_a_waiver():
    found = scored(("privacy.dpa#1", "not_met"), waived={"privacy.dpa#1"})
    assert found.section_quality == 0


def test_what_does_not_apply_and_what_is_sealed_counts_nowhere():
    found = scored(
        ("quality.csat#1", "met"), ("quality.fcr#1", "not_applicable"),
        ("price.included#1", "not_met"), ("price.minimum#1", "met"),
    )  # fmt: skip
    assert [(one.section, one.possible) for one in found.sections] == [("quality", 20)]


def test_sections_are_weighed_and_contract_and_trial_are_not():
    found = scored(
        ("quality.csat#1", "met"), ("clients.list#1", "not_met"), ("contract.credits#1", "not_met")
    )
    assert [one.section for one in found.sections] == ["clients", "quality", "contract"]
    assert found.section_quality == Decimal(1500) / 24


def test_the_card_add_on_takes_eight_parts_of_a_hundred():
    weights = section_weights(bank(), ("general-retail", "card-payments"))
    assert weights["payments"] == 8
    assert weights["quality"] == Decimal("13.80")
    assert sum(weights.values()) == 100
    assert section_weights(bank(), ("R",))["quality"] == 15


def test_floors_stand_under_the_protected_sections_of_every_active_profile():
    assert floors(bank(), ("R",)).get("payments") is None
    assert floors(bank(), ("R", "P"))["payments"] == 60
    assert floors(bank(), ("R",)).get("clients") is None
    assert floors(bank(), ("L", "P")) == dict.fromkeys(
        (*bank().profile("L").protected, "payments"), 70
    )


def test_a_section_on_its_floor_is_not_under_it():
    kept = scored(
        ("quality.fcr#1", "met"), ("quality.csat#1", "met"), ("quality.listening#1", "not_met")
    )
    assert not kept.sections[0].under_floor
    assert scored(("quality.fcr#1", "met"), ("quality.csat#1", "not_met")).sections[0].under_floor
    assert not scored(("company.sites#1", "not_met")).sections[0].under_floor


def test_the_trial_is_three_tenths_of_quality():
    assert quality_of(Decimal(90), Decimal(80)) == 87
    assert quality_of(Decimal(90), None) == 90
    assert quality_of(None, Decimal(80)) is None
    assert scored(("quality.csat#1", "met"), trial=Decimal(50)).quality == 85


def test_nothing_judged_has_no_score():
    found = scored()
    assert (found.sections, found.section_quality, found.quality) == ((), None, None)


def test_no_score_rises_because_nobody_knows_whether_a_question_applies():
    told = changed(
        vendor("CR"), physical__cctv_days=1, physical__disposal=False,
        physical__home_controls=vendor("PH")["answers"]["physical.home-controls"],
    )  # fmt: skip
    assert told["answers"]["people.home-working"] == "no"
    known, unknown = judged(told), judged(changed(told, people__home_working=None))
    before, after = (
        {one.section: one.score for one in verdict.quality.sections} for verdict in (known, unknown)
    )
    assert after["physical"] <= before["physical"] < 100
