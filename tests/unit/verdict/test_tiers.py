"""The gate, the conditions and the count of gaps, each rule alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from question_bank.findings.outcome import DOES_NOT_FIRE, FIRES, UNDETERMINED, Finding
from questionnaire.core.counting import open_gaps, subjects
from questionnaire.core.gaps import Judgement
from questionnaire.core.merging import default_requirements
from questionnaire.core.tiers import Tier, Tiering
from questionnaire.core.trial import Outcome
from questionnaire.core.verdict import reach
from tests.unit.verdict.cases import bank, basis, changed, judged, offer, vendor

pytestmark = pytest.mark.sqlite_only

GOOD = judged(vendor("CR"))


def finding(name, severity, status=FIRES, replaces=()):
    text = f"{name} fires." if status == FIRES else ""
    because = "something is not known" if status == UNDETERMINED else ""
    return Finding(name, status, severity, text, because=because, replaces=replaces)


def tier(*findings: Finding, **changes: Any) -> Tier:
    """The tier of a good vendor about whom these things were found."""
    tiering = Tiering(
        bank(), basis().profiles, changes.pop("judgements", ()), findings,
        changes.pop("quality", GOOD.quality), changes.pop("trial", GOOD.trial), **changes,
    )  # fmt: skip
    return tiering.decide()


def gap(requirement, status="not_met"):
    one = next(at for at in bank().requirements if at.id == requirement)
    return Judgement(one, status, f"{requirement} is missed.")


MAJORS = (
    "services.ramp#1", "quality.fcr#1", "quality.calibration#1", "culture.hours#1",
    "scripting.change-time#1", "contract.exit-notice#1",
)  # fmt: skip


def test_without_any_gap_a_vendor_is_recommended():
    assert tier() == Tier("recommended", (), (), (), ())


@pytest.mark.parametrize("status", ["not_met", "unknown"])
def test_one_mandatory_gap_closes_the_gate(status):
    found = tier(judgements=[gap("quality.csat#1", status)])
    assert (found.name, found.reasons) == ("not_eligible", ("quality.csat#1 is missed.",))
    assert found.conditions == ()
    assert len(found.mandatory) == 1


def test_a_mandatory_finding_closes_the_gate_and_so_does_one_that_nobody_can_tell():
    assert tier(finding("no-redundancy", "mandatory")).reasons == ("no-redundancy fires.",)
    unknown = tier(finding("hours-not-rostered", "mandatory", UNDETERMINED))
    assert unknown.name == "not_eligible"
    assert "something is not known" in unknown.reasons[0]
    assert tier(finding("no-redundancy", "mandatory", DOES_NOT_FIRE)).name == "recommended"


def test_hiding_a_roster_that_is_too_short_opens_no_gate():
    short = [one for one in vendor("CR")["answers"]["services.shifts"] if one["shift"] == "Early"]
    assert judged(changed(vendor("CR"), services__shifts=short)).tier.name == "not_eligible"
    assert judged(changed(vendor("CR"), services__shifts=None)).tier.name == "not_eligible"


def test_what_the_buyer_never_asked_keeps_nobody_out_but_is_told():
    asked = frozenset(
        one.id for one in bank().questions.values() if one.section in ("resilience", "physical")
    )
    few = replace(
        basis(), profiles=("general-retail",), selection=asked,
        requirements=default_requirements(bank(), ("R",), asked),
    )  # fmt: skip
    found = judged(vendor("CR"), few).tier
    assert (found.name, found.reasons) == ("conditional", ())
    told = [one.text for one in found.conditions if one.kind == "undetermined"]
    (roster,) = [one for one in told if "Roster" in one]
    assert "is not asked" in roster
    assert "you ask the vendor before" in roster


def test_of_what_was_asked_nothing_may_be_left_open_all_the_same():
    asked = frozenset(
        one.id for one in bank().questions.values() if one.section in ("resilience", "privacy")
    )
    few = replace(
        basis(), profiles=("general-retail",), selection=asked,
        requirements=default_requirements(bank(), ("R",), asked - {"resilience.data-centres"}),
    )  # fmt: skip
    assert judged(vendor("CR"), few).tier.name == "conditional"
    hidden = changed(vendor("CR"), resilience__data_centres=None)
    assert judged(hidden, few).tier.name == "not_eligible"


def test_a_hard_trial_closes_the_gate_and_only_what_fails_it_is_said_to():
    found = tier(trial=Outcome("hard_fail", reasons=("Bad.", "No drill."), hard=("Bad.",)))
    assert (found.name, found.reasons) == ("not_eligible", ("Bad.",))


@pytest.mark.parametrize("result", ["soft", "not_held"])
def test_any_other_trial_that_is_not_passed_makes_conditions(result):
    found = tier(trial=Outcome(result, reasons=("One.", "Two.")))
    assert found.name == "conditional"
    assert [one.kind for one in found.conditions] == ["trial", "trial"]
    asks = "repeat the trial" if result == "soft" else "hold a trial"
    assert found.conditions[0].text.startswith(f"One. You {asks} with the vendor")


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (finding("competitor-conflict", "major"), "fit"),
        (finding("competitor-undeclared", "major"), "fit"),
        (finding("too-small-to-matter", "major"), "fit"),
        (finding("size-mismatch", "major"), "fit"),
        (finding("too-big-a-gamble", "caps"), "gamble"),
        (finding("too-big-a-gamble", "caps", UNDETERMINED), "gamble"),
        (finding("shared-fate", "major", UNDETERMINED), "undetermined"),
    ],
)
def test_each_of_these_findings_is_a_condition_alone(found, kind):
    result = tier(found)
    assert result.name == "conditional"
    assert [one.kind for one in result.conditions] == [kind]


@pytest.mark.parametrize(
    "found",
    [
        finding("shared-fate", "major"),
        finding("competitor-conflict", "minor"),
        finding("client-list-incomplete", "minor", UNDETERMINED),
        finding("over-budget", "warning"),
        finding("abnormally-low-price", "warning", UNDETERMINED),
        finding("nearshore-not-middle", "info"),
        finding("location-rule-watch", "info", UNDETERMINED),
    ],
)
def test_none_of_these_findings_is_a_condition_alone(found):
    assert tier(found).name == "recommended"


def test_more_major_gaps_than_the_profile_allows_are_a_condition():
    assert tier(judgements=[gap(name) for name in MAJORS[:5]]).name == "recommended"
    found = tier(judgements=[gap(name) for name in MAJORS])
    assert [one.kind for one in found.conditions] == ["count"]
    assert "There are 6 major gaps, and at most 5 are acceptable" in found.conditions[0].text
    assert "at least 1 of them" in found.conditions[0].text
    assert "quality.fcr#1 is missed." in found.conditions[0].text


def test_a_protected_section_under_its_floor_is_a_condition():
    weak = changed(
        vendor("CR"), culture__hours=0, culture__topics=[], culture__disconnect_review=False,
        culture__brand_immersion=False,
    )  # fmt: skip
    found = judged(weak).tier
    assert found.name == "conditional"
    (condition,) = [one for one in found.conditions if one.kind == "floor"]
    assert condition.text.startswith("“Cultural training” reaches ")
    assert "at least 60 is needed" in condition.text
    assert "before you sign the contract that starts on 1 March 2027" in condition.text


def test_the_date_is_left_out_where_the_brief_states_none():
    found = tier(finding("too-big-a-gamble", "caps"))
    assert found.conditions[0].text.endswith("before you sign the contract.")


# -- the count ---------------------------------------------------------------------------------


def count(severity, gaps=(), findings=()):
    return len(subjects(severity, [gap(name) for name in gaps], list(findings)))


def test_the_requirements_of_one_question_count_once():
    assert count("major", ["resilience.carriers#2", "resilience.carriers#3"]) == 1
    assert count("major", ["resilience.carriers#2", "quality.fcr#1"]) == 2


def test_a_finding_takes_the_place_of_what_it_explains():
    conflict = finding("competitor-conflict", "major", replaces=("clients.competitors",))
    assert count("major", ["clients.competitors#1", "clients.firewall#1"], [conflict]) == 2
    assert count("major", [], [conflict]) == 1


def test_a_finding_can_take_the_place_of_one_requirement_of_several():
    fuel = finding("fuel-shorter-than-rto", "major", replaces=("company.sites#3",))
    assert count("major", ["company.sites#2", "company.sites#3"], [fuel]) == 2
    assert count("major", ["company.sites#3"], [fuel]) == 1


def test_findings_about_one_question_count_once_together():
    ends = finding(
        "certificate-expires-before-start", "major", replaces=("security.certifications",)
    )
    scope = finding("certificate-out-of-scope", "major", replaces=("security.certifications",))
    assert count("major", ["security.certifications#1"], [ends, scope]) == 1


def test_a_finding_that_explains_two_questions_counts_once():
    rude = finding(
        "polite-here-rude-there", "major",
        replaces=("culture.hours", "culture.attitude-complaints"),
    )  # fmt: skip
    assert count("major", ["culture.hours#1", "culture.attitude-complaints#1"], [rude]) == 1


def test_a_milder_finding_takes_no_place():
    conflict = finding("competitor-conflict", "minor", replaces=("clients.competitors",))
    assert count("major", ["clients.competitors#1"], [conflict]) == 1
    nothing = finding("no-redundancy", "mandatory", replaces=("resilience.alternate-site",))
    assert count("major", ["resilience.alternate-site#3"], [nothing]) == 0
    assert count("mandatory", ["resilience.alternate-site#1"], [nothing]) == 1


def test_what_does_not_fire_neither_counts_nor_takes_a_place():
    for status in (DOES_NOT_FIRE, UNDETERMINED):
        conflict = finding("competitor-conflict", "major", status, ("clients.competitors",))
        assert count("major", ["clients.competitors#1"], [conflict]) == 1
        assert count("major", [], [conflict]) == 0


def test_price_requirements_are_no_gaps():
    assert open_gaps(bank(), [gap("price.included#1"), gap("price.minimum#1")]) == ()


# -- waivers -----------------------------------------------------------------------------------


def test_a_waiver_opens_the_gate_but_not_for_what_the_law_demands():
    logs = changed(vendor("CR"), security__logs=6)
    waived = replace(offer(logs), waived=frozenset({"security.logs#4"}))
    assert judged(logs).tier.name == "not_eligible"
    assert reach(basis(), waived).tier.name == "recommended"
    codes = changed(vendor("CR"), payments__stored_codes="yes")
    every = frozenset(one.id for one in bank().requirements)
    assert reach(basis(), replace(offer(codes), waived=every)).tier.name == "not_eligible"


def test_a_finding_can_be_waived_as_well_but_not_one_that_the_law_is_behind():
    alone, exposed = (
        finding("no-redundancy", "mandatory"),
        finding("card-data-exposed", "mandatory"),
    )
    assert tier(alone, waived={"no-redundancy"}).name == "recommended"
    firm = next(one.id for one in bank().findings if one.never_waivable)
    assert tier(finding(firm, "mandatory"), waived={firm}).name == "not_eligible"
    assert tier(exposed, waived={"no-redundancy"}).name == "not_eligible"
