"""A vendor whose answers are good and have to be proven. Import the fixtures that you need."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Evidence, Organisation, Rfi, User
from questionnaire.services import assuring
from questionnaire.services.auditing import Actor
from questionnaire.services.judging import judge
from questionnaire.services.links import Links
from questionnaire.services.proving import NOT_ACCEPTED, Proof
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import ALL, GOOD, RTO, question_of
from tests.services.rounds import make_invitation

LINKS = Links("https://service.example", "s" * 40)
SEEN = Proof(2, date(2026, 5, 1), date(2028, 4, 30), legal_entity="Amber Call SIA")
REFUSED = Proof(NOT_ACCEPTED, reason="It is signed by nobody.")


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    """Every requirement demands a review."""
    brief = {"rto_hours": 8, "contract_start": "2027-03-01"}
    rfi = reviewed.reviewed_rfi(session, organisation, brief=brief)
    reviewed.freeze(session, rfi, 2, reviewed.documents(*ALL, assurance=2))
    return rfi


@pytest.fixture
def assessment(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi
) -> Assessment:
    found = reviewed.submitted(session, clock, organisation, rfi, answers=GOOD)
    make_invitation(session, found)
    return found


@pytest.fixture
def by_remi(organisation: Organisation, remi: User) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def paper(session: Session, clock: MovableClock, assessment: Assessment) -> Evidence:
    """A test report beside the recovery time."""
    found = reviewed.attach(session, assessment, question_of(RTO), "test_report")
    judge(session, clock, assessment.id)
    return found


@pytest.fixture
def review(session: Session, clock: MovableClock, by_remi: Actor):
    """Call it with a document, what it proves and which version was seen."""

    def review(paper, proof: Proof = SEEN, seen: int = 0, by: Actor | None = None, **more):
        where = (by or by_remi, paper.assessment_id, paper.id)
        done = assuring.review(session, clock, LINKS, *where, seen, proof, **more)
        session.expire_all()
        return done

    return review
