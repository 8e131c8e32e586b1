"""What keeps vendors out, what may be said of it, and how near each one missed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from questionnaire.core.basis import Basis, Offer
from questionnaire.core.excluding import Excluding, Miss, excluding, misses
from questionnaire.core.verdict import Verdict, reach_all
from tests.unit.verdict.cases import basis, changed, offer, vendor, whole

pytestmark = pytest.mark.sqlite_only


@cache
def demo() -> tuple[Basis, tuple[Offer, ...], tuple[Verdict, ...]]:
    case = whole()
    return case.basis, tuple(case.offers), reach_all(case.basis, case.offers)


def only(**answers: object) -> tuple[Excluding, ...]:
    """What keeps out a vendor that is recommended but for these answers."""
    offers = [replace(offer(changed(vendor("CR"), **answers), "CR"), name="Quetzal")]
    return excluding(basis(), offers, reach_all(basis(), offers))


def missed(**answers: object) -> Miss:
    offers = [offer(changed(vendor("CR"), **answers), "CR")]
    (found,) = misses(basis(), offers, reach_all(basis(), offers))
    return found


def test_what_keeps_out_most_comes_first_and_nobody_who_passes_is_counted() -> None:
    on, offers, verdicts = demo()
    found = excluding(on, offers, verdicts)
    counts = [len(one.vendors) for one in found]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 3
    passing = {one.name for one in verdicts if one.eligible}
    assert all(passing.isdisjoint(one.vendors) for one in found)
    assert {one.requirement.severity for one in found} == {"mandatory"}


def test_a_vendor_that_one_requirement_alone_keeps_out_would_pass_if_it_were_major() -> None:
    (found,) = only(quality__csat=70, contract__audit=True)
    assert found.alone == found.vendors == ("Quetzal",)
    assert found.if_major == (("Quetzal", "recommended"),)


def test_of_what_the_law_demands_it_is_not_said_who_would_pass() -> None:
    (found,) = only(payments__aoc_scope=False)
    assert found.requirement.never_waivable
    assert found.alone == ("Quetzal",)
    assert found.if_major is None


def test_with_a_second_reason_nobody_would_pass() -> None:
    found = only(quality__csat=70, contract__audit=False)
    assert [(one.vendors, one.alone, one.if_major) for one in found] == [
        (("Quetzal",), (), ()),
        (("Quetzal",), (), ()),
    ]


def test_a_waived_gap_keeps_nobody_out() -> None:
    told = offer(changed(vendor("CR"), quality__csat=70), "CR")
    (found,) = excluding(basis(), [told], reach_all(basis(), [told]))
    waived = [replace(told, waived=frozenset({found.requirement.id}))]
    assert excluding(basis(), waived, reach_all(basis(), waived)) == ()


def test_those_who_pass_are_not_among_the_misses_and_the_others_stand_by_name() -> None:
    on, offers, verdicts = demo()
    found = misses(on, offers, verdicts)
    assert {one.code for one in found} == {"LV", "DO", "IN"}
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert {one.code for one in found if one.trial_failed} == {"DO", "IN"}
    assert all(one.mandatory and one.gaps and one.others for one in found)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"quality__csat": 70}, "answered 70 %, asked at least 75 %: 5 percentage points short"),
        ({"quality__csat": 74}, "answered 74 %, asked at least 75 %: 1 percentage point short"),
        (
            {"security__logs": 6},
            "answered 6 months, asked at least 12 months: 6 months short",
        ),
        ({"contract__audit": False}, ""),
        ({"quality__csat": None}, ""),
    ],
)
def test_a_gap_says_how_far_off_it_is_in_the_units_of_the_question(
    answers: dict[str, object], says: str
) -> None:
    (short,) = missed(**answers).gaps
    assert short.distance.replace("\xa0", " ") == says
    assert short.gap.explanation


def test_a_step_of_a_scale_is_said_as_a_step() -> None:
    found = missed(services__hours=vendor("LV")["answers"]["services.hours"])
    (short,) = [one for one in found.gaps if one.gap.requirement.question == "services.hours"]
    assert short.distance.endswith("one step of the scale short")
