"""Undoing decisions: what nobody has touched since goes back, and no second person is left out."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, FlagEvent, Organisation, User
from questionnaire.services import deciding_together, reviewing, undoing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.judging import judge
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import MAJOR, MANDATORY, NEVER, RTO, flag_of, flags_of, question_of

ACCEPT = Decision("accept", "All of them are covered by the contract.")


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
def seen(session: Session, assessment: Assessment):
    """The versions of the assessment's flags as they are now, of these requirements or of all."""

    def seen(*requirements: str) -> dict:
        flags = flags_of(session, assessment)
        return {
            one.id: one.version
            for requirement, one in flags.items()
            if not requirements or requirement in requirements
        }

    return seen


def test_undoing_puts_back_what_nobody_has_touched_since(
    session: Session, clock: MovableClock, by_remi: Actor, by_rosa: Actor, assessment, seen
) -> None:
    batch = deciding_together.decide(session, clock, by_remi, seen(), ACCEPT)
    flag = flag_of(session, assessment, RTO)
    reviewing.decide(
        session, clock, by_rosa, flag.id, flag.version, Decision("reopen", "Not this one.")
    )
    done = undoing.undo(session, clock, by_remi, batch)
    assert [one.requirement_id for one in done.kept] == [RTO]
    assert {one.requirement_id for one in done.restored} == {
        requirement
        for requirement in flags_of(session, assessment)
        if requirement not in (RTO, NEVER)
    }
    after = flags_of(session, assessment)
    assert {one.state for one in after.values()} == {"open"}
    assert after[MANDATORY].proposed_action is None
    assert after[RTO].reopened_why == "Not this one."
    session.expire_all()
    assert (assessment.open_mandatory, assessment.open_major, assessment.open_minor) == (2, 4, 1)
    with pytest.raises(Refused):
        undoing.undo(session, clock, by_remi, batch)


def test_undoing_an_agreement_leaves_the_proposal(
    session: Session, clock: MovableClock, by_remi: Actor, by_rosa: Actor, assessment, seen
) -> None:
    deciding_together.decide(session, clock, by_remi, seen(MANDATORY), ACCEPT)
    batch = deciding_together.decide(session, clock, by_rosa, seen(MANDATORY), Decision("agree"))
    undoing.undo(session, clock, by_rosa, batch)
    flag = flag_of(session, assessment, MANDATORY)
    assert (flag.state, flag.proposed_action, flag.proposed_by) == ("open", "accept", by_remi.id)


@pytest.mark.parametrize("requirement", [MANDATORY, RTO])
def test_undoing_never_brings_an_acceptance_back(
    session: Session, clock: MovableClock, by_remi: Actor, by_rosa: Actor, seen, requirement: str
) -> None:
    deciding_together.decide(session, clock, by_remi, seen(requirement), ACCEPT)
    if requirement == MANDATORY:
        deciding_together.decide(session, clock, by_rosa, seen(requirement), Decision("agree"))
    again = Decision("reopen", "We were too quick.")
    batch = deciding_together.decide(session, clock, by_rosa, seen(requirement), again)
    with pytest.raises(Refused):
        undoing.undo(session, clock, by_remi, batch)


def test_undoing_is_not_itself_undone(
    session: Session, clock: MovableClock, by_remi: Actor, assessment, seen
) -> None:
    batch = deciding_together.decide(session, clock, by_remi, seen(RTO), ACCEPT)
    undoing.undo(session, clock, by_remi, batch)
    flag = flag_of(session, assessment, RTO)
    event = session.scalars(sa.select(FlagEvent).filter_by(flag_id=flag.id, action="undone")).one()
    assert event.batch is None


def test_undoing_an_accepted_not_applicable_brings_the_gap_back(
    session: Session, clock: MovableClock, by_remi: Actor, assessment: Assessment, seen
) -> None:
    reviewed.answer(
        session, clock, assessment, question_of(MAJOR), state="not_applicable", reason="No exit."
    )
    judge(session, clock, assessment.id)
    decision = Decision("not_applicable")
    batch = deciding_together.decide(session, clock, by_remi, seen(MAJOR, RTO), decision)
    assert reviewed.statuses(session, assessment)[MAJOR] == "not_applicable"
    assert flag_of(session, assessment, RTO).state == "open"
    undoing.undo(session, clock, by_remi, batch)
    assert reviewed.statuses(session, assessment)[MAJOR] == "unknown"
    assert flag_of(session, assessment, MAJOR).state == "open"


def test_a_batch_of_another_organisation_is_missing(
    session: Session, clock: MovableClock, by_remi: Actor, stan: User, seen
) -> None:
    batch = deciding_together.decide(session, clock, by_remi, seen(RTO), ACCEPT)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    for one in (batch, new_id()):
        with pytest.raises(Missing):
            undoing.undo(session, clock, stranger, one)
