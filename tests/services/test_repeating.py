"""A failed trial is repeated once after a fix, with consent, and half of the calls unaltered."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, Trial
from questionnaire.services import (
    altering,
    completing,
    concluding,
    consenting,
    drafting,
    gathering,
    planning,
    repeating,
    reporting,
    summarising,
    trialling,
    weighing,
)
from questionnaire.services.faults import Invalid, Refused
from tests.services.trials import CONSENT, rate_all, weighed, wish

FIX = "All agents were trained on identity checks; we saw the records."


def again(trial, trial_id, fix: str = FIX):
    return repeating.repeat(trial.session, trial.clock, trial.actor, trial.rfi.id, trial_id, fix)


@pytest.fixture
def failed(session, trial):
    """A vendor's trial that was failed by its marks."""
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, each="20")
    rate_all(trial, trial_id, mark=2, raters=("Rita Kask",))
    assert weighed(session, trial, trial_id).outcome.result == "hard_fail"
    return trial_id


def test_a_failed_trial_is_repeated_once_and_both_stay(session, trial, failed) -> None:
    second = again(trial, failed)
    assert again(trial, failed) == second
    subject = trialling.subject_of(session, trial.rfi.organisation_id, trial.rfi.id, second)
    assert (subject.repeat_of, subject.fix) == (failed, FIX)
    with pytest.raises(Refused, match="one is all that is allowed"):
        again(trial, second)
    (row,) = (one for one in trialling.tried(session, trial.rfi.id) if one.repeat_id)
    assert (row.trial_id, row.repeat_id) == (failed, second)
    assert len(gathering.of_rfi(session, trial.rfi.id)[failed].finished) == 20
    assert session.scalar(sa.select(sa.func.count()).where(AuditRow.action == "repeated")) == 1


def test_beginning_again_gives_the_first_trial(trial, failed) -> None:
    again(trial, failed)
    assert trial.begin(trial.vendors[0]) == failed


@pytest.mark.parametrize("fix", ["", "   ", "x" * 2001])
def test_a_repeat_needs_what_was_fixed(session, trial, failed, fix) -> None:
    with pytest.raises(Invalid):
        again(trial, failed, fix)
    assert session.scalar(sa.select(sa.func.count()).where(Trial.repeat_of.is_not(None))) == 0


def test_only_a_failed_trial_of_a_vendor_is_repeated(session, trial) -> None:
    passed, own = trial.begin(trial.vendors[0]), trial.begin()
    with pytest.raises(Refused, match="Only a trial that was failed"):
        again(trial, passed)
    with pytest.raises(Refused, match="Your own team"):
        again(trial, own)


def conclude(trial) -> Any:
    for one in trial.vendors:
        one.state, one.submitted_at = "submitted", trial.clock()
    trial.session.flush()
    trial.session.expire_all()
    found = concluding.conclude(
        trial.session, trial.rfi.organisation_id, trial.rfi.id, trial.clock()
    )
    code = str(trial.vendors[0].id)
    return next(one for one in found.verdicts if one.code == code)


def test_the_repeat_counts_once_it_was_held_and_the_first_is_told(
    session, trial, failed, summarise
) -> None:
    second = again(trial, failed)
    verdict = conclude(trial)
    assert (verdict.trial.result, verdict.first_trial) == ("hard_fail", None)
    trial.consent(second)
    summarise(second)
    verdict = conclude(trial)
    assert verdict.first_trial is not None
    assert verdict.first_trial.result == "hard_fail"
    assert verdict.trial.result != "hard_fail"
    assert verdict.trial.mean > verdict.first_trial.mean
    ask = {"rfi_id": trial.rfi.id}
    organisation_id, one = trial.rfi.organisation_id, trial.vendors[0].id
    figures = weighing.figures_of(session, organisation_id, one, **ask)
    assert figures is not None
    assert figures.means != weighed(session, trial, failed).figures.means


def test_the_report_is_given_the_repeat_and_what_was_fixed_before_it(
    session, trial, failed, summarise
) -> None:
    ask = (session, trial.rfi.organisation_id, trial.rfi.id, trial.clock())
    second = again(trial, failed)
    conclude(trial)
    one = reported(ask, trial)
    assert (one.repeat.fix, one.repeated) == (FIX, False)
    trial.consent(second)
    summarise(second)
    session.expire_all()
    one = reported(ask, trial)
    assert (one.repeat.fix, one.repeated, one.first_counts) == (FIX, True, False)
    assert one.offer.first_trial == weighed(session, trial, failed).figures
    others = [at for at in reporting.matter(*ask).vendors if at.code != one.code]
    assert all(at.repeat is None and not at.repeated for at in others)


def reported(ask, trial) -> Any:
    code = str(trial.vendors[0].id)
    return next(one for one in reporting.matter(*ask).vendors if one.code == code)


