"""The redundancy picture: nothing counts as doubled that somebody only says, or nobody knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.pictures import NoChart, redundancy
from questionnaire.core.pictures.doubling import Part
from questionnaire.core.pictures.redundant import parts, recovery
from tests.unit.pictures.kit import changed, drawn, seen, words

pytestmark = pytest.mark.sqlite_only


def part(title: str, **answers: Any) -> Part:
    told = changed("CR", **answers)
    return next(one for one in parts(seen(told=told)) if one.title == title)


def rows(question: str, **cells: Any) -> list[dict[str, Any]]:
    """The rows of the demo's vendor with other cells in each."""
    return [{**row, **cells} for row in changed("CR")["answers"][question]]


def of(code: str, title: str, **brief: Any) -> Part:
    """One part of a vendor of the demo as it is."""
    return next(one for one in parts(seen(code, **brief)) if one.title == title)


def centres(*told: tuple[int, list[str]]) -> dict[str, Any]:
    """Data centres: how far from the primary site each lies, and what it holds."""
    first = rows("resilience.data-centres")[0]
    found = [{**first, "km_from_primary": km, "holds": holds} for km, holds in told]
    return {"resilience__data_centres": found}


def test_the_vendor_with_two_live_sites_stands_twice_everywhere() -> None:
    assert [one.state for one in parts(seen("PH"))] == ["doubled"] * 6


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
            {"resilience__carriers": rows("resilience.carriers", auto_failover=None)},
            "unknown",
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
            "alone",
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


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([(0, ["routing", "recordings"]), (900, ["routing", "backups"])], "doubled"),
        ([(0, ["routing", "recordings"]), (900, ["routing", "recordings"])], "doubled"),
        ([(0, ["routing", "recordings"]), (900, ["routing"])], "partly"),
        ([(0, ["routing", "recordings"]), (900, ["backups"])], "partly"),
        ([(0, ["routing", "recordings"]), (5, ["routing", "backups"])], "partly"),
        ([(0, ["routing"]), (5, ["routing"]), (900, ["backups"])], "partly"),
        ([(900, ["routing"]), (0, ["recordings", "backups"])], "alone"),
        ([(0, ["recordings"]), (900, ["backups"])], "unknown"),
        ([(0, ["routing", "recordings"]), (900, [])], "unknown"),
        ([(400, ["routing", "recordings"]), (410, ["routing", "backups"])], "unknown"),
    ],
)
def test_a_second_data_centre_doubles_what_it_holds_and_no_more(
    told: list[tuple[int, list[str]]], state: str
) -> None:
    found = part("Data centres", **centres(*told))
    assert found.state == state, found


def test_a_place_for_backups_alone_is_called_that() -> None:
    for code in ("CR", "LV"):
        assert of(code, "Data centres") == Part(
            "Data centres",
            of(code, "Data centres").pieces,
            "partly",
            "Only backups are kept at the second place; routing is not.",
        )
    assert of("DO", "Data centres").state == "alone"
    assert of("US", "Data centres").state == "doubled"


def test_another_site_doubles_only_with_seats_and_power_for_the_whole_team() -> None:
    short = of("LV", "Places to work")
    assert short.state == "partly"
    assert short.why == "Liepāja: 30 seats, you need 45; no generator."
    assert of("LV", "Places to work", seats_needed=30).why == "Liepāja: no generator."
    assert of("CR", "Places to work", seats_needed=120).state == "doubled"
    assert of("CR", "Places to work", seats_needed=121).state == "partly"
    assert of("CR", "Places to work", seats_needed=None).state == "unknown"
    unsaid = rows("company.sites", seats=None)
    assert part("Places to work", company__sites=unsaid).state == "unknown"


def test_carriers_that_one_cut_silences_fall_alone() -> None:
    for code in ("IN", "DO"):
        found = of(code, "Circuits")
        assert found.state == "alone"
        assert found.why.endswith("None switches by itself.")
    shared = rows("resilience.carriers", parent_carrier="One", entry_point="Front")
    assert part("Circuits", resilience__carriers=shared).state == "alone"


@pytest.mark.parametrize(
    ("drill", "said"),
    [("refused", "refused"), ("not_done", "not done"), ("unknown", "not known")],
)
def test_what_became_of_the_drill_is_told_as_the_trial_has_it(drill: str, said: str) -> None:
    one = seen("CR")
    assert one.offer.trial is not None
    trial = replace(one.offer.trial, drill_hours=None, no_drill=drill)
    assert f"your drill {said}." in recovery(replace(one, offer=replace(one.offer, trial=trial)))


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
