"""What reviewers do with one flag: decided at once, or by two people; assigned, noted, lapsed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Answer, Assessment, AuditRow, Flag, FlagEvent, Organisation, User
from questionnaire.services import reviewing, ruling
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.judging import judge
from questionnaire.services.reviewing import Stale
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import (
    DOCUMENT,
    MAJOR,
    MANDATORY,
    MINOR,
    NEVER,
    RTO,
    flag_of,
    question_of,
    statuses,
)

UNTIL = date(2027, 3, 1)
TOLD = {"confirm": "confirmed", "accept": "accepted", "waive": "waived"}


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    return reviewed.submitted(session, clock, organisation)


@pytest.fixture
def by_remi(organisation: Organisation, remi: User) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def by_rosa(organisation: Organisation, rosa: User) -> Actor:
    return actor_of(rosa, organisation)


@pytest.fixture
def act(session: Session, clock: MovableClock, assessment: Assessment):
    """Call it with a person, a requirement and a decision: done on the flag as it is now."""

    def act(actor: Actor, requirement_id: str, action: str, **values) -> Flag:
        flag = flag_of(session, assessment, requirement_id)
        reason = values.pop("reason", "So it is.")
        decision = Decision(action, reason, **values)
        reviewing.decide(session, clock, actor, flag.id, flag.version, decision)
        return flag_of(session, assessment, requirement_id)

    return act


@pytest.mark.parametrize(
    ("action", "state"), [("confirm", "gap_confirmed"), ("accept", "accepted"), ("waive", "waived")]
)
def test_a_major_gap_is_decided_by_one(
    session: Session, act, by_remi: Actor, assessment: Assessment, action: str, state: str
) -> None:
    flag = act(by_remi, RTO, action, until=UNTIL)
    assert (flag.state, flag.decision, flag.version) == (state, action, 2)
    assert flag.waived_until == (UNTIL if action == "waive" else None)
    event = session.scalars(
        sa.select(FlagEvent).filter_by(flag_id=flag.id, action=TOLD[action])
    ).one()
    assert (event.by, event.from_state, event.to_state) == (by_remi.id, "open", state)
    assert event.reason == "So it is."
    row = session.scalars(sa.select(AuditRow).filter_by(object_id=str(flag.id))).one()
    assert (row.actor_id, row.action, row.assessment_id) == (
        by_remi.id,
        event.action,
        assessment.id,
    )
    session.expire_all()
    assert assessment.open_major == 3


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("waive", "waived")])
def test_a_mandatory_gap_is_set_aside_by_two(
    act, by_remi: Actor, by_rosa: Actor, session: Session, assessment: Assessment, action, state
) -> None:
    flag = act(by_remi, MANDATORY, action, until=UNTIL)
    assert (flag.state, flag.proposed_action, flag.proposed_by) == ("open", action, by_remi.id)
    session.expire_all()
    assert assessment.open_mandatory == 2
    with pytest.raises(Refused, match="another reviewer"):
        act(by_remi, MANDATORY, "agree")
    flag = act(by_rosa, MANDATORY, "agree")
    assert (flag.state, flag.decision, flag.proposed_action) == (state, action, None)
    assert flag.waived_until == (UNTIL if action == "waive" else None)
    session.expire_all()
    assert assessment.open_mandatory == 1


def test_the_second_person_may_decline_and_then_decide_alone(
    act, by_remi: Actor, by_rosa: Actor
) -> None:
    act(by_remi, MANDATORY, "accept")
    flag = act(by_rosa, MANDATORY, "decline", reason="The vendor said no.")
    assert (flag.state, flag.proposed_action, flag.proposed_by) == ("open", None, None)
    assert act(by_rosa, MANDATORY, "confirm").state == "gap_confirmed"


@pytest.mark.parametrize("action", ["accept", "waive", "not_applicable"])
def test_what_is_never_waivable_is_only_answered_better(act, by_remi: Actor, action: str) -> None:
    with pytest.raises(Refused) as refused:
        act(by_remi, NEVER, action, until=UNTIL)
    assert refused.value.sentence == ruling.NEVER
    assert act(by_remi, NEVER, "confirm").state == "gap_confirmed"


def test_a_stale_page_changes_nothing(
    session: Session, clock: MovableClock, act, by_remi: Actor, by_rosa: Actor, assessment
) -> None:
    seen = flag_of(session, assessment, RTO).version
    act(by_rosa, RTO, "confirm")
    flag = flag_of(session, assessment, RTO)
    with pytest.raises(Stale):
        reviewing.decide(session, clock, by_remi, flag.id, seen, Decision("accept", "Fine."))
    assert flag_of(session, assessment, RTO).state == "gap_confirmed"


def test_another_organisations_flag_is_missing_like_one_that_is_not_there(
    session: Session, clock: MovableClock, assessment: Assessment, stan: User
) -> None:
    elsewhere = stan.memberships[0].organisation
    flag = flag_of(session, assessment, RTO)
    for flag_id in (flag.id, new_id()):
        with pytest.raises(Missing):
            reviewing.decide(
                session, clock, actor_of(stan, elsewhere), flag_id, 1, Decision("confirm")
            )
        with pytest.raises(Missing):
            reviewing.note(session, clock, actor_of(stan, elsewhere), flag_id, "Mine?")


def test_no_action_edits_an_answer(session: Session, act, by_remi: Actor, assessment) -> None:
    def answers() -> list[object]:
        columns = sa.select(*Answer.__table__.columns).order_by(Answer.id)
        return list(session.execute(columns).all())

    before = answers()
    for requirement, action in ((RTO, "confirm"), (MAJOR, "accept"), (MINOR, "waive")):
        act(by_remi, requirement, action, until=UNTIL)
    assert answers() == before


def test_accepting_not_applicable_takes_the_gaps_of_the_question_away(
    session: Session, clock: MovableClock, act, by_remi: Actor, assessment: Assessment
) -> None:
    reviewed.answer(
        session, clock, assessment, question_of(MAJOR), state="not_applicable", reason="No exit."
    )
    judge(session, clock, assessment.id)
    assert statuses(session, assessment)[MAJOR] == "unknown"
    flag = act(by_remi, MAJOR, "not_applicable")
    assert (flag.state, flag.decision) == ("accepted", "not_applicable")
    assert statuses(session, assessment)[MAJOR] == "not_applicable"
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, MAJOR).version == flag.version
    reviewed.answer(
        session, clock, assessment, question_of(MAJOR), state="not_applicable", reason="Still none."
    )
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, MAJOR)
    assert (flag.state, flag.decision) == ("open", None)
    assert statuses(session, assessment)[MAJOR] == "unknown"


def test_not_applicable_on_a_mandatory_requirement_wants_two(
    session: Session, clock: MovableClock, act, by_remi: Actor, by_rosa: Actor, assessment
) -> None:
    reviewed.answer(
        session, clock, assessment, question_of(MANDATORY), state="not_applicable", reason="None."
    )
    judge(session, clock, assessment.id)
    flag = act(by_remi, MANDATORY, "not_applicable")
    assert flag.proposed_action == "not_applicable"
    assert statuses(session, assessment)[MANDATORY] == "unknown"
    assert act(by_rosa, MANDATORY, "agree").decision == "not_applicable"
    assert statuses(session, assessment)[MANDATORY] == "not_applicable"
    assert act(by_remi, MANDATORY, "reopen").state == "open"
    assert statuses(session, assessment)[MANDATORY] == "unknown"


def test_a_flag_is_assigned_to_reviewers_only(
    act, by_remi: Actor, rosa: User, ada: User, stan: User
) -> None:
    assert act(by_remi, RTO, "assign", assignee=rosa.id).assignee_id == rosa.id
    assert act(by_remi, RTO, "assign", assignee=None).assignee_id is None
    for other in (ada, stan):
        with pytest.raises(Missing):
            act(by_remi, RTO, "assign", assignee=other.id)


def test_who_left_is_no_longer_assigned_to(
    session: Session, clock: MovableClock, act, by_remi: Actor, rosa: User, organisation
) -> None:
    assert [name for _, name in reviewing.reviewers(session, organisation.id)] == [
        "Remi Okafor",
        "Rosa Lind",
    ]
    rosa.memberships[0].ended_at = clock()
    session.flush()
    with pytest.raises(Missing):
        act(by_remi, RTO, "assign", assignee=rosa.id)


def test_a_note_changes_nothing_but_the_history(
    session: Session, clock: MovableClock, by_remi: Actor, assessment: Assessment
) -> None:
    flag = flag_of(session, assessment, RTO)
    reviewing.note(session, clock, by_remi, flag.id, "Called them; they look it up.")
    after = flag_of(session, assessment, RTO)
    assert (after.version, after.state) == (1, "open")
    assert reviewed.events(session, after) == ["raised", "noted"]
    reviewing.note(session, clock, by_remi, flag.id, "Called them; they look it up.")
    assert reviewed.events(session, after) == ["raised", "noted"]
    for text in ("", "  ", "x" * 2_001, "a\x00b"):
        with pytest.raises(Invalid) as refused:
            reviewing.note(session, clock, by_remi, flag.id, text)
        assert list(refused.value.faults) == ["note"]


def test_a_waiver_lapses_after_its_last_day(
    session: Session, clock: MovableClock, act, by_remi: Actor, assessment: Assessment
) -> None:
    act(by_remi, RTO, "waive", until=date(2026, 11, 25))
    act(by_remi, MINOR, "waive", until=UNTIL)
    act(by_remi, DOCUMENT, "accept")
    clock.move(timedelta(days=2, hours=14))
    assert reviewing.reopen_lapsed(session, clock) == 0
    clock.move(timedelta(hours=2))
    assert reviewing.reopen_lapsed(session, clock) == 1
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.decision, flag.waived_until) == ("open", None, None)
    assert flag.reopened_why == "The waiver ended on 2026-11-25."
    assert reviewed.events(session, flag)[-1] == "lapsed"
    session.expire_all()
    assert assessment.open_major == 3
    assert reviewing.reopen_lapsed(session, clock) == 0
