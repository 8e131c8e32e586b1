"""What a trial comes to: hard, soft, passed, not held, and never a pass out of what is unknown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from questionnaire.core.trial import Trial, counting, interval_of, judge_trial
from tests.unit.verdict.cases import bank, judged, vendor

pytestmark = pytest.mark.sqlite_only

CARD = bank().scorecard
assert CARD is not None
FOUR = Trial(
    means={one.id: Decimal(4) for one in CARD.criteria},
    calls=100, fcr=Decimal(80), csat=Decimal(86), aht=Decimal(360), critical_errors=0,
    drill_hours=Decimal(8),
)  # fmt: skip


def result(trial, profile="general-retail", csat=Decimal(88), rto=Decimal(8)):
    return judge_trial(trial, CARD, profile, inhouse_csat=csat, rto_hours=rto)


def marked(**marks):
    means = {name.replace("_", "-"): Decimal(mark) for name, mark in marks.items()}
    return replace(FOUR, means={**FOUR.means, **means})


def test_a_good_trial_is_passed_with_its_mean_and_score():
    outcome = result(FOUR)
    assert (outcome.result, outcome.reasons) == ("passed", ())
    assert (outcome.mean, outcome.score, outcome.enough) == (4, 75, True)


def test_the_mean_is_weighted():
    assert result(marked(reach=5)).mean == Decimal("4.05")
    assert result(marked(intelligibility=5)).mean == Decimal("4.10")


def test_thirty_calls_give_the_interval_of_the_brief():
    interval = interval_of(replace(FOUR, calls=30))
    assert interval is not None
    assert round(interval, 2) == Decimal("0.36")
    assert interval_of(replace(FOUR, calls=0)) is None
    assert interval_of(replace(FOUR, calls=None)) is None


@pytest.mark.parametrize(
    ("trial", "why"),
    [
        (marked(reach="2.9"), "“Getting through” was marked 2.9; at least 3 is needed"),
        (marked(comprehension="3.4"), "“Understanding the caller” was marked 3.4; at least 3.5"),
        (marked(identity_and_privacy="3.4"), "at least 3.5 is needed"),
        (replace(FOUR, critical_errors=1), "Compliance-critical errors in the trial: 1"),
        (replace(FOUR, means={name: Decimal("3.7") for name in FOUR.means}), "comes to 3.7"),
    ],
)
def test_each_hard_limit_fails_alone(trial, why):
    outcome = result(trial)
    assert outcome.result == "hard_fail"
    assert len(outcome.reasons) == 1
    assert why in outcome.reasons[0]


def test_what_lies_on_a_hard_limit_is_not_failed():
    edge = marked(reach=3, comprehension="3.5")
    assert result(edge).result == "passed"
    mean = replace(FOUR, means={name: Decimal("3.8") for name in FOUR.means})
    assert result(mean).result == "passed"
    assert result(mean, "health-hipaa").result == "hard_fail"
    assert result(FOUR, "legal-privileged").result == "passed"


@pytest.mark.parametrize(
    ("trial", "why"),
    [
        (replace(FOUR, csat=Decimal("84.9")), "Customers' satisfaction in the trial was 84.9 %"),
        (replace(FOUR, csat=None), "cannot be compared with that in-house"),
        (replace(FOUR, drill_hours=None), "refused or not done"),
        (replace(FOUR, drill_hours=Decimal("8.1")), "took 8.1 hours; you need at most 8"),
        (replace(FOUR, calls=19), "Too few test calls: 19 of at least 20"),
        (replace(FOUR, critical_errors=None), "Nobody counted"),
        (replace(FOUR, observations={"empathy": 9}), "“Care for an upset caller” was marked too"),
    ],
)
def test_each_soft_limit_allows_conditions_only(trial, why):
    outcome = result(trial)
    assert outcome.result == "soft"
    assert len(outcome.reasons) == 1
    assert why in outcome.reasons[0]


def test_what_lies_on_a_soft_limit_is_passed():
    assert result(replace(FOUR, csat=Decimal(85))).result == "passed"
    assert result(replace(FOUR, calls=20)).result == "passed"
    assert result(replace(FOUR, observations={"empathy": 10})).result == "passed"


def test_a_brief_that_states_nothing_to_compare_with_allows_conditions_only():
    assert result(FOUR, csat=None).result == "soft"
    assert result(FOUR, rto=None).result == "soft"


def test_a_criterion_that_nobody_saw_leaves_the_mean_open():
    outcome = result(replace(FOUR, observations={"empathy": 9}))
    assert (outcome.mean, outcome.score) == (None, None)


def test_a_mean_that_cannot_be_reached_any_more_is_failed_all_the_same():
    low = replace(FOUR, means={name: Decimal("3.5") for name in FOUR.means if name != "empathy"})
    outcome = result(low)
    assert (outcome.result, outcome.mean) == ("hard_fail", None)
    assert "comes to 3.62" in outcome.reasons[0]


def test_too_few_calls_leave_everything_open_but_errors():
    outcome = result(replace(FOUR, calls=9))
    assert (outcome.result, outcome.mean, outcome.enough) == ("soft", None, False)
    assert result(replace(FOUR, calls=9, critical_errors=1)).result == "hard_fail"


def test_no_trial_is_not_held():
    outcome = result(None)
    assert (outcome.result, outcome.held, outcome.score) == ("not_held", False, None)


def test_an_edition_without_scorecard_cannot_hold_a_trial_against_anything():
    outcome = judge_trial(FOUR, None, "general-retail", inhouse_csat=None, rto_hours=None)
    assert outcome.result == "not_held"
    assert "no scorecard" in outcome.reasons[0]


def test_a_repeat_counts_only_after_a_failure_and_the_first_is_told() -> None:
    good, bad = vendor("CR")["trial"], vendor("IN")["trial"]
    once = judged(vendor("CR") | {"trial": good})
    repeated = judged(vendor("CR") | {"trial": good, "first_trial": bad, "fix": "Trained anew."})
    assert repeated.trial == once.trial
    assert repeated.first_trial is not None
    assert repeated.first_trial.result == "hard_fail"
    assert (repeated.tier, repeated.quality) == (once.tier, once.quality)
    soft = good | {"csat": 70}
    kept = judged(vendor("CR") | {"trial": good, "first_trial": soft, "fix": "Trained anew."})
    assert kept.trial == judged(vendor("CR") | {"trial": soft}).trial


@pytest.mark.parametrize(
    ("drill", "says"),
    [
        ("refused", "The vendor refused the failover drill."),
        ("not_done", "The failover drill was not done."),
        ("unknown", "It is not known what became of the failover drill."),
        (None, "The failover drill was refused or not done."),
    ],
)
def test_a_drill_without_hours_says_why(drill: str | None, says: str) -> None:
    told = vendor("CR")
    told["trial"] |= {"drill_h": None, "drill": drill}
    assert judged(told).trial.reasons == (says,)


def test_a_repeat_counts_once_it_was_held_as_a_whole_and_not_before():
    assert CARD is not None
    failed = marked(reach=1)
    begun = replace(FOUR, calls=1)
    seldom = replace(FOUR, observations={CARD.criteria[0].id: 1})
    for early in (begun, seldom, None):
        assert counting((early, failed), CARD) is failed
    assert counting((FOUR, failed), CARD) is FOUR
    assert counting((begun,), CARD) is begun
    assert counting((), CARD) is None
