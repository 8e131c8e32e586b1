"""Findings raise flags with the same life as gaps: decided, re-opened, closed, counted once."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Flag, Organisation, User
from questionnaire.services import deciding_together, grouping, queueing, reviewing, undoing
from questionnaire.services.auditing import Actor
from questionnaire.services.deciding_together import Group
from questionnaire.services.faults import Refused
from questionnaire.services.filtering import Filter
from questionnaire.services.judging import judge
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import found, reviewed
from tests.services.found import PROMISED, SLOWER, TOOK, finding_flag, slow, slow_rfi
from tests.services.reviewed import ACHIEVED, answer, events, flags_of


@pytest.fixture
def remi_acts(remi: User, organisation: Organisation) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    return slow(session, clock, organisation)


@pytest.fixture
def decide(session: Session, clock: MovableClock, assessment: Assessment, remi_acts: Actor):
    def act(action: str, finding_id: str = SLOWER, actor: Actor = remi_acts, **values) -> Flag:
        flag = finding_flag(session, assessment, finding_id)
        made = Decision(action, values.pop("reason", "We know why."), **values)
        reviewing.decide(session, clock, actor, flag.id, flag.version, made)
        return finding_flag(session, assessment, finding_id)

    return act


def again(session: Session, clock: MovableClock, assessment: Assessment) -> Flag:
    judge(session, clock, assessment.id)
    return finding_flag(session, assessment)


def open_counts(session: Session, assessment: Assessment) -> tuple[int, int, int]:
    session.refresh(assessment)
    return assessment.open_mandatory, assessment.open_major, assessment.open_minor


def test_a_finding_raises_a_flag_with_its_figures_and_what_it_was_computed_from(
    session: Session, assessment: Assessment
) -> None:
    flag = finding_flag(session, assessment)
    assert (flag.severity, flag.status, flag.state) == ("major", "not_met", "open")
    assert flag.explanation == "The last test took 9 h, the promise is 4 h."
    assert flag.basis["questions"] == [TOOK, PROMISED] or flag.basis["questions"] == [
        PROMISED,
        TOOK,
    ]
    assert flag.requirement_id is None
    assert flag.question_id in (PROMISED, TOOK)
    assert events(session, flag) == ["raised"]


def test_judging_twice_without_a_change_writes_nothing(
    session: Session, clock: MovableClock, assessment: Assessment
) -> None:
    before = {name: flag.version for name, flag in flags_of(session, assessment).items()}
    judge(session, clock, assessment.id)
    assert {name: flag.version for name, flag in flags_of(session, assessment).items()} == before
    assert events(session, finding_flag(session, assessment)) == ["raised"]


def test_what_nobody_can_tell_is_an_unknown_flag_with_the_reason(
    session: Session, clock: MovableClock, assessment: Assessment
) -> None:
    answer(session, clock, assessment, TOOK, None, state="dont_know")
    flag = again(session, clock, assessment)
    assert (flag.status, flag.state, flag.question_id) == ("unknown", "open", TOOK)
    assert flag.explanation.startswith("Nobody can tell: ")
    assert "is not known" in flag.explanation


@pytest.mark.parametrize("question", [PROMISED, TOOK])
def test_a_decision_falls_when_any_answer_that_it_rests_on_changes(
    session: Session, clock: MovableClock, assessment: Assessment, decide, question: str
) -> None:
    assert decide("accept").state == "accepted"
    assert again(session, clock, assessment).state == "accepted"
    answer(session, clock, assessment, question, 5 if question == PROMISED else 8)
    flag = again(session, clock, assessment)
    assert (flag.state, flag.decision) == ("open", None)
    assert flag.reopened_why == "The vendor changed an answer that this was computed from."


def test_a_decision_falls_when_evidence_beside_one_of_the_answers_changes(
    session: Session, clock: MovableClock, assessment: Assessment, decide
) -> None:
    decide("confirm")
    reviewed.attach(session, assessment, TOOK, "test_report")
    assert again(session, clock, assessment).reopened_why == "The evidence changed."


def test_a_decision_falls_when_a_requirement_on_one_of_the_answers_changes(
    session: Session, clock: MovableClock, assessment: Assessment, decide
) -> None:
    decide("confirm")
    same = reviewed.documents(*reviewed.ALL)
    reviewed.freeze(session, assessment.rfi, 2, same)
    assert again(session, clock, assessment).state == "gap_confirmed"
    other = [one | {"severity": "minor"} if one["id"] == ACHIEVED else one for one in same]
    reviewed.freeze(session, assessment.rfi, 3, other)
    assert again(session, clock, assessment).reopened_why == "The requirement changed."


def test_a_finding_that_the_answers_do_not_show_any_more_closes_and_can_come_back(
    session: Session, clock: MovableClock, assessment: Assessment
) -> None:
    answer(session, clock, assessment, TOOK, 3)
    assert again(session, clock, assessment).state == "closed"
    answer(session, clock, assessment, TOOK, 9)
    flag = again(session, clock, assessment)
    assert flag.state == "open"
    assert flag.reopened_why == "It had gone, and the answers show it again."
    assert events(session, flag) == ["raised", "gone", "reopened"]


def test_a_waiver_holds_until_its_day_and_opens_again_by_itself(
    session: Session, clock: MovableClock, assessment: Assessment, decide
) -> None:
    until = date(clock().year + 1, 1, 1)
    assert decide("waive", until=until).waived_until == until
    clock.present = clock().replace(year=until.year, month=2)
    assert reviewing.reopen_lapsed(session, clock) == 1
    assert finding_flag(session, assessment).state == "open"


def test_an_answer_that_does_not_apply_is_no_matter_of_a_finding(decide) -> None:
    with pytest.raises(Refused, match="with the requirements"):
        decide("not_applicable")


def test_two_people_close_a_mandatory_finding(
    session: Session, clock: MovableClock, organisation: Organisation, remi: User, rosa: User
) -> None:
    rfi = slow_rfi(session, organisation, found.SITES, found.ALTERNATE)
    answers = {PROMISED: 4, TOOK: 3, found.SITES: [found.SITE], found.ALTERNATE: "none"}
    assessment = slow(session, clock, organisation, rfi, answers=answers)
    flag = finding_flag(session, assessment, "no-redundancy")
    assert (flag.severity, flag.never_waivable) == ("mandatory", False)
    first, second = (actor_of(one, organisation) for one in (remi, rosa))
    made = Decision("accept", "Agents are at home within the hour.")
    reviewing.decide(session, clock, first, flag.id, flag.version, made)
    flag = finding_flag(session, assessment, "no-redundancy")
    assert (flag.state, flag.proposed_action) == ("open", "accept")
    with pytest.raises(Refused):
        reviewing.decide(session, clock, first, flag.id, flag.version, Decision("agree"))
    reviewing.decide(session, clock, second, flag.id, flag.version, Decision("agree"))
    assert finding_flag(session, assessment, "no-redundancy").state == "accepted"


def test_what_the_law_forbids_is_neither_waived_nor_accepted(
    session: Session, clock: MovableClock, organisation: Organisation, remi_acts: Actor
) -> None:
    rfi = slow_rfi(
        session,
        organisation,
        "payments.method",
        profiles=["general-retail", "card-payments"],
        brief={"rto_hours": 24, "data_classes": ["card"]},
    )
    answers = {PROMISED: 4, TOOK: 3, "payments.method": "heard_recorded"}
    assessment = slow(session, clock, organisation, rfi, answers=answers)
    flag = finding_flag(session, assessment, "card-data-exposed")
    assert flag.never_waivable
    made = Decision("accept", "It will be fine.")
    with pytest.raises(Refused, match="law or the card schemes"):
        reviewing.decide(session, clock, remi_acts, flag.id, flag.version, made)


def test_the_gap_that_it_explains_is_neither_listed_nor_counted_until_it_is_decided(
    session: Session, clock: MovableClock, assessment: Assessment, decide, remi: User
) -> None:
    flags = flags_of(session, assessment)
    assert flags[ACHIEVED].explained_by == SLOWER
    assert flags[ACHIEVED].covered
    assert open_counts(session, assessment) == (0, 1, 0)

    def listed() -> list[str | None]:
        who = (session, assessment.organisation_id, remi.id)
        page = queueing.page(*who, clock(), Filter())
        sections = grouping.sections(*who, assessment.id)
        assert sum(one.count for one in sections) == len(page.rows)
        return [one.finding_id or one.requirement_id for one in page.rows]

    assert listed() == [SLOWER]
    decide("confirm")
    assert open_counts(session, assessment) == (0, 1, 0)
    assert listed() == [ACHIEVED]
    decide("reopen")
    assert listed() == [SLOWER]


def test_the_queue_shows_findings_or_requirements_alone(
    session: Session, clock: MovableClock, assessment: Assessment, remi: User
) -> None:
    answer(session, clock, assessment, PROMISED, 48)
    judge(session, clock, assessment.id)

    def listed(**wanted) -> set[str | None]:
        page = queueing.page(
            session, assessment.organisation_id, remi.id, clock(), Filter(**wanted)
        )
        return {one.finding_id or one.requirement_id for one in page.rows}

    answer(session, clock, assessment, TOOK, 99)
    judge(session, clock, assessment.id)
    assert listed(kind="findings") == listed(finding=SLOWER) == {SLOWER}
    assert listed(kind="gaps") == {reviewed.RTO}


def test_one_finding_is_decided_for_several_vendors_together_and_undone(
    session: Session, clock: MovableClock, organisation: Organisation, remi_acts: Actor
) -> None:
    rfi = slow_rfi(session, organisation)
    several = [slow(session, clock, organisation, rfi, vendor=name) for name in ("Amber", "Cobalt")]
    chosen = deciding_together.choose(
        session, organisation.id, Group(rfi_id=rfi.id, finding_id=SLOWER)
    )
    assert {one.assessment_id for one in chosen} == {one.id for one in several}
    seen = {one.id: one.version for one in chosen}
    batch = deciding_together.decide(session, clock, remi_acts, seen, Decision("confirm"))
    assert {finding_flag(session, one).state for one in several} == {"gap_confirmed"}
    undoing.undo(session, clock, remi_acts, batch)
    assert {finding_flag(session, one).state for one in several} == {"open"}
    assert [open_counts(session, one) for one in several] == [(0, 1, 0)] * 2


def test_an_rfi_without_a_profile_has_no_finding_to_decide_about(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    rfi = slow_rfi(session, organisation, profiles=[])
    assessment = slow(session, clock, organisation, rfi)
    assert set(flags_of(session, assessment)) == {ACHIEVED}


def test_a_flag_is_about_one_thing_and_each_once(session: Session, assessment: Assessment) -> None:
    flag = finding_flag(session, assessment)
    columns = {one.name: getattr(flag, one.name) for one in Flag.__table__.columns}
    for wrong in ({"requirement_id": "a.b#1"}, {"finding_id": None}, {}):
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(sa.insert(Flag), [columns | {"id": new_id()} | wrong])