def test_no_call_is_planned_or_entered_without_consent(session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0], consent=False)
    with pytest.raises(Refused, match="agreed to test calls in writing"):
        trial.plan(trial_id)
    typed = {"source": "A laboratory", "calls": "30", "mean-reach": "4"}
    with pytest.raises(Refused, match="agreed to test calls in writing"):
        summarising.state(session, trial.clock, trial.actor, trial.rfi.id, trial_id, typed, seen=0)
    trial.consent(trial_id)
    assert trial.plan(trial_id) == 6


def test_the_own_team_needs_no_paper(trial) -> None:
    own = trial.begin()
    assert trial.plan(own) == 6
    with pytest.raises(Refused, match="no vendor has to agree"):
        trial.consent(own)


def test_a_repeat_needs_a_consent_of_its_own(trial, failed) -> None:
    with pytest.raises(Refused, match="agreed to test calls in writing"):
        trial.plan(again(trial, failed))


def record(trial, trial_id, typed, seen: int):
    at = (trial.session, trial.clock, trial.actor, trial.rfi.id, trial_id)
    return consenting.state(*at, CONSENT | typed, seen=seen)


def test_consent_says_who_when_and_where_and_keeps_its_versions(session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    held = consenting.consent(session, trial_id)
    assert (held.version, held.given_by, held.stated_by) == (1, CONSENT["given_by"], "Ada Marsh")
    assert record(trial, trial_id, {}, 1).version == 1
    assert record(trial, trial_id, {"note": "Letter 13"}, 1).version == 2
    with pytest.raises(drafting.Stale):
        record(trial, trial_id, {"note": "Letter 14"}, 1)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"given_by": " "}, {"given_by"}),
        ({"given_on": "2027-01-01"}, {"given_on"}),
        ({"given_on": "soon"}, {"given_on"}),
        ({"note": ""}, {"note"}),
        ({"given_by": "", "given_on": "", "note": ""}, {"given_by", "given_on", "note"}),
    ],
)
def test_a_consent_that_says_too_little_is_refused_by_control(trial, typed, wrong) -> None:
    trial_id = trial.begin(trial.vendors[0], consent=False)
    with pytest.raises(Invalid) as fault:
        record(trial, trial_id, typed, 0)
    assert set(fault.value.faults) == wrong


def test_alteration_is_off_in_half_of_the_calls_of_each_language_and_situation(trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, languages="English, Spanish", each="18")
    calls = trial.calls(trial_id)
    for language in ("en", "es"):
        for scenario in ("S1", "S2", "S3"):
            these = [one.unaltered for one in calls
                     if (one.language, one.scenario_id) == (language, scenario)]  # fmt: skip
            assert (these.count(True), len(these)) == (3, 6)


def test_a_plan_that_is_not_halved_says_so_and_calls_change_sides(session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, each="20")
    codes = [one.code for one in trial.calls(trial_id)]
    at = (session, trial.clock, trial.actor, trial.rfi.id, trial_id)
    assert altering.alter(*at, codes, unaltered=False) == 10
    assert altering.alter(*at, codes, unaltered=False) == 0
    with pytest.raises(Refused):
        altering.alter(*at, [], unaltered=True)
    gathered = gathering.of_trial(session, trial_id)
    lacking = completing.lacking(gathered, trial.rfi.brief, trial.scorecard)
    assert any("off in 0 of 20 scored calls" in one for one in lacking)


def test_the_halves_are_compared_once_both_were_rated(session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, each="6")
    rater = trial.appoint()
    calls = trial.calls(trial_id)
    for one in calls:
        if one.unaltered:
            trial.rate(rater, one.code, 3)
    assert altering.halves(gathering.of_trial(session, trial_id), trial.scorecard) is None
    for one in calls:
        if not one.unaltered:
            trial.rate(rater, one.code, 5)
    found = altering.halves(gathering.of_trial(session, trial_id), trial.scorecard)
    assert found is not None
    assert [(one.rated, one.mean) for one in found] == [(3, 3), (3, 5)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"drill": "refused"}, "The vendor refused the failover drill."),
        ({"drill": "not_done"}, "The failover drill was not done."),
        ({}, "It is not known what became of the failover drill."),
    ],
)
def test_the_result_tells_a_refused_drill_from_an_unknown_one(
    session, trial, measure, summarise, typed, says
) -> None:
    trial_id = trial.begin(trial.vendors[0])
    summarise(trial_id)
    measure(trial_id, csat="90", **typed)
    assert says in weighed(session, trial, trial_id).outcome.reasons


def test_a_plan_of_a_stranger_is_not_altered(session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    assert planning.read(wish(), trial.scorecard)
    with pytest.raises(LookupError):
        altering.alter(
            session, trial.clock, trial.actor, trial.rfi.organisation_id, trial_id, ["A1"],
            unaltered=True,
        )  # fmt: skip
