"""The efficient set, how sure a score is, and no winner out of nothing (brief 5.8, 4.1.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.certainty import Certainty
from questionnaire.core.efficiency import Place, efficient, level_at_the_top
from questionnaire.core.scoring import NoBaseProfile, Quality, base_of
from questionnaire.core.truth import Unsure
from questionnaire.core.value import Option
from questionnaire.core.verdict import Verdict
from tests.unit.verdict.cases import bank, changed, judged, vendor, vendors
from tests.unit.verdict.comparing import over

pytestmark = pytest.mark.sqlite_only

UNKNOWN = Unsure("it is not known")


def place(code: str, quality: Any, cost: Any) -> Place:
    cost = cost if isinstance(cost, Unsure) else Decimal(str(cost))
    return Place(code, None if quality is None else Decimal(str(quality)), cost)


@pytest.mark.parametrize(
    ("places", "best"),
    [
        ([], ""),
        ([place("A", 80, 5)], "A"),
        ([place("A", 80, 5), place("B", 90, 6)], "AB"),
        ([place("A", 80, 5), place("B", 90, 4)], "B"),
        ([place("A", 80, 5), place("B", 80, 4)], "B"),
        ([place("A", 80, 5), place("B", 81, 5)], "B"),
        ([place("A", 80, 5), place("B", 80, 5)], "AB"),
        ([place("A", 80, 5), place("B", 90, UNKNOWN)], "A"),
        ([place("A", 80, 5), place("B", None, 1)], "A"),
        ([place("A", 70, 4), place("B", 80, 5), place("C", 75, 5), place("D", 90, 9)], "ABD"),
    ],
)
def test_efficient_is_who_nobody_beats_on_both(places: list[Place], best: str) -> None:
    assert efficient(places) == frozenset(best)
    assert efficient(places[::-1]) == frozenset(best)


FIGURES = st.integers(0, 6)


@over(200)
@given(st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=8))
def test_whoever_is_not_efficient_is_beaten_by_somebody_who_is(
    drawn: list[tuple[int, int]],
) -> None:
    places = [place(str(number), *one) for number, one in enumerate(drawn)]
    best = efficient(places)
    assert best
    for number, (quality, cost) in enumerate(drawn):
        beaten = any(
            drawn[int(code)][0] >= quality
            and drawn[int(code)][1] <= cost
            and drawn[int(code)] != (quality, cost)
            for code in best
        )
        assert beaten is (str(number) not in best)


def option(
    code: str, quality: int, around: int | None, utility: Any = 50, tier: str = "recommended"
) -> Option:
    score = Decimal(quality)
    certainty = (
        None
        if around is None
        else Certainty(score - around, score + around, Decimal(around), Decimal(0))
    )
    price = utility if isinstance(utility, Unsure) else Decimal(utility)
    return Option(code, f"Name {code}", tier, Quality((), score, score), score, price, certainty)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([option("A", 90, 1), option("B", 80, 1)], ()),
        ([option("A", 90, 5), option("B", 80, 5)], ("Name A", "Name B")),
        ([option("A", 90, 5), option("B", 80, 4)], ()),
        ([option("B", 90, 1, 50), option("A", 90, 1, 60)], ()),
        ([option("A", 90, 1), option("B", 80, None)], ("Name A", "Name B")),
        ([option("A", 90, 1), option("B", 99, 1, UNKNOWN)], ("Name A", "Name B")),
        ([option("A", 90, 9), option("B", 89, 9, tier="conditional")], ()),
        ([option("A", 90, 9, tier="not_eligible"), option("B", 89, 9, tier="not_eligible")], ()),
        ([option("A", 90, 9)], ()),
        ([], ()),
    ],
)
def test_there_is_a_first_place_only_where_the_intervals_are_apart(
    options: list[Option], names: tuple[str, ...]
) -> None:
    assert level_at_the_top(options, Decimal("0.2")) == names
    assert level_at_the_top(options[::-1], Decimal("0.2")) == names


def scored(verdict: Verdict) -> Decimal:
    assert verdict.quality.quality is not None
    return verdict.quality.quality


def test_more_test_calls_make_a_score_surer() -> None:
    told = vendor("CR")
    few, many = (
        judged(told | {"trial": told["trial"] | {"n": calls}}).certainty for calls in (30, 120)
    )
    assert few
    assert many
    # 0.36 of a mark at 30 calls (brief 4.1.2) are 9 points of the trial, 2.7 of the quality.
    assert few.sampling
    assert round(few.sampling, 1) == Decimal("2.7")
    assert many.sampling
    assert few.sampling == pytest.approx(2 * many.sampling)


def test_what_is_not_known_widens_the_interval_upwards_only() -> None:
    known = judged(vendor("CR"))
    open_ = judged(changed(vendor("CR"), quality__fcr=None, culture__hours=None))
    assert known.certainty
    assert open_.certainty
    assert known.certainty.unknown == 0
    assert open_.certainty.unknown > 0
    assert open_.certainty.sampling
    assert open_.certainty.high >= scored(known)
    assert open_.certainty.low == scored(open_) - open_.certainty.sampling


def test_before_a_trial_no_sampling_is_claimed() -> None:
    untried = judged(vendor("CR") | {"trial": None})
    assert untried.certainty
    assert untried.certainty.sampling is None
    assert untried.certainty.low == scored(untried)


@over(60)
@given(vendors())
def test_the_score_lies_within_its_interval(one: dict[str, Any]) -> None:
    verdict = judged(one)
    assert verdict.certainty
    assert 0 <= verdict.certainty.low <= scored(verdict) <= verdict.certainty.high <= 100


@pytest.mark.parametrize("profiles", [(), ("P",), ("card-payments",)])
def test_without_a_base_profile_nothing_is_weighed_and_it_is_said(profiles: Any) -> None:
    with pytest.raises(NoBaseProfile, match="No base profile is active; one of these must be: "):
        base_of(bank(), profiles)
