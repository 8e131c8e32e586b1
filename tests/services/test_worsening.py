"""What became worse since the vendor's last answer is kept beside the judgement."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, Clarification, Judgement
from questionnaire.services import overlooking
from questionnaire.services.judging import judge
from tests.services import reviewed
from tests.services.reviewed import (
    ACHIEVED,
    DOCUMENT,
    GOOD,
    MAJOR,
    PRICE,
    RTO,
    question_of,
)  # fmt: skip

DAY = timedelta(days=1)


@pytest.fixture
def twice(session, clock, organisation):
    """Call it with what changed: the same vendor in two RFIs, sixty days apart."""

    def twice(then=GOOD, **changed):
        first = reviewed.submitted(session, clock, organisation, answers=then)
        clock.move(60 * DAY)
        rfi = reviewed.reviewed_rfi(session, organisation, title="The year after")
        now = reviewed.submitted(
            session, clock, organisation, rfi, vendor="Stand-in", answers=GOOD | changed
        )
        now.vendor_id = first.vendor_id
        session.flush()
        judge(session, clock, now.id)
        session.expire_all()
        return first, now

    return twice


def worse_of(session, assessment):
    query = sa.select(Judgement.requirement_id, Judgement.status, Judgement.worse).where(
        Judgement.assessment_id == assessment.id, Judgement.worse.is_not(None)
    )
    return {id: (status, worse) for id, status, worse in session.execute(query)}


def test_what_was_met_and_is_not_any_more_says_what_was_said_when_and_where(session, twice) -> None:
    first, now = twice(**{question_of(ACHIEVED): 48})
    (found,) = worse_of(session, now).items()
    assert found[0] == ACHIEVED
    status, worse = found[1]
    assert status == "not_met"
    assert (worse["was"], worse["value"], worse["rfi"]) == ("met", 3, first.rfi.title)
    assert worse["since"] == first.submitted_at.isoformat(timespec="seconds")


def test_what_is_met_still_but_worse_is_listed_and_is_no_gap(
    session, organisation, remi, twice
) -> None:
    _first, now = twice(**{question_of(ACHIEVED): 4})
    assert {id: status for id, (status, _) in worse_of(session, now).items()} == {ACHIEVED: "met"}
    seen = overlooking.overlook(session, organisation.id, remi.id, now.id)
    assert [one.question.id for one in seen.slipping] == [question_of(ACHIEVED)]
    assert [one.flag_id for one in seen.slipping] == [None]


def test_a_reply_that_was_sent_later_is_not_what_was_said_before(session, clock, twice) -> None:
    """In March the first answer becomes better than the one of February: nothing became worse."""
    question = question_of(ACHIEVED)
    first, now = twice(GOOD | {question: 4}, **{question: 4})
    clock.move(30 * DAY)
    session.add(
        Clarification(
            organisation_id=first.organisation_id, assessment_id=first.id, question_id=question,
            remark="Again?", asked_at=clock(), answered_at=clock(), answered_version=2,
            before={"state": "answered", "value": 4, "comment": "", "reason": "", "files": []},
        )
    )  # fmt: skip
    session.execute(
        sa.update(Answer)
        .where(Answer.assessment_id == first.id, Answer.question_id == question)
        .values(value=2)
    )
    judge(session, clock, now.id)
    session.expire_all()
    assert worse_of(session, now) == {}


def test_the_same_or_a_better_answer_is_no_worse(session, twice) -> None:
    _first, now = twice(**{question_of(ACHIEVED): 2})
    assert worse_of(session, now) == {}


def test_what_was_not_known_and_is_not_met_is_no_worse(session, twice) -> None:
    then = {id: value for id, value in GOOD.items() if id != question_of(ACHIEVED)}
    _first, now = twice(then, **{question_of(ACHIEVED): 48})
    assert worse_of(session, now) == {}


def test_answers_of_one_rfi_alone_documents_and_prices_are_never_compared(session, twice) -> None:
    worst = {question_of(PRICE): 1, question_of(RTO): 7, question_of(MAJOR): False}
    _first, now = twice(**worst)
    assert {PRICE, RTO, MAJOR, DOCUMENT}.isdisjoint(worse_of(session, now))


def test_a_vendor_that_was_never_asked_before_has_become_nothing(
    session, clock, organisation
) -> None:
    assert worse_of(session, reviewed.submitted(session, clock, organisation)) == {}


def test_another_vendors_better_answer_makes_none_worse(session, clock, organisation) -> None:
    reviewed.submitted(session, clock, organisation, answers=GOOD)
    clock.move(60 * DAY)
    rfi = reviewed.reviewed_rfi(session, organisation, title="The year after")
    bad = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Desk")
    assert worse_of(session, bad) == {}


def test_judging_again_writes_nothing_new(session, clock, twice) -> None:
    _first, now = twice(**{question_of(ACHIEVED): 48})
    before = worse_of(session, now)
    clock.move(DAY)
    judge(session, clock, now.id)
    session.expire_all()
    assert worse_of(session, now) == before
    moments = session.scalars(
        sa.select(Judgement.judged_at).where(Judgement.assessment_id == now.id)
    )
    assert clock() not in set(moments)
