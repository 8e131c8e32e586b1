"""Two reviewers keep their reviews at the same moment: one stands, the other person is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import Evidence, EvidenceReview
from questionnaire.services import assuring, inspecting
from questionnaire.services.assuring import Stale
from questionnaire.services.proving import Proof
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.assured import LINKS

TURNS = 4


@pytest.fixture
def engine_of_ones_own(empty_database_url: str) -> Iterator[sa.Engine]:
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("alike", [True, False])
def test_one_review_stands(engine_of_ones_own: sa.Engine, alike: bool) -> None:
    """The same press four times is one review; four reviews are one and three that are told."""
    clock = MovableClock()
    with Session(engine_of_ones_own) as session:
        organisation = make_organisation(session)
        person = make_member(session, organisation, "Remi Okafor", ("reviewer",))
        remi, person_id = actor_of(person, organisation), person.id
        assessment = reviewed.submitted(session, clock, organisation)
        paper = reviewed.attach(session, assessment, reviewed.question_of(reviewed.RTO))
        where = (remi, assessment.id, paper.id)
        session.commit()
    together = Barrier(TURNS)

    def press(place: int) -> str:
        proof = Proof(2, legal_entity="Amber Call" if alike else f"Amber Call {place}")
        with Session(engine_of_ones_own) as session:
            # As a page does: look first, and then act in the same transaction.
            together.wait()
            inspecting.inspect(session, remi.organisation_id, person_id, *where[1:])
            try:
                changed = assuring.review(session, clock, LINKS, *where, 0, proof)
            except Stale:
                return "told"
            session.commit()
            return "kept" if changed else "again"

    with ThreadPoolExecutor(TURNS) as pool:
        outcomes = list(pool.map(press, range(TURNS)))
    lost = "again" if alike else "told"
    assert sorted(outcomes) == sorted(["kept"] + [lost] * (TURNS - 1))
    with Session(engine_of_ones_own) as session:
        assert session.scalars(sa.select(EvidenceReview.version)).all() == [1]
        assert session.scalars(sa.select(Evidence.reviews)).all() == [1]
