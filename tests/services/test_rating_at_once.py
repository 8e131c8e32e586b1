"""One rater's tabs that save the same call at the same moment: one is kept, the others are told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import CallRating, Rater
from questionnaire.services import admitting, rating
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.services.trials import marks, trying

TURNS = 5


def test_of_many_saves_at_once_one_is_kept(empty_database_url: str) -> None:
    clock = MovableClock()
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        ada = make_member(session, organisation, "Ada Marsh", ("buyer",))
        trial = trying(session, clock, actor_of(ada, organisation))
        begun, rater_id = trial.begin(), trial.appoint()
        trial.plan(begun, each="1")
        (call,) = trial.calls(begun)
        code, scorecard = call.code, trial.scorecard
        link_id = session.get_one(Rater, rater_id).link_id
        session.commit()
    together = Barrier(TURNS)

    def save(mark: int) -> str:
        with Session(engine) as session:
            together.wait()
            found = admitting.admit(session, rater_id, link_id, clock(), to_change=True)
            typed = marks(scorecard, mark)
            try:
                rating.rate(session, clock, found, code, typed, seen=0, finish=True)
            except rating.Stale:
                return "stale"
            session.commit()
            return "kept"

    with ThreadPoolExecutor(TURNS) as pool:
        outcomes = list(pool.map(save, range(1, TURNS + 1)))
    with Session(engine) as session:
        versions = session.scalars(sa.select(CallRating.version)).all()
    engine.dispose()
    assert sorted(outcomes) == ["kept"] + ["stale"] * (TURNS - 1)
    assert versions == [1]
