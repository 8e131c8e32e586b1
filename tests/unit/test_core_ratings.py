"""What many marks come to: calls are counted, not raters, and disagreement is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from questionnaire.core.ratings import Mean, Rated, agreement, means, usual_spread

BOTH = ("reach", "empathy")


def _rated(call: str, rater: str = "Rita", **marks: int) -> Rated:
    return Rated(call, rater, marks)


def test_the_marks_of_one_call_are_one_observation() -> None:
    found = means([_rated("A", reach=2), _rated("A", "Uldis", reach=4), _rated("B", reach=5)], BOTH)
    assert found["reach"].n == 2
    assert found["reach"].mean == 4


def test_what_nobody_saw_is_absent_and_no_zero() -> None:
    assert set(means([_rated("A", reach=3)], BOTH)) == {"reach"}
    assert means([], BOTH) == {}


def test_one_call_has_no_spread() -> None:
    assert means([_rated("A", reach=3)], BOTH)["reach"] == Mean(1, Decimal(3), None, None)


def test_the_interval_is_that_of_the_brief() -> None:
    """With a spread of about one point, 30 calls give 0.36 on the mean."""
    marks = [3, 5] * 15
    found = means([_rated(f"C{n}", reach=mark) for n, mark in enumerate(marks)], BOTH)["reach"]
    assert found.mean == 4
    assert found.spread is not None
    assert found.interval is not None
    assert round(found.spread, 2) == Decimal("1.02")
    assert round(found.interval, 2) == Decimal("0.36")


def test_the_order_of_ratings_is_irrelevant() -> None:
    ratings = [_rated(f"C{n}", reach=1 + n % 5, empathy=5 - n % 3) for n in range(17)]
    assert means(ratings, BOTH) == means(reversed(ratings), BOTH)


def test_raters_are_compared_pair_by_pair() -> None:
    found = agreement(
        [
            _rated("A", "Rita", reach=4, empathy=3),
            _rated("A", "Uldis", reach=4, empathy=4),
            _rated("A", "Zane", reach=5),
            _rated("B", "Rita", reach=1),
        ],
        BOTH,
    )
    assert found.pairs == 4
    assert found.difference == Decimal("0.75")
    assert not found.good
    assert found.apart == ()


@pytest.mark.parametrize(("marks", "apart"), [((4, 3), 0), ((5, 3), 1), ((5, 4, 3), 1)])
def test_two_points_are_talked_about(marks: tuple[int, ...], apart: int) -> None:
    ratings = [_rated("A", f"Rater {n}", reach=mark) for n, mark in enumerate(marks)]
    found = agreement(ratings, BOTH)
    assert len(found.apart) == apart
    for one in found.apart:
        assert (one.call, one.criterion) == ("A", "reach")
        assert tuple(mark for _, mark in one.marks) == marks


def test_half_a_point_is_still_good_and_nothing_is_not() -> None:
    half = [
        _rated("A", "Rita", reach=4, empathy=3),
        _rated("A", "Uldis", reach=4, empathy=4),
    ]
    assert agreement(half, BOTH).difference == Decimal("0.5")
    assert agreement(half, BOTH).good
    assert not agreement([], BOTH).good


def test_the_spread_of_a_trial_is_the_mean_of_the_criteria() -> None:
    found = {
        "a": Mean(4, Decimal(3), Decimal(1), None),
        "b": Mean(4, Decimal(3), Decimal(2), None),
        "c": Mean(1, Decimal(3), None, None),
    }
    assert usual_spread(found, Decimal(9)) == Decimal("1.5")
    assert usual_spread({}, Decimal(1)) == 1
