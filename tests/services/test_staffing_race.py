"""Two admins who show each other the door at the same moment: one of them stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import Membership
from questionnaire.services import staffing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import system_clock
from questionnaire.services.faults import Refused
from tests.cast import actor_of, make_member, make_organisation


def test_an_organisation_never_loses_its_last_admin(empty_database_url: str) -> None:
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        people = [make_member(session, organisation, name, ["admin"]) for name in ("Ada", "Iva")]
        actors = [actor_of(one, organisation) for one in people]
        ids = [
            session.scalars(sa.select(Membership.id).where(Membership.user_id == one.id)).one()
            for one in people
        ]
        session.commit()
    start = Barrier(2)

    def let_go(actor: Actor, membership_id: UUID) -> str:
        with Session(engine) as session:
            start.wait()
            try:
                staffing.end_membership(session, system_clock, actor, membership_id)
            except Refused:
                session.rollback()
                return "refused"
            session.commit()
            return "ended"

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(let_go, actors, reversed(ids)))
    with Session(engine) as session:
        left = session.scalars(
            sa.select(Membership.roles).where(Membership.ended_at.is_(None))
        ).all()
    engine.dispose()
    assert (outcomes, left) == (["ended", "refused"], [["admin"]])
