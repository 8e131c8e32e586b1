"""Planning calls: suggested from the brief, mixed well, and told where it is too little."""

from __future__ import annotations

from collections import Counter

import pytest

from question_bank.loader import load_bank
from question_bank.scorecard import Scorecard
from questionnaire.core.plans import (
    TIME_BANDS,
    Slot,
    Wish,
    band_name,
    laid_out,
    shortfalls,
    suggestion,
)

BRIEF = {
    "languages": [{"language": "en"}, {"language": "es"}],
    "service_lines": ["inbound_care"],
}


@pytest.fixture(scope="module")
def scorecard() -> Scorecard:
    found = load_bank().scorecard
    assert found is not None
    return found


def test_the_brief_suggests_its_languages_and_its_services(scorecard: Scorecard) -> None:
    wish = suggestion(BRIEF, scorecard)
    assert wish.languages == ("en", "es")
    assert wish.each == 20
    lines = {one.line for one in scorecard.scenarios if one.id in wish.scenarios}
    assert lines == {None, "inbound_care"}


@pytest.mark.parametrize("brief", [{}, {"languages": None}, {"languages": "en"}])
def test_a_brief_that_says_nothing_rules_no_situation_out(
    brief: dict, scorecard: Scorecard
) -> None:
    assert suggestion(brief, scorecard).languages == ()
    assert len(suggestion(brief, scorecard).scenarios) == len(scorecard.scenarios)


def test_every_situation_meets_every_time_of_day() -> None:
    slots = laid_out(Wish(("S1", "S2", "S3"), ("en",), ("peak", "quiet", "latest"), 9))
    assert len({(one.scenario, one.band) for one in slots}) == 9


@pytest.mark.parametrize(("scenarios", "bands"), [(4, 2), (2, 4), (3, 3), (5, 3), (1, 5)])
def test_situations_and_times_are_used_evenly(scenarios: int, bands: int) -> None:
    wish = Wish(tuple(f"S{n}" for n in range(scenarios)), ("en",), TIME_BANDS[:bands], 60)
    slots = laid_out(wish)
    for counted in (Counter(one.scenario for one in slots), Counter(one.band for one in slots)):
        assert max(counted.values()) - min(counted.values()) <= 1


def test_a_fair_plan_lacks_nothing(scorecard: Scorecard) -> None:
    slots = laid_out(Wish(("S1",), ("en", "es"), ("peak", "quiet", "latest"), 20))
    assert shortfalls(slots, BRIEF, scorecard) == []


def test_what_is_too_little_is_said_in_words(scorecard: Scorecard) -> None:
    slots = [Slot("S1", "en", "quiet")] * 19
    assert shortfalls(slots, BRIEF, scorecard) == [
        "English: 19 scored calls; at least 20 are needed for a fair mean.",
        "Spanish: 0 scored calls; at least 20 are needed for a fair mean.",
        "Times of day: 1 are covered; at least 3 are needed.",
        "No call is planned for “Peak hour”.",
        "No call is planned for “Latest promised hour”.",
    ]


def test_every_time_of_day_has_a_name() -> None:
    assert len({band_name(one) for one in TIME_BANDS}) == len(TIME_BANDS)
