"""What the report is made out of: decisions, waivers and versions as they are stored."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.core.report import Matter, compose
from questionnaire.models import Assessment, Organisation, Rfi
from questionnaire.services import debriefing, reporting, reviewing, undoing
from questionnaire.services.auditing import Actor
from questionnaire.services.ruling import Decision
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.locks import amber, decide_all, remi_, rosa_
from tests.services.reviewed import MAJOR, MANDATORY, flag_of, question_of

__all__ = ["amber", "decide_all", "remi_", "rosa_"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def told(session: Session, clock: MovableClock, rfi: Rfi) -> Matter:
    session.expire_all()
    return reporting.matter(session, rfi.organisation_id, rfi.id, clock())


def decide(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    assessment: Assessment,
    requirement: str,
    decision: Decision,
) -> None:
    flag = flag_of(session, assessment, requirement)
    reviewing.decide(session, clock, actor, flag.id, flag.version, decision)


def test_a_decision_is_told_with_who_and_when(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, remi_: Actor
) -> None:
    accept = Decision("accept", "They told us by phone.")
    decide(session, clock, remi_, amber, MAJOR, accept)
    (made,) = told(session, clock, rfi).decisions
    assert (made.by, made.action, made.reason) == ("Remi Okafor", "accepted", accept.reason)
    assert (made.code, made.question, made.at) == (str(amber.id), question_of(MAJOR), clock())


def test_what_was_undone_is_told_no_more(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, remi_: Actor
) -> None:
    flag = flag_of(session, amber, MAJOR)
    batch = reviewing.decide(
        session, clock, remi_, flag.id, flag.version, Decision("confirm", "So it is.")
    )
    undoing.undo(session, clock, remi_, batch)
    assert told(session, clock, rfi).decisions == ()


def test_a_waiver_of_two_people_is_on_the_first_page(
    session: Session,
    clock: MovableClock,
    rfi: Rfi,
    amber: Assessment,
    remi_: Actor,
    rosa_: Actor,
) -> None:
    until = clock().date().replace(year=clock().date().year + 1)
    waive = Decision("waive", "Our own guards watch it.", until)
    decide(session, clock, remi_, amber, MANDATORY, waive)
    decide(session, clock, rosa_, amber, MANDATORY, Decision("agree"))
    found = told(session, clock, rfi)
    report = compose(found)
    ((_, row),) = ((one.name, one.rows) for _part, one in report.tables if one.name == "waivers")
    ((_vendor, subject, day, by, why),) = row
    assert subject.value == found.subject(question_of(MANDATORY))
    assert day.value == until
    assert "Remi Okafor" in str(by.value)
    assert "Rosa Lind" in str(by.value)
    assert why.value == "Our own guards watch it."


def test_it_names_the_versions_that_it_was_made_on(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment
) -> None:
    reviewed.freeze(session, rfi, 2, reviewed.documents(*reviewed.ALL))
    found = told(session, clock, rfi)
    assert found.versions.edition == rfi.edition_digest
    assert found.versions.requirement_set == 2
    assert [one.name for one in found.vendors] == ["Amber Call"]
    assert found.vendors[0].answer_versions == len(reviewed.BAD)


def test_a_language_without_a_catalogue_is_passed_through_and_figures_follow_it(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment
) -> None:
    report = reporting.report(session, rfi.organisation_id, rfi.id, clock(), "lv")
    assert report.language == "lv"


def test_the_own_team_stands_among_the_options_and_in_no_tier(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    amber: Assessment,
) -> None:
    own = reviewed.submitted(session, clock, organisation, rfi, vendor="Own", answers=reviewed.GOOD)
    own.in_house = True
    session.flush()
    found = told(session, clock, rfi)
    assert [one.name for one in found.vendors] == ["Amber Call"]
    assert found.own is not None
    assert [one.code for one in found.options] == [str(own.id), str(amber.id)]
    report = compose(found)
    (options,) = (one for _part, one in report.tables if one.name == "options")
    first = options.rows[0]
    assert str(first[0].value) == "Your own team"
    assert str(first[2].value) == "–", "it has no tier"
    assert isinstance(first[3].value, int), "it has gaps like everybody"
    lines = debriefing.lines(session, rfi.organisation_id, rfi.id)
    assert [one.vendor for one in lines] == ["Amber Call"], "nobody debriefs itself"
