"""Alike flags decided together: what the preview says is what happens; undoing puts it back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, AuditRow, FlagEvent, Organisation, Rfi, User
from questionnaire.services import deciding_together, reviewing, ruling, undoing
from questionnaire.services.auditing import Actor
from questionnaire.services.deciding_together import MOST, ChangedSince, Group
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.reviewed import (
    DOCUMENT,
    MAJOR,
    MANDATORY,
    MINOR,
    NEVER,
    RTO,
    flag_of,
    flags_of,
)

ACCEPT = Decision("accept", "All of them are covered by the contract.")


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation)


@pytest.fixture
def assessment(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi
) -> Assessment:
    return reviewed.submitted(session, clock, organisation, rfi)


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


def test_the_preview_stores_nothing_and_says_what_then_happens_to_each(
    session: Session, clock: MovableClock, by_remi: Actor, assessment: Assessment, seen
) -> None:
    versions = seen()
    rulings = deciding_together.preview(session, clock, by_remi, versions, ACCEPT)
    told = {one.flag.requirement_id: one.effect for one in rulings}
    assert told[MANDATORY] == "accept_proposed"
    assert told[NEVER] == "refused"
    assert Counter(told.values()) == {"accepted": 5, "accept_proposed": 1, "refused": 1}
    assert next(one for one in rulings if one.effect == "refused").refused == ruling.NEVER
    assert seen() == versions
    batch = deciding_together.decide(session, clock, by_remi, versions, ACCEPT)
    happened = {
        one.flag.requirement_id: one.action
        for one in undoing.steps(session, by_remi.organisation_id, batch)
    }
    assert happened == {name: effect for name, effect in told.items() if effect != "refused"}
    session.expire_all()
    assert (assessment.open_mandatory, assessment.open_major, assessment.open_minor) == (2, 0, 0)


def test_every_flag_of_a_batch_has_its_own_event_and_audit_row(
    session: Session, clock: MovableClock, by_remi: Actor, seen
) -> None:
    batch = deciding_together.decide(session, clock, by_remi, seen(RTO, MAJOR, MINOR), ACCEPT)
    events = session.scalars(sa.select(FlagEvent).filter_by(batch=batch)).all()
    assert {one.reason for one in events} == {ACCEPT.reason}
    audited = session.scalars(sa.select(AuditRow).filter_by(action="accepted")).all()
    assert {one.object_id for one in audited} == {str(one.flag_id) for one in events}
    assert {one.details["batch"] for one in audited} == {str(batch)}
    assert len(audited) == 3


def test_a_bulk_proposal_wants_a_second_person_for_each_mandatory_one(
    session: Session, clock: MovableClock, by_remi: Actor, by_rosa: Actor, assessment, seen
) -> None:
    waive = Decision("waive", "Until the new site opens.", date(2027, 6, 1))
    deciding_together.decide(session, clock, by_remi, seen(MANDATORY, RTO), waive)
    agree = Decision("agree")
    with pytest.raises(Refused):
        deciding_together.decide(session, clock, by_remi, seen(MANDATORY), agree)
    deciding_together.decide(session, clock, by_rosa, seen(MANDATORY), agree)
    flag = flag_of(session, assessment, MANDATORY)
    assert (flag.state, flag.waived_until) == ("waived", date(2027, 6, 1))


def test_nothing_is_decided_when_one_has_changed_since_the_preview(
    session: Session, clock: MovableClock, by_remi: Actor, by_rosa: Actor, assessment, seen
) -> None:
    versions = seen(RTO, MAJOR)
    changed = flag_of(session, assessment, RTO)
    reviewing.decide(session, clock, by_rosa, changed.id, 1, Decision("confirm"))
    with pytest.raises(ChangedSince) as refused:
        deciding_together.decide(session, clock, by_remi, versions, ACCEPT)
    assert refused.value.ids == (changed.id,)
    assert flag_of(session, assessment, MAJOR).state == "open"


def test_when_it_fits_none_of_them_it_is_refused(
    session: Session, clock: MovableClock, by_remi: Actor, seen
) -> None:
    with pytest.raises(Refused, match="None of these"):
        deciding_together.decide(session, clock, by_remi, seen(NEVER), ACCEPT)


def test_somebody_elses_flag_in_the_list_makes_all_of_it_missing(
    session: Session, clock: MovableClock, by_remi: Actor, stan: User, seen
) -> None:
    elsewhere = stan.memberships[0].organisation
    foreign = reviewed.submitted(session, clock, elsewhere)
    for other in (flag_of(session, foreign, RTO).id, new_id()):
        mixed = seen(RTO) | {other: 1}
        with pytest.raises(Missing):
            deciding_together.preview(session, clock, by_remi, mixed, ACCEPT)
        with pytest.raises(Missing):
            deciding_together.decide(session, clock, by_remi, mixed, ACCEPT)
    group = Group(assessment_id=foreign.id)
    assert deciding_together.choose(session, by_remi.organisation_id, group) == []


def test_a_list_has_at_least_one_and_at_most_so_many(
    session: Session, clock: MovableClock, by_remi: Actor
) -> None:
    for ids in ([], [new_id() for _ in range(MOST + 1)]):
        with pytest.raises(Invalid):
            deciding_together.preview(session, clock, by_remi, ids, ACCEPT)


def test_alike_is_one_requirement_over_vendors_or_one_section_of_a_vendor(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi, assessment
) -> None:
    other = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Desk")
    choose = deciding_together.choose
    alike = choose(session, organisation.id, Group(rfi_id=rfi.id, requirement_id=RTO))
    assert {one.assessment_id for one in alike} == {assessment.id, other.id}
    section = choose(
        session, organisation.id, Group(assessment_id=other.id, section_id="resilience")
    )
    assert {one.section_id for one in section} == {"resilience"}
    assert {one.assessment_id for one in section} == {other.id}
    with pytest.raises(Missing):
        choose(session, organisation.id, Group(section_id="resilience"))


def test_statements_do_not_grow_with_the_number_of_flags(
    session: Session, clock: MovableClock, by_remi: Actor, seen, connection: sa.Connection
) -> None:
    session.commit()
    counts = []
    for requirements in ((RTO,), (MAJOR, MINOR, DOCUMENT, MANDATORY)):
        versions = seen(*requirements)
        with statements(connection) as ran:
            batch = deciding_together.decide(session, clock, by_remi, versions, ACCEPT)
            undoing.undo(session, clock, by_remi, batch)
            session.flush()
        counts.append(len(ran))
        clock.move(timedelta(minutes=1))
    assert counts[0] == counts[1]
    # Each decision also finds what counts once with an open finding.
    assert counts[0] <= 22
