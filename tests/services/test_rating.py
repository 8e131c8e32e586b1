"""Rating: marks in versions, only whole ones finished, and nothing overwritten silently."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, CallRating, PlannedCall
from questionnaire.services import rating
from questionnaire.services.faults import Invalid, Missing
from tests.services.trials import trying


@pytest.fixture
def codes(trial):
    """The codes of six calls on the first vendor, two more for calibration."""
    begun = trial.begin(trial.vendors[0])
    trial.plan(begun, calibration="2")
    return [one.code for one in trial.calls(begun)]


def test_a_rater_sees_calibration_first_then_by_code(trial, session, codes) -> None:
    listed = rating.calls(session, trial.admitted(trial.appoint()))
    assert [one.calibration for one in listed] == [True, True] + [False] * 6
    rest = [one.code for one in listed[2:]]
    assert rest == sorted(rest)
    assert {one.state for one in listed} == {"new"}


def test_a_rater_gets_calls_in_their_own_languages(trial, session) -> None:
    trial.plan(trial.begin(), languages="English; Spanish", each="2")
    spanish = trial.admitted(trial.appoint(languages="Spanish"))
    assert {one.language for one in rating.calls(session, spanish)} == {"es"}
    english = next(one for one in session.scalars(sa.select(PlannedCall))
                   if one.language == "en")  # fmt: skip
    with pytest.raises(Missing):
        rating.call(session, spanish, english.code)


def test_every_version_of_the_marks_stays(session, trial, codes) -> None:
    rater_id = trial.appoint()
    first = trial.rate(rater_id, codes[0], 4)
    second = trial.rate(rater_id, codes[0], 3, seen=first.version)
    assert (first.version, second.version) == (1, 2)
    rows = session.scalars(sa.select(CallRating).order_by(CallRating.version)).all()
    assert [set(one.marks.values()) for one in rows] == [{4}, {3}]


def test_a_repeated_press_has_one_effect(session, trial, codes) -> None:
    rater_id = trial.appoint()
    assert trial.rate(rater_id, codes[0]).version == 1
    assert trial.rate(rater_id, codes[0]).version == 1


def test_a_page_that_is_behind_overwrites_nothing(session, trial, codes) -> None:
    rater_id = trial.appoint()
    trial.rate(rater_id, codes[0], 5)
    with pytest.raises(rating.Stale) as stale:
        trial.rate(rater_id, codes[0], 1, seen=0)
    assert stale.value.kept.version == 1
    assert set(stale.value.kept.marked.marks.values()) == {5}
    assert session.scalar(sa.select(sa.func.count()).select_from(CallRating)) == 1


def test_not_observed_is_no_mark_and_no_gap(session, trial, codes) -> None:
    criteria = trial.scorecard.criteria
    given = {one.id: "none" for one in criteria} | {criteria[0].id: "5"}
    done = trial.rate(trial.appoint(), codes[0], given)
    assert done.state == "finished"
    assert done.marked.marks[criteria[1].id] is None


def test_a_call_is_kept_unfinished_and_finished_only_whole(session, trial, codes) -> None:
    rater_id = trial.appoint()
    some = {trial.scorecard.criteria[0].id: "2"}
    assert trial.rate(rater_id, codes[0], some, finish=False).state == "begun"
    with pytest.raises(Invalid) as refused:
        trial.rate(rater_id, codes[0], some, seen=1)
    assert len(refused.value.faults) == len(trial.scorecard.criteria) - 1


@pytest.mark.parametrize("mark", ["0", "6", "3.5", "three", "-1"])
def test_half_points_and_other_numbers_are_refused(trial, codes, mark) -> None:
    first = trial.scorecard.criteria[0].id
    with pytest.raises(Invalid) as refused:
        trial.rate(trial.appoint(), codes[0], {first: mark}, finish=False)
    assert set(refused.value.faults) == {f"mark-{first}"}


def test_a_critical_error_needs_a_note(trial, codes) -> None:
    rater_id = trial.appoint()
    with pytest.raises(Invalid) as refused:
        trial.rate(rater_id, codes[0], critical=["compliance"])
    assert set(refused.value.faults) == {"note-compliance"}
    done = trial.rate(
        rater_id,
        codes[0],
        critical=["compliance", "made-up"],
        notes={"compliance": "Read the address out.", "customer": " "},
    )
    assert done.marked.critical == {"compliance": "Read the address out."}


def test_a_note_is_not_dropped_because_its_error_was_not_ticked(trial, codes) -> None:
    with pytest.raises(Invalid) as refused:
        trial.rate(trial.appoint(), codes[0], notes={"customer": "Promised a wrong day."})
    assert set(refused.value.faults) == {"note-customer"}


def test_a_comment_has_a_limit_and_no_characters_that_nothing_can_hold(trial, codes) -> None:
    rater_id = trial.appoint()
    for comment in ("x" * 2001, "a\x00b"):
        with pytest.raises(Invalid) as refused:
            trial.rate(rater_id, codes[0], comment=comment)
        assert set(refused.value.faults) == {"comment"}


def test_a_call_of_another_round_is_none(session, clock, trial) -> None:
    other = trying(session, clock, trial.actor, title="Another round", vendors=1)
    begun = other.begin()
    other.plan(begun, each="1")
    with pytest.raises(Missing):
        trial.rate(trial.appoint(), other.calls(begun)[0].code)


def test_the_trail_says_who_rated_which_call_and_no_mark(session, trial, codes) -> None:
    trial.rate(trial.appoint(), codes[0], comment="Very good")
    row = session.scalars(sa.select(AuditRow).where(AuditRow.object_kind == "rating")).one()
    assert (row.actor_kind, row.actor_name, row.action) == ("rater", "Rita Kask", "finished")
    assert row.assessment_id == trial.vendors[0].id
    assert row.details == {"call": codes[0], "version": 1}


def test_while_prices_are_open_no_mark_that_counts_is_taken(session, clock, trial, codes) -> None:
    rater_id = trial.appoint()
    trial.rate(rater_id, codes[0], 4)
    lock = trial.open_prices()
    with pytest.raises(rating.Closed) as corrected:
        trial.rate(rater_id, codes[0], 5, seen=1)
    with pytest.raises(rating.Closed) as finished:
        trial.rate(rater_id, codes[1], 5)
    for refused in (corrected, finished):
        assert "closed" in refused.value.sentence
        assert "price" not in refused.value.sentence.lower()
    assert trial.rate(rater_id, codes[0], 4, seen=1).version == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(CallRating)) == 1
    lock.ended_by, lock.ended_at = lock.opened_by, clock()
    session.flush()
    assert trial.rate(rater_id, codes[1], 5).state == "finished"


def test_while_prices_are_open_unfinished_marks_can_be_kept_and_count_nowhere(
    session, trial, codes
) -> None:
    rater_id = trial.appoint()
    trial.open_prices()
    kept = trial.rate(rater_id, codes[0], 2, finish=False)
    assert kept.state == "begun"
    with pytest.raises(rating.Closed):
        trial.rate(rater_id, codes[0], 2, seen=1)
    assert rating.call(session, trial.admitted(rater_id), codes[0]).state == "begun"
