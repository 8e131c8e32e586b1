"""An open RFI on a database of its own, in which people publish, save and hand in at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import RequirementChange
from questionnaire.services import answering, anticipating, publishing, submitting
from questionnaire.services.auditing import Actor
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reaching import reach
from questionnaire.services.readying import Ready
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.asked import invite
from tests.services.changing import WHY, document
from tests.services.reviewed import BAD, GOOD, MAJOR, RTO, question_of
from tests.services.rounds import make_assessment


@dataclass(frozen=True)
class Round:
    """An open RFI: two vendors have handed in, a third has answered everything and not yet."""

    engine: sa.Engine
    clock: MovableClock
    ada: Actor
    rfi_id: UUID
    submitted: tuple[UUID, ...]
    last: UUID
    invitation_id: UUID
    wanted: dict[str, Any]

    def ahead(self, session: Session) -> Ready:
        known = anticipating.ahead(session, self.clock, self.ada, self.rfi_id, self.wanted)
        assert known is not None
        return known

    def publish(self, session: Session, known: Ready | None) -> RequirementChange:
        made = publishing.propose(
            session, self.clock, self.ada, self.rfi_id, self.wanted, WHY, seen=1, known=known
        )
        session.commit()
        return made

    def hand_in(self) -> None:
        with Session(self.engine) as session:
            reached = reach(session, self.invitation_id, self.last, self.clock(), to_change=True)
            questionnaire = questionnaire_of(session, self.rfi_id, reached.rfi_version)
            done = submitting.submit(
                session, self.clock, reached, questionnaire,
                Attestation("Vera Ozola", "Managing director", True), seen=reached.changed_at,
                link="http://localhost/l", board_link="http://localhost/b",
            )  # fmt: skip
            assert done
            session.commit()

    def save(self, version: int, raw: str) -> None:
        with Session(self.engine) as session:
            reached = reach(session, self.invitation_id, self.last, self.clock(), to_change=True)
            questionnaire = questionnaire_of(session, self.rfi_id, reached.rfi_version)
            typed = Typed(raw=raw, version=version)
            answering.save(session, self.clock, reached, questionnaire, question_of(RTO), typed)
            session.commit()


@pytest.fixture
def round_(empty_database_url: str) -> Iterator[Round]:
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    clock = MovableClock()
    with Session(engine) as session:
        organisation = make_organisation(session)
        ada = make_member(session, organisation, "Ada Marsh", ("buyer",))
        rfi = reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])
        two = [
            reviewed.submitted(session, clock, organisation, rfi, vendor=name, answers=answers)
            for name, answers in (("Amber Call", GOOD), ("Birch Voice", BAD))
        ]
        last = make_assessment(session, organisation, rfi, vendor="Cedar Line", state="in_progress")
        for question_id, value in BAD.items():
            reviewed.answer(session, clock, last, question_id, value)
        invitation = invite(session, last)
        wanted = document(session, rfi, {MAJOR: {"severity": "mandatory"}})
        made = (actor_of(ada, organisation), rfi.id, tuple(one.id for one in two), last.id)
        invitation_id = invitation.id
        session.commit()
    yield Round(engine, clock, *made, invitation_id, wanted)
    engine.dispose()
