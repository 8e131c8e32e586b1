"""Reviewing documents: what they prove is kept, judged at once, and never overwritten unseen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import (
    Assessment,
    AuditRow,
    Clarification,
    EvidenceReview,
    Message,
    ReviewLock,
    User,
)
from questionnaire.services import clarifying, recalling, reviewing
from questionnaire.services.assuring import Stale
from questionnaire.services.auditing import Actor
from questionnaire.services.editions import current_bank
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.judging import judge
from questionnaire.services.proving import NOT_ACCEPTED, Proof
from questionnaire.services.ruling import Decision
from questionnaire.services.tallying import understanding_in
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.assured import (
    LINKS,
    REFUSED,
    SEEN,
    assessment,
    by_remi,
    paper,
    review,
    rfi,
)
from tests.services.reviewed import MAJOR, PRICE, RTO, flag_of, question_of, statuses

__all__ = ["assessment", "by_remi", "paper", "review", "rfi"]


def test_what_is_only_said_is_unknown_until_somebody_has_read_the_document(
    session: Session, assessment: Assessment, paper, review
) -> None:
    assert statuses(session, assessment)[RTO] == "unknown"
    assert "has not been reviewed yet" in flag_of(session, assessment, RTO).explanation
    assert "no document was supplied" in flag_of(session, assessment, MAJOR).explanation
    assert review(paper)
    assert statuses(session, assessment)[RTO] == "met"
    flag = flag_of(session, assessment, RTO)
    assert flag.state == "closed"
    assert reviewed.events(session, flag)[-1] == "closed"
    known = understanding_in(assessment.tally)
    assert known is not None
    assert (known.evidenced, known.reviewed) == (1, 1)


def test_a_review_is_kept_with_who_and_when_and_told_in_the_trail(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, remi: User
) -> None:
    review(paper)
    (kept,) = recalling.history(session, paper.id)
    assert Proof.of(kept) == SEEN
    assert (kept.version, kept.by, kept.at) == (1, remi.name, clock())
    assert paper.reviews == 1
    row = session.scalars(sa.select(AuditRow).filter_by(object_kind="evidence")).one()
    assert (row.action, row.actor_id, row.assessment_id) == ("reviewed", remi.id, assessment.id)
    assert row.details["document"] == paper.name


def test_the_same_review_twice_is_one(session: Session, paper, review) -> None:
    assert review(paper)
    assert not review(paper)
    assert not review(paper, seen=1)
    assert session.scalars(sa.select(EvidenceReview.version)).all() == [1]
    assert len(session.scalars(sa.select(AuditRow).filter_by(object_kind="evidence")).all()) == 1


def test_who_has_not_seen_a_colleagues_review_overwrites_nothing(
    session: Session, assessment: Assessment, paper, review, organisation, rosa: User
) -> None:
    theirs = Proof(3, legal_entity="Amber Holding")
    review(paper, theirs, by=actor_of(rosa, organisation))
    with pytest.raises(Stale) as stale:
        review(paper, SEEN)
    assert Proof.of(stale.value.stored) == theirs
    assert stale.value.stored.by == rosa.name
    assert session.scalars(sa.select(EvidenceReview.level)).all() == [3]
    assert review(paper, SEEN, seen=1)
    assert [one.version for one in recalling.history(session, paper.id)] == [2, 1]
    assert statuses(session, assessment)[RTO] == "met"


def test_a_decision_falls_when_a_review_changes_its_ground(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, by_remi: Actor
) -> None:
    reviewed.answer(session, clock, assessment, question_of(RTO), 24)
    judge(session, clock, assessment.id)
    flag = flag_of(session, assessment, RTO)
    reviewing.decide(session, clock, by_remi, flag.id, flag.version, Decision("confirm"))
    review(paper)
    flag = flag_of(session, assessment, RTO)
    assert (flag.state, flag.decision) == ("open", None)
    assert flag.reopened_why == "A document beside the answer was reviewed."
    assert flag.status == "not_met"


def test_judging_again_without_a_new_review_changes_nothing(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review
) -> None:
    review(paper, REFUSED)
    before = flag_of(session, assessment, RTO).version
    clock.move(timedelta(hours=1))
    judge(session, clock, assessment.id)
    assert flag_of(session, assessment, RTO).version == before


def test_a_document_that_is_not_accepted_proves_nothing_and_its_vendor_can_be_asked(
    session: Session, assessment: Assessment, paper, review
) -> None:
    review(paper, REFUSED, ask=True)
    flag = flag_of(session, assessment, RTO)
    assert "“extract.pdf” was not accepted" in flag.explanation
    assert flag.state == "clarifying"
    asked = session.scalars(sa.select(Clarification)).one()
    assert asked.remark == "“extract.pdf” was not accepted as evidence: It is signed by nobody."
    mail = session.scalars(sa.select(Message)).one()
    assert mail.kind == "clarification"
    assert "It is signed by nobody." in mail.text
    with pytest.raises(Refused):
        review(paper, Proof(NOT_ACCEPTED, reason="Still nobody."), seen=1, ask=True)


def test_nobody_is_asked_until_the_reviewer_says_so_and_then_once(
    session: Session, paper, review
) -> None:
    review(paper, REFUSED)
    assert session.scalars(sa.select(Message)).all() == []
    assert session.scalars(sa.select(Clarification)).all() == []
    assert [review(paper, REFUSED, seen=1, ask=True) for _ in range(2)] == [True, False]
    assert len(session.scalars(sa.select(Message)).all()) == 1
    assert len(session.scalars(sa.select(Clarification)).all()) == 1
    assert session.scalars(sa.select(EvidenceReview.version)).all() == [1]


def test_a_review_made_while_the_vendor_is_asked_is_judged_with_the_answer_as_it_stood(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, by_remi: Actor
) -> None:
    flag = flag_of(session, assessment, RTO)
    clarifying.ask(session, clock, LINKS, by_remi, flag.id, flag.version, "Who signed it?")
    review(paper)
    assert statuses(session, assessment)[RTO] == "met"


@pytest.mark.parametrize(
    ("proof", "fault"),
    [
        (Proof(), "level"),
        (Proof(1), "level"),
        (Proof(5), "level"),
        (Proof(NOT_ACCEPTED), "reason"),
        (Proof(NOT_ACCEPTED, reason="x" * 2_001), "reason"),
        (Proof(2, note="x" * 2_001), "note"),
        (Proof(2, legal_entity="x" * 201), "legal_entity"),
        (Proof(2, date(2026, 11, 25)), "issued_on"),
        (Proof(2, date(1803, 1, 1)), "issued_on"),
        (Proof(2, None, date(2803, 1, 1)), "expires_on"),
        (Proof(2, date(2026, 2, 1), date(2026, 1, 31)), "expires_on"),
        (Proof(2, sites=("Atlantis",)), "sites"),
    ],
)
def test_what_breaks_a_limit_is_named_and_nothing_is_kept(
    session: Session, paper, review, proof: Proof, fault: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        review(paper, proof)
    assert set(invalid.value.faults) == {fault}
    assert session.scalars(sa.select(EvidenceReview)).all() == []


def test_a_rejection_keeps_nothing_of_what_a_document_would_have_proved(
    session: Session, paper, review
) -> None:
    review(paper, Proof(NOT_ACCEPTED, date(2026, 1, 1), date(2026, 2, 1), reason=" Torn.\n"))
    (kept,) = recalling.history(session, paper.id)
    assert Proof.of(kept) == Proof(NOT_ACCEPTED, reason="Torn.")


def test_sites_are_those_that_the_vendor_has_named(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review
) -> None:
    part = current_bank().part("sites.name")
    rows = [{part.column: "Riga House"}, {part.column: "Liepāja"}, {part.column: None}]
    reviewed.answer(session, clock, assessment, part.question, rows)
    review(paper, Proof(2, sites=("Liepāja", "Riga House")))
    (kept,) = recalling.history(session, paper.id)
    assert kept.sites == ("Riga House", "Liepāja")


def test_sealed_foreign_and_unsent_documents_are_missing(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, stan: User
) -> None:
    sealed = reviewed.attach(session, assessment, question_of(PRICE), content=b"%PDF-1.7 price")
    with pytest.raises(Missing):
        review(sealed)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    with pytest.raises(Missing):
        review(paper, by=stranger)
    late = reviewed.attach(session, assessment, question_of(MAJOR), content=b"%PDF-1.7 late")
    late.uploaded_at = clock() + timedelta(hours=1)
    session.flush()
    with pytest.raises(Missing):
        review(late)
    assert session.scalars(sa.select(EvidenceReview)).all() == []


def test_a_document_that_was_taken_away_is_not_reviewed(
    session: Session, clock: MovableClock, paper, review
) -> None:
    paper.removed_at = clock() + timedelta(hours=1)
    session.flush()
    with pytest.raises(Refused):
        review(paper)


def test_while_prices_are_open_no_document_is_judged_otherwise(
    session: Session, clock: MovableClock, assessment: Assessment, paper, review, by_remi: Actor
) -> None:
    lock = ReviewLock(
        organisation_id=assessment.organisation_id, rfi_id=assessment.rfi_id, covers=[],
        proposed_by=by_remi.id, proposed_at=clock(), agreed_at=clock(), opened_at=clock(),
        unlock_reason="",
    )  # fmt: skip
    session.add(lock)
    session.flush()
    with pytest.raises(Refused, match="prices of this RFI are open"):
        review(paper)
    assert recalling.history(session, paper.id) == []
    lock.ended_at = clock()
    session.flush()
    assert review(paper)
