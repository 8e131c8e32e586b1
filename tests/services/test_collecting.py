"""Documents that wait for a reviewer: whose, in which order, and whatever is not to be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Clarification, Organisation, Rfi, User
from questionnaire.services import collecting
from questionnaire.services.collecting import Key
from questionnaire.services.reading import UNTOUCHED
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.assured import REFUSED, assessment, by_remi, paper, review, rfi
from tests.services.reviewed import MAJOR, PRICE, RTO, question_of

__all__ = ["assessment", "by_remi", "paper", "review", "rfi"]


@pytest.fixture
def waiting(session: Session, organisation: Organisation, remi: User):
    """Call it for the page of the list."""

    def waiting(**where):
        return collecting.page(session, organisation.id, remi.id, **where)

    return waiting


def attached(session: Session, assessment: Assessment, count: int) -> list:
    """So many documents in the order of their ids."""
    return [
        reviewed.attach(session, assessment, question_of(RTO), content=b"%PDF-1.7 " + bytes([n]))
        for n in range(count)
    ]


def test_documents_stand_by_vendor_until_they_are_reviewed(
    session: Session, clock: MovableClock, organisation, rfi, assessment, paper, waiting, review
) -> None:
    other = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Lines", answers={})
    theirs = reviewed.attach(session, other, question_of(MAJOR))
    second = reviewed.attach(session, assessment, question_of(MAJOR), content=b"%PDF-1.7 second")
    rows = waiting().rows
    assert [one.id for one in rows] == [paper.id, second.id, theirs.id]
    assert [one.vendor for one in rows] == ["Amber Call", "Amber Call", "Cobalt Lines"]
    assert [one.id for one in waiting(assessment_id=other.id).rows] == [theirs.id]
    review(paper)
    review(second, REFUSED)
    assert [one.id for one in waiting().rows] == [theirs.id]


def test_what_is_sealed_removed_or_not_handed_in_is_not_listed(
    session: Session, clock: MovableClock, organisation, rfi, assessment, paper, waiting
) -> None:
    reviewed.attach(session, assessment, question_of(PRICE), content=b"%PDF-1.7 price")
    gone = reviewed.attach(session, assessment, question_of(MAJOR), content=b"%PDF-1.7 gone")
    gone.removed_at = clock()
    drafting = reviewed.submitted(session, clock, organisation, rfi, vendor="Dune", answers={})
    drafting.state, drafting.submitted_at = "in_progress", None
    reviewed.attach(session, drafting, question_of(RTO))
    session.flush()
    assert [one.id for one in waiting().rows] == [paper.id]


def test_a_document_of_a_reply_is_listed_once_the_reply_is_sent(
    session: Session, clock: MovableClock, assessment: Assessment, waiting
) -> None:
    asked = Clarification(
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        question_id=question_of(RTO),
        remark="Newer?",
        before=UNTOUCHED.to_json(),
        asked_at=clock(),
    )
    session.add(asked)
    clock.move(timedelta(days=1))
    paper = reviewed.attach(session, assessment, question_of(RTO))
    paper.uploaded_at = clock()
    session.flush()
    assert waiting().rows == ()
    asked.answered_at = clock()
    session.flush()
    assert [one.id for one in waiting().rows] == [paper.id]


def test_a_withdrawn_round_and_another_company_have_nothing_to_review(
    session: Session, rfi: Rfi, paper, waiting, stan: User, organisation, remi
) -> None:
    theirs = stan.memberships[0].organisation_id
    assert collecting.page(session, theirs, stan.id).rows == ()
    assert collecting.page(session, organisation.id, stan.id).rows == ()
    assert collecting.count(session, organisation.id, remi.id) == 1
    rfi.state = "withdrawn"
    session.flush()
    assert waiting().rows == ()


def test_pages_go_by_key_forwards_and_backwards(
    session: Session, assessment: Assessment, waiting
) -> None:
    ids = [one.id for one in attached(session, assessment, 47)]
    first = waiting()
    assert [one.id for one in first.rows] == ids[:20]
    assert first.before is None
    second = waiting(after=first.after)
    third = waiting(after=second.after)
    assert [one.id for one in second.rows] == ids[20:40]
    assert [one.id for one in third.rows] == ids[40:]
    assert third.after is None
    assert [one.id for one in waiting(before=third.before).rows] == ids[20:40]
    assert waiting(before=second.before).before is None


def test_neighbours_are_found_from_a_document_that_was_just_reviewed(
    session: Session, organisation, remi, assessment: Assessment, review
) -> None:
    papers = attached(session, assessment, 3)
    keys = [Key(assessment.id, one.id) for one in papers]
    review(papers[1])

    def neighbour(key, **how):
        return collecting.neighbour(session, organisation.id, remi.id, key, **how)

    assert neighbour(None) == keys[0]
    assert neighbour(keys[1]) == keys[2]
    assert neighbour(keys[1], back=True) == keys[0]
    assert neighbour(keys[2]) is None


def test_a_page_asks_as_often_for_one_document_as_for_many(
    session: Session, connection: sa.Connection, assessment: Assessment, waiting
) -> None:
    attached(session, assessment, 1)
    with statements(connection) as few:
        waiting()
    attached(session, assessment, 40)
    with statements(connection) as many:
        waiting()
    assert len(few) == len(many) == 2


@pytest.mark.parametrize("text", ["", "x", "1_2", None, "a" * 500])
def test_a_key_that_cannot_be_read_is_none(text) -> None:
    assert Key.read(text) is None
