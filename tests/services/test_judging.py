"""Judging: every frozen requirement against the answers, and the flags that come of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, AuditRow, FlagEvent, Judgement, Organisation
from questionnaire.services.faults import Missing
from questionnaire.services.judging import judge
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.reviewed import (
    ACHIEVED,
    ALL,
    BAD,
    DOCUMENT,
    GOOD,
    MAJOR,
    MANDATORY,
    MINOR,
    NEVER,
    PRICE,
    RTO,
    SECRET_PRICE,
    flag_of,
    flags_of,
    question_of,
    statuses,
)


def test_every_requirement_but_the_sealed_one_is_judged(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    found = statuses(session, assessment)
    assert set(found) == set(ALL) - {PRICE}
    assert found[DOCUMENT] == "unknown"
    assert {found[one] for one in (MANDATORY, MAJOR, MINOR, NEVER, RTO, ACHIEVED)} == {"not_met"}


def test_what_is_not_met_or_unknown_becomes_a_flag_with_its_reason(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    flags = flags_of(session, assessment)
    assert set(flags) == set(ALL) - {PRICE}
    rto = flags[RTO]
    assert (rto.severity, rto.severity_rank, rto.status, rto.state) == (
        "major",
        1,
        "not_met",
        "open",
    )
    assert "24" in rto.explanation
    assert "8" in rto.explanation
    assert rto.section_id == "resilience"
    assert rto.raised_at == clock()
    assert flags[NEVER].never_waivable
    assert not flags[MANDATORY].never_waivable
    assert reviewed.events(session, rto) == ["raised"]


def test_what_is_met_raises_nothing(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation, answers=GOOD)
    assert set(flags_of(session, assessment)) == {DOCUMENT}
    assert statuses(session, assessment)[RTO] == "met"


@pytest.mark.parametrize("state", ["blank", "dont_know", "not_applicable"])
def test_not_knowing_is_unknown_never_no(
    session: Session, clock: MovableClock, organisation: Organisation, state: str
) -> None:
    assessment = reviewed.submitted(session, clock, organisation, answers=GOOD)
    reviewed.answer(session, clock, assessment, question_of(MAJOR), state=state, reason="It is so.")
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, MAJOR).status == "unknown"


def test_an_answer_that_was_never_given_is_unknown(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation, answers={})
    assert set(statuses(session, assessment).values()) == {"unknown"}


def test_the_sealed_price_stands_in_no_judgement_flag_or_trail(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    assert reviewed.question_of(PRICE) in BAD
    for table in (Judgement, FlagEvent, AuditRow, Assessment):
        written = str(session.execute(sa.select(*table.__table__.columns)).all())
        assert len(written) > 10
        assert str(SECRET_PRICE) not in written
        assert question_of(PRICE) not in written
    for flag in flags_of(session, assessment).values():
        assert str(SECRET_PRICE) not in f"{flag.explanation} {flag.basis}"


def test_judging_twice_writes_nothing_the_second_time(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)

    def rows() -> list[object]:
        return [
            session.execute(sa.select(*table.__table__.columns).order_by(table.id)).all()
            for table in (Judgement, FlagEvent, AuditRow)
        ] + [{id_: one.version for id_, one in flags_of(session, assessment).items()}]

    before = rows()
    clock.move(timedelta(hours=1))
    judge(session, clock, assessment.id)
    assert rows() == before


def test_the_number_of_statements_does_not_grow_with_the_flags(
    session: Session, clock: MovableClock, organisation: Organisation, connection: sa.Connection
) -> None:
    rfi = reviewed.reviewed_rfi(session, organisation)
    few = reviewed.submitted(session, clock, organisation, rfi, answers=GOOD)
    many = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Desk", answers={})
    counts = []
    for assessment in (few, many):
        for question_id in GOOD:
            reviewed.answer(session, clock, assessment, question_id, state="dont_know")
        with statements(connection) as seen:
            judge(session, clock, assessment.id)
        counts.append(len(seen))
    # Of them one finds what counts once with an open finding, and on PostgreSQL one locks.
    assert max(counts) <= 18


def test_an_unknown_assessment_is_missing(session: Session, clock: MovableClock) -> None:
    with pytest.raises(Missing):
        judge(session, clock, new_id())


def test_open_flags_are_counted_on_the_assessment(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    counted = (assessment.open_mandatory, assessment.open_major, assessment.open_minor)
    assert counted == (2, 4, 1)


def test_a_gap_that_is_gone_closes_its_flag_and_opens_again_when_it_is_back(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    reviewed.answer(session, clock, assessment, question_of(MINOR), True)
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, MINOR)
    assert flag.state == "closed"
    session.expire_all()
    assert assessment.open_minor == 0
    reviewed.answer(session, clock, assessment, question_of(MINOR), False)
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, MINOR)
    assert (flag.state, flag.reopened_why) == ("open", "It was met and is not any more.")
    assert reviewed.events(session, flag) == ["raised", "closed", "reopened"]


def test_the_day_is_that_of_the_clock_in_utc(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation, answers=GOOD)
    reviewed.attach(session, assessment, question_of(DOCUMENT), issued_on=date(2026, 5, 24))
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, DOCUMENT).state == "closed"
    clock.move(timedelta(days=1, hours=14, minutes=59))
    judge(session, clock, assessment.id)
    assert statuses(session, assessment)[DOCUMENT] == "met"
    clock.move(timedelta(minutes=1))
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, DOCUMENT)
    assert (flag.state, flag.status) == ("open", "not_met")


def test_a_requirement_that_left_the_set_takes_its_judgement_and_flag_along(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    rfi = reviewed.reviewed_rfi(session, organisation)
    assessment = reviewed.submitted(session, clock, organisation, rfi)
    kept = [one for one in ALL if one != MINOR]
    reviewed.freeze(session, rfi, 2, reviewed.documents(*kept))
    judge(session, clock, assessment.id)
    assert MINOR not in statuses(session, assessment)
    flag = flag_of(session, assessment, MINOR)
    assert flag.state == "closed"
    assert reviewed.events(session, flag) == ["raised", "dropped"]


def test_what_the_buyer_switched_off_or_did_not_ask_is_not_judged(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    rfi = reviewed.reviewed_rfi(session, organisation)
    wanted = reviewed.documents(*ALL)
    wanted[0]["off"] = True
    reviewed.freeze(session, rfi, 2, wanted)
    rfi.question_ids = [one for one in rfi.question_ids if one != question_of(MAJOR)]
    assessment = reviewed.submitted(session, clock, organisation, rfi)
    assert set(statuses(session, assessment)) == set(ALL) - {PRICE, MAJOR, MINOR}


def test_one_audit_row_tells_of_a_judging(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    assessment = reviewed.submitted(session, clock, organisation)
    row = session.scalars(sa.select(AuditRow).filter_by(action="judged")).one()
    assert (row.actor_kind, row.assessment_id) == ("service", assessment.id)
    assert row.details["flags"] == {"raised": 7}
    assert row.details["unknown"] == 1
