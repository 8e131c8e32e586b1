"""Flags survive re-judging: a decision stands while what it rests on stands, and not longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, Organisation, Rfi, User
from questionnaire.services import reviewing
from questionnaire.services.judging import judge
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import (
    ACHIEVED,
    ALL,
    BAD,
    DOCUMENT,
    MAJOR,
    MANDATORY,
    MINOR,
    RTO,
    flag_of,
    question_of,
)

REASON = "The contract makes up for it."


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation)


@pytest.fixture
def assessment(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi
) -> Assessment:
    return reviewed.submitted(session, clock, organisation, rfi)


@pytest.fixture
def decided(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    assessment: Assessment,
    remi: User,
):
    """Call it with a requirement and an action: Remi decides on the flag."""

    def decide(requirement_id: str, action: str = "accept") -> Flag:
        flag = flag_of(session, assessment, requirement_id)
        until = date(2027, 6, 1) if action == "waive" else None
        decision = Decision(action, REASON, until)
        actor = actor_of(remi, organisation)
        reviewing.decide(session, clock, actor, flag.id, flag.version, decision)
        return flag_of(session, assessment, requirement_id)

    return decide


def rejudged(
    session: Session, clock: MovableClock, assessment: Assessment, requirement_id: str
) -> Flag:
    clock.move(timedelta(hours=1))
    judge(session, clock, assessment.id)
    return flag_of(session, assessment, requirement_id)


@pytest.mark.parametrize("action", ["confirm", "accept", "waive"])
def test_a_decision_stands_while_nothing_changes(
    session: Session, clock: MovableClock, assessment: Assessment, decided, action: str
) -> None:
    before = decided(RTO, action)
    state, version = before.state, before.version
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.version) == (state, version)


@pytest.mark.parametrize("action", ["confirm", "accept", "waive"])
def test_another_answer_re_opens_every_sort_of_decision(
    session: Session, clock: MovableClock, assessment: Assessment, decided, action: str
) -> None:
    decided(RTO, action)
    reviewed.answer(session, clock, assessment, question_of(RTO), 20)
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.decision, flag.waived_until) == ("open", None, None)
    assert flag.reopened_why == "The vendor changed the answer."
    assert "20" in flag.explanation
    assert reviewed.events(session, flag)[-1] == "reopened"


def test_another_comment_is_another_answer(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(RTO)
    value = BAD[question_of(RTO)]
    reviewed.answer(session, clock, assessment, question_of(RTO), value, comment="From March: 8.")
    assert rejudged(session, clock, assessment, RTO).state == "open"


def test_the_same_answer_again_re_opens_nothing(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(RTO)
    reviewed.answer(session, clock, assessment, question_of(RTO), 20)
    reviewed.answer(session, clock, assessment, question_of(RTO), BAD[question_of(RTO)])
    assert rejudged(session, clock, assessment, RTO).state == "accepted"


def test_an_answer_that_meets_the_requirement_closes_a_decided_flag(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(RTO, "waive")
    reviewed.answer(session, clock, assessment, question_of(RTO), 8)
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.decision, flag.waived_until) == ("closed", None, None)


def test_new_evidence_re_opens(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(RTO)
    reviewed.attach(session, assessment, question_of(RTO), "test_report")
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.reopened_why) == ("open", "The evidence changed.")


def test_evidence_that_is_taken_away_re_opens(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    file = reviewed.attach(session, assessment, question_of(DOCUMENT), "reference_letter")
    judge(session, clock, assessment.id)
    decided(DOCUMENT)
    file.removed_at = clock()
    session.flush()
    flag = rejudged(session, clock, assessment, DOCUMENT)
    assert flag.reopened_why == "The evidence changed."


def test_evidence_on_another_question_re_opens_nothing(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(RTO)
    reviewed.attach(session, assessment, question_of(MAJOR), "contract")
    assert rejudged(session, clock, assessment, RTO).state == "accepted"


def test_a_changed_requirement_re_opens_and_its_neighbours_stay_decided(
    session: Session, clock: MovableClock, rfi: Rfi, assessment: Assessment, decided
) -> None:
    decided(MINOR)
    decided(RTO)
    wanted = reviewed.documents(*ALL)
    changed = next(one for one in wanted if one["id"] == RTO)
    changed["threshold"] = 2
    reviewed.freeze(session, rfi, 2, wanted)
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.reopened_why) == ("open", "The requirement changed.")
    assert flag.basis["set"] == 2
    assert flag_of(session, assessment, MINOR).state == "accepted"


def test_a_brief_that_changed_where_the_requirement_looks_re_opens(
    session: Session, clock: MovableClock, rfi: Rfi, assessment: Assessment, decided
) -> None:
    decided(RTO)
    decided(MINOR)
    rfi.brief = {"rto_hours": 6}
    session.flush()
    flag = rejudged(session, clock, assessment, RTO)
    assert flag.reopened_why == "The brief changed in what the requirement refers to."
    assert flag_of(session, assessment, MINOR).state == "accepted"


def test_another_answer_that_the_requirement_refers_to_re_opens(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(ACHIEVED)
    reviewed.answer(session, clock, assessment, question_of(RTO), 30)
    flag = rejudged(session, clock, assessment, ACHIEVED)
    assert flag.reopened_why == "Another answer that the requirement refers to changed."


def test_time_that_turns_unknown_into_not_met_re_opens(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    reviewed.attach(session, assessment, question_of(DOCUMENT), issued_on=date(2026, 11, 1))
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, DOCUMENT).state == "closed"
    clock.move(timedelta(days=365))
    judge(session, clock, assessment.id)
    flag = decided(DOCUMENT)
    assert flag.status == "not_met"
    assert rejudged(session, clock, assessment, DOCUMENT).state == "accepted"


def test_a_proposal_falls_when_its_answer_changes(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    flag = decided(MANDATORY)
    assert flag.proposed_action == "accept"
    reviewed.answer(session, clock, assessment, question_of(MANDATORY), state="dont_know")
    flag = rejudged(session, clock, assessment, MANDATORY)
    assert (flag.state, flag.proposed_action) == ("open", None)
    assert reviewed.events(session, flag)[-1] == "proposal_fell"


def test_a_proposal_stays_while_its_basis_stays(
    session: Session, clock: MovableClock, assessment: Assessment, decided
) -> None:
    decided(MANDATORY)
    assert rejudged(session, clock, assessment, MANDATORY).proposed_action == "accept"


def test_an_open_flag_says_what_is_so_now(
    session: Session, clock: MovableClock, assessment: Assessment
) -> None:
    reviewed.answer(session, clock, assessment, question_of(RTO), state="dont_know")
    flag = rejudged(session, clock, assessment, RTO)
    assert (flag.state, flag.status, flag.version) == ("open", "unknown", 2)
    assert reviewed.events(session, flag) == ["raised", "rejudged"]
