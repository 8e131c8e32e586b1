"""Planning trials: whose they are, how calls are laid out, what stays when calls are removed."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, PlannedCall, Trial
from questionnaire.services import editions, planning, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.services import drafts
from tests.services.trials import wish


@pytest.fixture
def actor(organisation, ada) -> Actor:
    return actor_of(ada, organisation)


def _trail(session) -> list[tuple[str, str]]:
    rows = session.execute(
        sa.select(AuditRow.object_kind, AuditRow.action)
        .where(AuditRow.object_kind == "trial")
        .order_by(AuditRow.id)
    )
    return [tuple(row) for row in rows]


def test_a_vendor_and_the_own_team_have_one_trial_each(session, trial) -> None:
    amber = trial.vendors[0]
    first, own = trial.begin(amber), trial.begin()
    assert trial.begin(amber) == first
    assert trial.begin() == own != first
    assert session.scalar(sa.select(sa.func.count()).select_from(Trial)) == 2
    names = [one.name for one in (subject(session, trial, id) for id in (first, own))]
    assert names == [amber.vendor.name, "in-house"]
    begun, agreed = ("trial", "begun"), ("trial", "consented")
    assert _trail(session) == [begun, agreed, begun]


def subject(session, trial, trial_id):
    organisation_id = trial.rfi.organisation_id
    return trialling.subject_of(session, organisation_id, trial.rfi.id, trial_id)


def test_everybody_is_in_the_overview_the_own_team_first(session, trial) -> None:
    begun = trial.begin(trial.vendors[1])
    rows = trialling.tried(session, trial.rfi.id)
    assert [one.vendor for one in rows] == [None, "Amber Call", "Cobalt Desk"]
    assert [one.trial_id for one in rows] == [None, None, begun]


def test_a_trial_is_reached_through_its_own_rfi_only(session, clock, actor, stan, trial) -> None:
    begun = trial.begin(trial.vendors[0])
    other = drafts.sent(session, clock, actor, vendors=1, title="Another round")
    elsewhere = stan.memberships[0].organisation_id
    for organisation_id, rfi_id, trial_id in (
        (trial.rfi.organisation_id, other.id, begun),
        (elsewhere, trial.rfi.id, begun),
        (trial.rfi.organisation_id, trial.rfi.id, uuid4()),
    ):
        with pytest.raises(Missing):
            trialling.subject_of(session, organisation_id, rfi_id, trial_id)
    with pytest.raises(Missing):
        trialling.begin(session, clock, actor, other.id, trial.vendors[0].id)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_who_is_out_of_the_rfi_is_not_tried(session, trial, state) -> None:
    amber = trial.vendors[0]
    amber.state = state
    session.flush()
    with pytest.raises(Refused, match="out of the RFI"):
        trial.begin(amber)


def test_a_draft_has_no_trials(session, clock, actor) -> None:
    draft = drafts.ready(session, clock, actor)
    with pytest.raises(Refused, match="was sent"):
        trialling.begin(session, clock, actor, draft.id, None)


def test_an_edition_without_a_scorecard_cannot_be_marked(session, trial, monkeypatch) -> None:
    begun = trial.begin()
    bank = editions.bank_of(session, trial.rfi.edition_digest)
    from dataclasses import replace

    monkeypatch.setattr(trialling, "bank_of", lambda *_: replace(bank, scorecard=None))
    with pytest.raises(Refused, match="before the bank had a scorecard"):
        trial.plan(begun)


def test_calls_mix_situations_and_times_in_each_language(trial) -> None:
    begun = trial.begin()
    assert trial.plan(begun, languages="English, es", each="9") == 18
    calls = trial.calls(begun)
    for language in ("en", "es"):
        pairs = [(one.scenario_id, one.time_band) for one in calls if one.language == language]
        assert len(set(pairs)) == 9
    assert not any(one.calibration for one in calls)


def test_calibration_calls_come_on_top(trial) -> None:
    begun = trial.begin()
    assert trial.plan(begun, languages="English, es", each="4", calibration="3") == 11
    chosen = [one for one in trial.calls(begun) if one.calibration]
    assert len(chosen) == 3
    assert {one.language for one in chosen} == {"en", "es"}


def test_a_code_tells_nothing_and_is_used_once_in_an_rfi(session, trial) -> None:
    for one in trial.vendors:
        trial.plan(trial.begin(one), each="60")
    codes = list(session.scalars(sa.select(PlannedCall.code).order_by(PlannedCall.id)))
    assert len(set(codes)) == 120
    assert all(re.fullmatch(r"[A-Z][2-9]-[2-9]{3}", one) for one in codes)
    assert codes != sorted(codes)
    # What is planned together must not be told by the first letter either.
    assert len({one[0] for one in codes[:60]}) > 10


def test_a_plan_that_is_sent_twice_is_made_once(session, trial) -> None:
    begun = trial.begin()
    assert trial.plan(begun, seen=0) == 6
    assert trial.plan(begun, seen=0) == 0
    assert trial.plan(begun, seen=6) == 6
    assert len(trial.calls(begun)) == 12


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"scenarios": ("S99",)}, {"scenarios"}),
        ({"languages": " ,"}, {"languages"}),
        ({"languages": "English, Klingon"}, {"languages"}),
        ({"bands": ("noon",), "each": "many"}, {"bands", "each"}),
        ({"each": "0"}, {"each"}),
        ({"each": "301"}, {"each"}),
        ({"each": "²"}, {"each"}),
        ({"calibration": "11"}, {"calibration"}),
        ({"languages": "English, es", "each": "200"}, {"each"}),
    ],
)
def test_what_makes_no_plan_is_said_by_control(trial, typed, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        trial.plan(trial.begin(), **typed)
    assert set(refused.value.faults) == wrong


def test_calls_that_were_rated_stay(session, clock, actor, trial) -> None:
    begun = trial.begin()
    trial.plan(begun)
    rated, other, kept = [one.code for one in trial.calls(begun)][:3]
    trial.rate(trial.appoint(), rated)
    removed = planning.remove(session, clock, actor, trial.rfi.id, begun, {rated, other, "X9-999"})
    assert (removed.gone, removed.rated) == (1, 1)
    left = {one.code for one in trial.calls(begun)}
    assert {rated, kept} <= left
    assert other not in left
    assert _trail(session)[-1] == ("trial", "calls_removed")


def test_removing_nothing_is_refused(session, clock, actor, trial) -> None:
    with pytest.raises(Refused, match="Tick the calls"):
        planning.remove(session, clock, actor, trial.rfi.id, trial.begin(), set())


def test_ticked_calls_are_for_calibration_until_they_are_scored_again(
    session, clock, actor, trial
) -> None:
    begun = trial.begin()
    trial.plan(begun, calibration="2")
    wanted = {one.code for one in trial.calls(begun)[:3]}

    def choose(calibration):
        return planning.calibrate(
            session, clock, actor, trial.rfi.id, begun, wanted, calibration=calibration
        )

    assert [choose(True), choose(True)] == [3, 0]
    assert len([one for one in trial.calls(begun) if one.calibration]) == 5
    assert choose(False) == 3
    assert _trail(session)[-2:] == [("trial", "calibration_chosen"), ("trial", "scoring_chosen")]
    with pytest.raises(Refused, match="Tick the calls"):
        planning.calibrate(session, clock, actor, trial.rfi.id, begun, set(), calibration=True)


def test_a_strangers_calls_are_never_touched(session, clock, actor, trial) -> None:
    first, second = (trial.begin(one) for one in trial.vendors)
    trial.plan(first)
    trial.plan(second)
    foreign = trial.calls(second)[0].code
    assert planning.remove(session, clock, actor, trial.rfi.id, first, {foreign}).gone == 0
    assert len(trial.calls(second)) == 6


def test_what_a_page_sends_is_read_as_it_is_stored(trial) -> None:
    assert planning.codes_typed([" k7-233 "]) == {"K7-233"}
    assert planning.read(wish(bands=("latest", "peak")), trial.scorecard)[0].bands == (
        "peak",
        "latest",
    )
