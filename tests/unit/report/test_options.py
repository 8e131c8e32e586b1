"""All options side by side (brief 5.5): worth, place, hours given back, the middle way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from questionnaire.core.basis import Offer
from questionnaire.core.inhouse import must_fix, reach_own_team
from questionnaire.core.report import Matter, Report, compose, words
from questionnaire.core.report import released as hours
from questionnaire.core.report.matter import Judged, case_of
from questionnaire.core.shore import Shore
from questionnaire.core.truth import Unsure
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

QUETZAL, PRAIRIE = "Quetzal Bridge CX, S.R.L.", "Prairie Bell Answering & Care, LLC"
CORAL, SAFFRON = "Coral Lantern Contact Services, Inc.", "Saffron Kite Support Pvt. Ltd."
TABLES = ("options", "options-places", "options-hours")


@cache
def demo() -> Report:
    return compose(kit.matter())


@cache
def sealed() -> Report:
    return compose(kit.matter(opened=False))


def rows(report: Report, name: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in kit.table(report, name)}


def with_own_team(found: Matter) -> Matter:
    """The own team answers as Quetzal Bridge does, but for what only vendors are asked."""
    told = cases.offer(cases.vendor("CR"), "OWN")
    left_out = cases.bank().vendors_only | cases.bank().sealed_questions
    answers = {id: one for id, one in told.answers.items() if id not in left_out}
    offer = replace(told, name="Own team", answers=answers, in_house=True)
    verdict = reach_own_team(found.basis, offer)
    case = case_of(found.basis.of_own_team, offer)
    return replace(found, own=Judged(verdict=verdict, offer=offer, case=case))


def test_the_three_tables_hold_the_same_options_in_the_same_order() -> None:
    for report in (demo(), sealed()):
        first, *others = ([row[:2] for row in kit.table(report, name)] for name in TABLES)
        assert first[0] == ["Your own team", "In-house"]
        assert [kind for _, kind in first[1:]] == ["Onshore"] + ["Nearshore"] * 2 + ["Offshore"] * 3
        assert others == [first, first]


def test_an_option_has_its_interval_its_needs_its_trial_and_its_notice() -> None:
    found = rows(demo(), "options")
    verdict = next(one.verdict for one in kit.matter().vendors if one.code == "CR")
    sure = verdict.certainty
    assert sure is not None
    assert found[QUETZAL][4:] == [
        f"{verdict.quality.quality:.1f}", f"{sure.low:.1f} and {sure.high:.1f}",
        "12 of 12", "Passed", "60",
    ]  # fmt: skip
    assert found[SAFFRON][4:] == ["–", "–", "0 of 12 (1 not known)", "Failed", "180"]


def test_notice_that_nobody_states_is_not_known() -> None:
    offer = cases.offer(cases.changed(cases.vendor("CR"), contract__exit_notice=None), "CR")
    report = compose(kit.of(cases.whole().basis, [offer]))
    assert rows(report, "options")[QUETZAL][-1] == "not known"


def test_data_is_where_any_answer_says_that_it_is() -> None:
    found = rows(demo(), "options-places")
    assert found[CORAL][-1] == "Philippines, Singapore and United States"
    told = cases.vendor("CR")
    told["answers"]["privacy.subprocessors"][0]["country"] = "BR"
    told["answers"]["resilience.data-centres"][0]["country"] = "MX"
    told["answers"]["privacy.countries"] = None
    report = compose(kit.of(cases.whole().basis, [cases.offer(told, "CR")]))
    named = rows(report, "options-places")[QUETZAL][-1]
    assert "Brazil" in named
    assert "Mexico" in named
    assert named.endswith("; others are not known")


def test_the_eea_is_said_and_the_way_grows_with_the_distance() -> None:
    found = rows(demo(), "options-places")
    assert found["Baltā Bāka Kontakti, SIA"][5] == "yes"
    assert found[QUETZAL][5] == "no"
    assert float(found[PRAIRIE][2]) < float(found[QUETZAL][2]) < float(found[CORAL][2])


def test_hours_released_are_todays_hours_less_the_management_of_a_vendor() -> None:
    basis = kit.matter().basis
    today = Decimal(38000 * 360) / 3600 / Decimal("0.78")
    assert hours.own_hours(basis) == today
    near, far = Shore("x", 80.0, (0.0, 0.0)), Shore("x", 8000.0, (0.0, 0.0))
    assert hours.travel(basis, near) == 1
    assert hours.travel(basis, far) == 15
    managing = Decimal("17.33") + Decimal(2) * (8 + 2 * 15) / 12
    assert hours.management(basis, far) == managing
    assert hours.released(basis, far) == today - managing
    told = rows(demo(), "options-hours")
    assert told[QUETZAL][1:] == ["4,850", "19.80", "2.63", "3.41", "4.01"]


def test_hours_are_not_known_without_a_place_a_volume_or_a_table_of_policy() -> None:
    basis = kit.matter().basis
    here = Shore("x", 80.0, (0.0, 0.0))
    nowhere = Shore("x", Unsure("it is not on our map"), Unsure(""))
    assert isinstance(hours.released(basis, nowhere), Unsure)
    for name in ("monthly_contacts", "inhouse"):
        brief = {key: one for key, one in basis.brief.items() if key != name}
        assert isinstance(hours.released(replace(basis, brief=brief), here), Unsure)
    for name in ("travel", "vendor_management"):
        policy = {key: one for key, one in basis.bank.policy.items() if key != name}
        bank = replace(basis.bank, policy=policy)
        assert isinstance(hours.released(replace(basis, bank=bank), here), Unsure)


def test_hours_stand_there_while_prices_are_sealed_and_no_cost_does() -> None:
    assert [one.text for one in heads(sealed(), "options-hours")] == [
        "Option", "Shore type", "Own hours released a month",
    ]  # fmt: skip
    assert rows(sealed(), "options-hours")[QUETZAL][1:] == ["4,850"]
    assert [one.text for one in heads(sealed(), "middle-way")][-1] == "In quality"


def heads(report: Report, name: str) -> Any:
    (found,) = (one for _part, one in report.tables if one.name == name)
    return found.heads


def test_while_prices_are_sealed_the_report_is_the_same_whatever_was_asked_for() -> None:
    def repriced(one: Offer) -> Offer:
        told = cases.vendor(one.code)
        told["answers"]["price.rate"] = 0.01
        told["answers"]["price.setup"] = 99999
        told["answers"]["price.minimum"] = 100
        return cases.offer(told, one.code)

    offers = cases.whole().offers
    before = compose(kit.matter(opened=False, offers=offers))
    after = compose(kit.matter(opened=False, offers=[repriced(one) for one in offers]))
    assert before == after


def test_nearshore_is_held_against_the_best_of_both_sides_that_pass() -> None:
    ((name, onshore, offshore, quality, dearer, cheaper, cost),) = kit.table(demo(), "middle-way")
    by_code = {one.code: one.verdict for one in kit.matter().vendors}
    q = {code: one.quality.quality or Decimal(0) for code, one in by_code.items()}
    assert (name, quality, cost) == (QUETZAL, "in between", "in between")
    assert onshore == f"{q['CR'] - q['US']:.1f}"
    assert offshore == f"{q['CR'] - q['PH']:.1f}", "the others offshore do not pass"
    c = {code: words.known(one.cost.adjusted) or Decimal(0) for code, one in by_code.items()}
    assert dearer == f"{c['CR'] - c['US']:.2f}"
    assert cheaper == f"{c['CR'] - c['PH']:.2f}"


def test_without_the_other_side_nothing_is_said_to_be_in_the_middle() -> None:
    ((_, _, offshore, quality, *_),) = kit.table(compose(kit.matter("CR", "US")), "middle-way")
    assert (offshore, quality) == ("–", "nothing on one side to compare with")
    assert not any(one.name == "middle-way" for _, one in compose(kit.matter("US")).tables)


def test_an_own_team_that_answered_has_its_figures_and_its_list_to_put_right() -> None:
    found = with_own_team(kit.matter())
    assert found.own is not None
    report = compose(found)
    told = kit.text_of(report.parts[10])
    fixes = must_fix(found.own.verdict, cases.bank())
    assert fixes
    assert all(one.text in told for one in fixes)
    first = kit.table(report, "options")[0]
    assert first[:3] == ["Your own team", "In-house", "–"]
    assert first[3] != "–"
    assert first[-1] == "–", "nobody ends a contract with itself"
    assert kit.table(report, "own-team")[2] == ["Seconds for a contact", "360.0", "392.0"]


def test_of_an_own_team_that_was_not_asked_nothing_is_made_up() -> None:
    told = kit.text_of(demo().parts[10])
    assert "nobody knows what it would have to put right" in told
    assert kit.table(demo(), "own-team")[0] == ["Satisfied, %", "88.0", "–"]
    assert kit.table(demo(), "options")[0][2:] == ["–"] * 8
