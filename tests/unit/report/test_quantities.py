"""Quantities beside the findings (brief 3.3): told of every vendor, not only where one fires."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from questionnaire.core import standing
from questionnaire.core.case import Case
from questionnaire.core.report import compose, unanswered
from questionnaire.core.report.matter import case_of
from questionnaire.core.truth import Unsure
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

QUETZAL, SAFFRON = "Quetzal Bridge CX, S.R.L.", "Saffron Kite Support Pvt. Ltd."


def case(told: dict[str, Any], **brief: Any) -> Case:
    basis = cases.basis()
    return case_of(replace(basis, brief={**basis.brief, **brief}), cases.offer(told))


def with_site(code: str, **cells: Any) -> dict[str, Any]:
    """The vendor with other cells in its primary site."""
    told = cases.vendor(code)
    for row in told["answers"]["company.sites"]:
        if row["role"] == "primary":
            row.update(cells)
    return told


def test_callers_left_are_calls_of_an_hour_by_hours_in_the_dark_by_who_is_not_caught() -> None:
    found = case(with_site("IN", generator=True, fuel_h=5))
    calls = Decimal(38000 * 12) / (112 * 52)
    assert unanswered.calls_an_hour(found) == calls
    assert unanswered.hours_without_service(found) == 3
    assert unanswered.share_left(found) == 1
    assert unanswered.callers_left(found) == calls * 3


@pytest.mark.parametrize(
    ("ways", "share"),
    [
        (["other_site", "callback"], "0"),
        (["callback", "status_message"], "0.3"),
        (["status_message", "voicemail"], "1"),
        (["nothing"], "1"),
    ],
)
def test_only_another_site_catches_everybody_and_a_promised_call_back_most(
    ways: list[str], share: str
) -> None:
    found = case(cases.changed(cases.vendor("IN"), resilience__caller_fallback=ways))
    assert str(unanswered.share_left(found)) == share


def test_without_a_generator_the_whole_recovery_is_in_the_dark() -> None:
    assert unanswered.hours_without_service(case(with_site("IN", generator=False))) == 8


def test_fuel_that_lasts_longer_than_the_recovery_leaves_nobody() -> None:
    assert unanswered.callers_left(case(with_site("IN", generator=True, fuel_h=9))) == 0


@pytest.mark.parametrize(
    "found",
    [
        lambda: case(with_site("IN", generator=True, fuel_h=None)),
        lambda: case(with_site("IN", generator=None, fuel_h=4)),
        lambda: case(cases.changed(cases.vendor("IN"), resilience__rto=None)),
        lambda: case(cases.changed(cases.vendor("IN"), resilience__caller_fallback=None)),
        lambda: case(cases.vendor("IN"), monthly_contacts=None),
        lambda: case(cases.vendor("IN"), coverage_hours=None),
    ],
)
def test_what_is_not_said_is_not_counted_as_nobody(found: Any) -> None:
    left = unanswered.callers_left(found())
    assert isinstance(left, Unsure)


def test_the_worst_row_of_agents_says_how_many_leave() -> None:
    told = cases.vendor("CR")
    rows = told["answers"]["people.staff"]
    agents = next(row for row in rows if row["role"] == "agent")
    rows.append({**agents, "attrition_pct": 60})
    assert standing.leaving(case(told)) == 60
    assert standing.new_starters(case(told)) == 15
    rows[-1]["attrition_pct"] = None
    assert isinstance(standing.new_starters(case(told)), Unsure)


def test_every_vendor_has_its_callers_and_its_new_agents_in_the_report() -> None:
    report = compose(kit.matter())
    recovery = {row[0]: row[3:] for row in kit.table(report, "recovery")}
    assert len(recovery) == 6
    assert recovery[QUETZAL] == ["0.0", "0"]
    assert recovery[SAFFRON] == ["4.0", "313"]
    new = {row[0]: row[1:] for row in kit.table(report, "new-starters")}
    assert len(new) == 6, "told of everybody, whether or not a finding fires"
    assert new[QUETZAL] == ["26.0 %", "6.5 %"]
    assert new[SAFFRON] == ["58.0 %", "14.5 %"]


def test_a_brief_without_contacts_says_why_nobody_can_tell() -> None:
    found = kit.matter("CR")
    brief = {name: one for name, one in found.basis.brief.items() if name != "monthly_contacts"}
    report = compose(kit.of(replace(found.basis, brief=brief), [found.vendors[0].offer]))
    ((*_, callers),) = kit.table(report, "recovery")
    assert callers == "not known"
    assert "because your brief states no contacts a month" in kit.text_of(report.parts[5])
