"""A failed trial that was repeated: the report shows the first beside the repeat (brief 4.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.report import Matter, Report, compose
from questionnaire.core.report.matter import Repeat
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

FIX = "All agents were trained on identity checks."


def matter(first: dict[str, Any] | None, repeat: Repeat | None = None) -> Matter:
    """Quetzal Bridge, whose trial that counts is good, after this first one."""
    told = cases.vendor("CR")
    if first is not None:
        told |= {"first_trial": first, "fix": FIX}
    offer = cases.offer(told, "CR")
    found = kit.of(cases.whole().basis, [offer])
    return replace(found, vendors=(replace(found.vendors[0], repeat=repeat),))


def failed() -> dict[str, Any]:
    found: dict[str, Any] = cases.vendor("IN")["trial"]
    return found


def part(report: Report) -> str:
    return kit.text_of(report.parts[8])


def test_the_first_result_stands_beside_the_repeat_with_what_was_put_right() -> None:
    found = matter(failed(), Repeat(FIX))
    report = compose(found)
    first, repeat = kit.table(report, "trial-repeats")
    verdict = found.vendors[0].verdict
    assert verdict.first_trial is not None
    assert first[1:4] == ["first", "Failed", str(failed()["n"])]
    assert repeat[1:3] == ["repeat", "Passed"]
    assert first[5] == f"{verdict.first_trial.mean:.2f}"
    assert repeat[5] == f"{verdict.trial.mean:.2f}"
    assert first[8] == f"{failed()['csat']:.1f}"
    assert f"“{FIX}”. The repeat counts." in part(report)
    marks = kit.table(report, "repeat-marks")
    card = cases.bank().scorecard
    assert card is not None
    assert len(marks) == len(card.criteria)
    for row, criterion in zip(marks, card.criteria, strict=True):
        assert row[1] == f"{failed()['criteria'][criterion.id]:.2f}"


def test_a_repeat_that_is_not_whole_yet_is_said_to_count_for_nothing_yet() -> None:
    report = compose(matter(None, Repeat(FIX)))
    assert "The repeat counts once it was held as a whole" in part(report)
    assert not any(one.name == "trial-repeats" for _, one in report.tables)


def test_where_no_trial_was_repeated_nothing_is_said_of_it() -> None:
    assert "repeat" not in part(compose(matter(None)))


def test_a_repeat_of_a_trial_that_was_not_failed_counts_nowhere_in_the_report() -> None:
    """Its first trial is shown wherever one is, so that result and figures belong together."""
    soft = cases.vendor("CR")["trial"] | {"csat": 70, "n": 41}
    found = matter(soft, Repeat(FIX))
    report = compose(found)
    assert found.vendors[0].trial == found.vendors[0].offer.first_trial
    ((_name, result, calls, *_),) = kit.table(report, "trial-results")
    assert (result, calls) == ("Passed with conditions", "41")
    first, repeat = kit.table(report, "trial-repeats")
    assert first[2:4] == ["Passed with conditions", "41"]
    assert repeat[2] == "does not count"
    assert "The first trial counts" in part(report)
    heard = next(row for row in kit.table(report, "claims-measured") if row[1] == "Satisfied, %")
    assert heard[3] == "70.0"
