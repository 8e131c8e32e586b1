"""Scales, ticks and labels of charts."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from questionnaire.core.charting import (
    Scale,
    Spot,
    fitted,
    label_spots,
    round_ticks,
    ticks_of,
    width_of,
    wrapped,
)

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("figure", "place"), [(0, 10.0), (50, 60.0), (100, 110.0), (-5, 10.0), (400, 110.0)]
)
def test_a_scale_maps_figures_and_keeps_what_lies_outside_at_its_end(
    figure: int, place: float
) -> None:
    assert Scale(Decimal(0), Decimal(100), 10, 110).at(Decimal(figure)) == place


def test_a_scale_can_run_upwards_and_of_no_width_gives_its_middle() -> None:
    assert Scale(Decimal(0), Decimal(10), 100, 0).at(Decimal(3)) == 70.0
    assert Scale(Decimal(4), Decimal(4), 0, 50).at(Decimal(4)) == 25.0


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "100", ["0", "25", "50", "75", "100"]),
        ("3.38", "6.02", ["3", "4", "5", "6", "7"]),
        ("94.1", "94.3", ["94.1", "94.15", "94.2", "94.25", "94.3"]),
        ("0", "604", ["0", "200", "400", "600", "800"]),
        ("0", "0.004", ["0", "0.001", "0.002", "0.003", "0.004"]),
        ("7", "7", ["7", "7.25", "7.5", "7.75", "8"]),
        ("-3", "9", ["-5", "0", "5", "10"]),
    ],
)
def test_ticks_are_round_and_enclose_what_is_drawn(low: str, high: str, ticks: list[str]) -> None:
    found = round_ticks(Decimal(low), Decimal(high))
    assert [f"{one.normalize():f}" for one in found] == ticks


def test_ticks_are_said_in_the_readers_notation() -> None:
    scale = Scale(Decimal(0), Decimal("2.5"), 0, 100)
    found = ticks_of(scale, [Decimal(0), Decimal("2.5")], "lv")
    assert [(one.word, one.at) for one in found] == [("0", 0.0), ("2,5", 100.0)]


def test_texts_are_cut_and_broken_to_the_room_that_there_is() -> None:
    assert fitted("short", 200, 12) == "short"
    cut = fitted("a name that is much too long", 80, 12)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 80
    lines = wrapped("one two three four five six seven", 80, 12, most=2)
    assert len(lines) == 2
    assert lines[0] == "one two"
    assert lines[1].endswith("…")
    assert wrapped("", 80, 12) == ()


def test_labels_keep_clear_of_marks_and_of_each_other_and_inside() -> None:
    marks = [Spot(50, 50), Spot(60, 52), Spot(52, 64), Spot(95, 5), Spot(3, 97)]
    labels = label_spots(marks, width=100, height=100)
    assert all(one.clear_of(other) for one, other in combinations(labels, 2))
    assert all(one.clear_of(other) for one in labels for other in marks)
    assert all(7 <= one.x <= 93 and 7 <= one.y <= 93 for one in labels)


def test_crowded_labels_still_stand_somewhere() -> None:
    marks = [Spot(50, 50)] * 60
    assert len(label_spots(marks, width=100, height=100)) == 60
