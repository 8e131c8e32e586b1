"""Measured figures and summaries: in versions, within limits, and unknown where left empty."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, TrialFigures, TrialSummary
from questionnaire.services import summarising
from questionnaire.services.drafting import Stale
from questionnaire.services.faults import Invalid, Refused
from tests.services.trials import rate_all, weighed


def test_a_summary_stands_instead_of_own_ratings_until_it_is_taken_back(
    session, clock, trial, amber, summarise
) -> None:
    rate_all(trial, amber, 3, ["Rita Kask"])
    summarise(amber, "4.5")
    found = weighed(session, trial, amber)
    assert found.source == "summary"
    assert {(one.n, one.mean) for one in found.means.values()} == {(120, Decimal("4.5"))}
    summarising.take_back(session, clock, trial.actor, trial.rfi.id, amber, seen=1)
    found = weighed(session, trial, amber)
    assert found.source == "ratings"
    assert {one.mean for one in found.means.values()} == {3}
    assert session.scalar(sa.select(sa.func.count()).select_from(TrialSummary)) == 2
    with pytest.raises(Refused):
        summarising.take_back(session, clock, trial.actor, trial.rfi.id, amber, seen=2)


def test_a_criterion_can_be_seen_in_fewer_calls_than_were_rated(trial, amber, summarise) -> None:
    first, second = (one.id for one in trial.scorecard.criteria[:2])
    kept = summarise(amber, **{f"n-{first}": "12", f"mean-{second}": ""})
    assert kept.means[first].n == 12
    assert second not in kept.means


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"source": ""}, {"source"}),
        ({"calls": ""}, {"calls"}),
        ({"calls": "12.5"}, {"calls"}),
        ({"critical_errors": "-1"}, {"critical_errors"}),
        ({"mean-reach": "5.1"}, {"mean-reach"}),
        ({"mean-reach": "0.9"}, {"mean-reach"}),
        ({"mean-reach": "good"}, {"mean-reach"}),
        ({"n-reach": "121"}, {"n-reach"}),
        ({"n-reach": "5", "mean-reach": ""}, {"mean-reach"}),
    ],
)
def test_what_is_no_summary_is_said_by_control(trial, amber, summarise, typed, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        summarise(amber, **typed)
    assert set(refused.value.faults) == wrong


def test_a_summary_without_any_mean_is_none(trial, amber, summarise) -> None:
    with pytest.raises(Invalid):
        summarise(amber, "")


def test_figures_are_kept_in_versions_and_never_overwritten_unseen(
    session, trial, amber, measure
) -> None:
    assert measure(amber, csat="80").version == 1
    assert measure(amber, csat="80", seen=1).version == 1
    assert measure(amber, csat="81", aht="400", seen=1).version == 2
    with pytest.raises(Stale):
        measure(amber, csat="90", seen=1)
    rows = session.scalars(sa.select(TrialFigures).order_by(TrialFigures.version)).all()
    assert [one.figures for one in rows] == [{"csat": 80}, {"aht": 400, "csat": 81}]
    trail = session.scalars(
        sa.select(AuditRow.details).where(AuditRow.action == "measured").order_by(AuditRow.id)
    ).all()
    assert [one["figures"] for one in trail] == [["csat"], ["aht", "csat"]]


def test_a_figure_of_zero_is_known(session, trial, amber, measure) -> None:
    assert measure(amber, abandon="0").figures == {"abandon": 0}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"csat": "101"}, {"csat"}),
        ({"fcr": "-1"}, {"fcr"}),
        ({"agents": "2.5"}, {"agents"}),
        ({"aht": "six minutes"}, {"aht"}),
        ({"drill": "perhaps"}, {"drill"}),
        ({"drill": "done"}, {"drill_hours"}),
        ({"drill": "refused", "drill_hours": "3"}, {"drill"}),
        ({"drill_hours": "3"}, {"drill"}),
    ],
)
def test_what_cannot_have_been_measured_is_said_by_control(amber, measure, typed, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        measure(amber, **typed)
    assert set(refused.value.faults) == wrong
