"""From marks, figures and summaries to the result: what counts, and what the core is told."""

from __future__ import annotations

from decimal import Decimal

from questionnaire.services import calibrating, completing, gathering, weighing
from tests.harness.counting import statements
from tests.services.trials import rate_all, weighed

FIGURES = {"csat": "87", "agents": "9", "aht": "392", "fcr": "77.5", "contacts": "120"}
DRILL = {"drill": "done", "drill_hours": "3.6"}


def test_nothing_rated_is_not_held_whatever_was_planned_or_measured(
    session, trial, amber, measure
) -> None:
    measure(amber, **FIGURES)
    found = weighed(session, trial, amber)
    assert (found.outcome.result, found.figures, found.source) == ("not_held", None, None)


def test_an_unfinished_rating_counts_nowhere(session, trial, amber) -> None:
    trial.rate(trial.appoint(), trial.calls(amber)[0].code, finish=False)
    assert weighed(session, trial, amber).outcome.result == "not_held"


def test_a_good_trial_passes(session, trial, amber, measure) -> None:
    rate_all(trial, amber)
    measure(amber, **FIGURES, **DRILL)
    found = weighed(session, trial, amber)
    assert found.outcome.reasons == ()
    assert (found.outcome.result, found.outcome.score, found.source) == ("passed", 100, "ratings")
    assert found.figures.calls == 20
    assert found.figures.critical_errors == 0
    assert (found.figures.csat, found.figures.agents) == (87, 9)
    assert found.figures.fcr == Decimal("77.5")


def test_calibration_calls_count_in_no_mean(session, trial, amber) -> None:
    rater_id = trial.appoint()
    for one in trial.calls(amber):
        trial.rate(rater_id, one.code, 1 if one.calibration else 5)
    found = weighed(session, trial, amber)
    assert {one.mean for one in found.means.values()} == {5}
    assert {one.n for one in found.means.values()} == {20}


def test_only_the_newest_version_of_a_rating_counts(session, trial, amber) -> None:
    rater_id, code = trial.appoint(), trial.calls(amber)[0].code
    trial.rate(rater_id, code, 1)
    trial.rate(rater_id, code, 5, seen=1)
    assert {one.mean for one in weighed(session, trial, amber).means.values()} == {5}


def test_one_compliance_critical_error_fails_the_trial_whatever_the_marks(
    session, trial, amber, measure
) -> None:
    rate_all(trial, amber)
    measure(amber, **FIGURES, **DRILL)
    practice = next(one for one in trial.calls(amber) if one.calibration)
    noted = {"critical": ["compliance", "customer"], "notes": {"compliance": "a", "customer": "b"}}
    trial.rate(trial.appoint(), practice.code, 5, seen=1, **noted)
    found = weighed(session, trial, amber)
    assert found.outcome.result == "hard_fail"
    assert found.critical == {"customer": 1, "business": 0, "compliance": 1}


def test_an_error_that_two_people_heard_is_one(session, trial, amber) -> None:
    code = trial.calls(amber)[0].code
    for name in ("Rita Kask", "Uldis Ozols"):
        trial.rate(
            trial.appoint(name), code, critical=["business"], notes={"business": "Wrong price."}
        )
    assert weighed(session, trial, amber).critical["business"] == 1


def test_an_unknown_figure_is_never_a_pass(session, trial, amber) -> None:
    rate_all(trial, amber)
    found = weighed(session, trial, amber)
    assert found.outcome.result == "soft"
    assert found.figures.csat is None
    assert found.figures.drill_hours is None


def test_the_own_teams_measured_satisfaction_goes_before_the_briefs(
    session, trial, amber, measure, summarise
) -> None:
    summarise(amber)
    measure(amber, csat="80", **DRILL)
    assert "in-house it is 88 %" in " ".join(weighed(session, trial, amber).outcome.reasons)
    measure(trial.begin(), csat="82")
    assert weighed(session, trial, amber).outcome.result == "passed"


def test_the_core_gets_the_figures_of_one_assessment(session, trial, amber, summarise):
    organisation_id, one = trial.rfi.organisation_id, trial.vendors[0].id
    ask = {"rfi_id": trial.rfi.id}
    assert weighing.figures_of(session, organisation_id, one, **ask) is None
    assert weighing.figures_of(session, organisation_id, trial.vendors[1].id, **ask) is None
    assert weighing.figures_of(session, organisation_id, None, **ask) is None
    summarise(amber)
    figures = weighing.figures_of(session, organisation_id, one, **ask)
    assert figures is not None
    assert figures.calls == 120
    assert set(figures.means.values()) == {Decimal("4.5")}
    summarise(trial.begin(), "4")
    own = weighing.figures_of(session, organisation_id, None, **ask)
    assert own is not None
    assert set(own.means.values()) == {4}


def test_the_number_of_statements_does_not_grow_with_calls(
    session, connection, trial, amber
) -> None:
    with statements(connection) as few:
        weighed(session, trial, amber)
    rate_all(trial, amber)
    other = trial.begin(trial.vendors[1])
    trial.plan(other, each="20")
    session.expire_all()
    with statements(connection) as many:
        weighed(session, trial, amber)
    assert len(many) <= len(few) + 1


def test_what_is_missing_is_said_in_words(session, trial, amber, measure) -> None:
    trial.rate(trial.appoint(), next(x for x in trial.calls(amber) if not x.calibration).code)
    measure(amber, agents="4")
    found = weighed(session, trial, amber)
    said = completing.lacking(found.gathered, trial.rfi.brief, trial.scorecard)
    assert said[0] == "English: 1 scored calls; at least 20 are needed for a fair mean."
    assert "23 of 23 planned calls were rated by fewer than 2 people." in said
    assert "4 agents took the calls; at least 5 are needed." in said
    assert said[-1] == "It is not known what became of the failover drill."


def test_a_summary_is_not_asked_for_calls_of_ours(
    session, trial, amber, measure, summarise
) -> None:
    summarise(amber)
    measure(amber, agents="9", drill="refused")
    found = weighed(session, trial, amber)
    assert completing.lacking(found.gathered, trial.rfi.brief, trial.scorecard) == []


def test_raters_are_compared_over_all_trials(session, trial, amber) -> None:
    practice = [one.code for one in trial.calls(amber) if one.calibration]
    for name, mark in (("Rita Kask", 4), ("Uldis Ozols", 2)):
        rater_id = trial.appoint(name)
        for code in practice[:2]:
            trial.rate(rater_id, code, mark)
    found = calibrating.calibration(
        gathering.of_rfi(session, trial.rfi.id).values(), trial.scorecard
    )
    assert (found.chosen, found.common) == (3, 2)
    assert found.agreement.difference == 2
    assert len(found.agreement.apart) == 2 * len(trial.scorecard.criteria)
