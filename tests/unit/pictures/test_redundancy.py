"""The redundancy picture: nothing counts as doubled that somebody only says, or nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.pictures import NoChart, redundancy
from questionnaire.core.pictures.redundant import Part, parts, recovery
from tests.unit.pictures.kit import changed, drawn, seen, words

pytestmark = pytest.mark.sqlite_only


def part(title: str, **answers: Any) -> Part:
    told = changed("CR", **answers)
    return next(one for one in parts(seen(told=told)) if one.title == title)


def rows(question: str, **cells: Any) -> list[dict[str, Any]]:
    """The rows of the demo's vendor with other cells in each."""
    return [{**row, **cells} for row in changed("CR")["answers"][question]]


def test_the_vendor_with_two_live_sites_stands_twice_everywhere() -> None:
    assert [one.state for one in parts(seen("CR"))] == ["doubled"] * 6


@pytest.mark.parametrize(
    ("title", "answers", "state"),
    [
        ("Places to work", {"resilience__alternate_site": "none"}, "alone"),
        ("Places to work", {"resilience__alternate_site": "cold"}, "alone"),
        ("Places to work", {"resilience__alternate_site": "home"}, "partly"),
        ("Places to work", {"resilience__alternate_site": None}, "unknown"),
        ("Places to work", {"company__sites": None}, "unknown"),
        ("Places to work", {"company__sites": rows("company.sites", grid="One")}, "partly"),
        ("Places to work", {"company__sites": rows("company.sites")[:1]}, "unknown"),
        ("Power", {"company__sites": rows("company.sites", generator=False)}, "alone"),
        ("Power", {"company__sites": rows("company.sites", fuel_h=1)}, "partly"),
        ("Power", {"resilience__rto": None}, "unknown"),
        ("Circuits", {"resilience__carriers": rows("resilience.carriers")[:1]}, "alone"),
        (
            "Circuits",
            {"resilience__carriers": rows("resilience.carriers", entry_point="Front")},
            "partly",
        ),
        (
            "Circuits",
            {"resilience__carriers": rows("resilience.carriers", auto_failover=False)},
            "partly",
        ),
        (
            "Circuits",
            {"resilience__carriers": rows("resilience.carriers", parent_carrier=None)},
            "unknown",
        ),
        ("Call platform", {"resilience__telephony": "cloud_single"}, "alone"),
        ("Call platform", {"resilience__telephony": None}, "unknown"),
        (
            "Data centres",
            {"resilience__data_centres": rows("resilience.data-centres")[:1]},
            "alone",
        ),
        (
            "Data centres",
            {"resilience__data_centres": rows("resilience.data-centres", km_from_primary=0)},
            "partly",
        ),
        ("Callers, while it is down", {"resilience__caller_fallback": ["callback"]}, "partly"),
        ("Callers, while it is down", {"resilience__caller_fallback": ["voicemail"]}, "alone"),
        ("Callers, while it is down", {"resilience__caller_fallback": None}, "unknown"),
    ],
)
def test_each_part_says_how_far_it_is_doubled(title: str, answers: Any, state: str) -> None:
    found = part(title, **answers)
    assert found.state == state, found
    assert found.why


def test_carriers_of_one_name_are_one() -> None:
    one = rows("resilience.carriers")[0]
    again = {**one, "carrier": f" {one['carrier'].upper()} "}
    assert part("Circuits", resilience__carriers=[one, again]).state == "alone"


def test_recovery_tells_promise_test_and_drill_apart() -> None:
    told = changed("CR", resilience__achieved_hours=None)
    told["trial"]["drill_h"] = 3
    text = recovery(seen(told=told))
    assert "its last test not known" in text
    assert "your drill 3 h" in text


def test_the_picture_says_every_state_in_a_word_and_a_sign() -> None:
    chart = redundancy.picture(seen("IN"))
    assert isinstance(chart, redundancy.Redundancy)
    text = words(drawn(chart))
    assert "! falls alone" in text
    assert "≈ doubled in part" in text
    assert {row[2] for row in chart.figures.rows} == {"! falls alone", "≈ doubled in part"}


def test_where_nothing_was_asked_there_is_no_picture() -> None:
    told = changed("CR")
    told["answers"] = {}
    assert isinstance(redundancy.picture(seen(told=told)), NoChart)
