"""Two reviewers press at the same moment: one of them decides, the other one is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import Assessment, Flag, FlagEvent
from questionnaire.services import deciding_together, reviewing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.services import reviewed

TURNS = 4


@pytest.fixture
def engine_of_ones_own(empty_database_url: str) -> Iterator[sa.Engine]:
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


def test_one_decision_wins_and_nothing_is_counted_twice(engine_of_ones_own: sa.Engine) -> None:
    clock = MovableClock()
    with Session(engine_of_ones_own) as session:
        organisation = make_organisation(session)
        names = [f"Reviewer {n}" for n in range(TURNS)]
        people = [
            make_member(
                session, organisation, name, ("reviewer",), email=f"r{n}@brightlane.example"
            )
            for n, name in enumerate(names)
        ]
        actors = [actor_of(one, organisation) for one in people]
        assessment = reviewed.submitted(session, clock, organisation)
        flags = {one: flag.id for one, flag in reviewed.flags_of(session, assessment).items()}
        session.commit()
        assessment_id = assessment.id
    together = Barrier(TURNS)

    def press(actor: Actor, place: int) -> str:
        together.wait()
        with Session(engine_of_ones_own) as session:
            try:
                _decide(session, clock, actor, flags, in_bulk=place % 2 == 0)
            except Refused:
                return "refused"
            session.commit()
            return "decided"

    with ThreadPoolExecutor(TURNS) as pool:
        outcomes = list(pool.map(press, actors, range(TURNS)))
    assert sorted(outcomes) == ["decided"] + ["refused"] * (TURNS - 1)
    with Session(engine_of_ones_own) as session:
        flag = session.get_one(Flag, flags[reviewed.RTO])
        assert (flag.state, flag.version) == ("gap_confirmed", 2)
        events = sa.select(FlagEvent.id).filter_by(flag_id=flag.id, action="confirmed")
        assert len(session.scalars(events).all()) == 1
        decided = sa.select(sa.func.count()).select_from(Flag).filter_by(state="gap_confirmed")
        counted = session.get_one(Assessment, assessment_id)
        left = counted.open_mandatory + counted.open_major + counted.open_minor
        assert left == len(flags) - (session.scalar(decided) or 0)


def _decide(
    session: Session, clock: MovableClock, actor: Actor, flags: dict[str, UUID], *, in_bulk: bool
) -> None:
    """Confirm the same flag alone, or together with all others."""
    if in_bulk:
        seen = dict.fromkeys(flags.values(), 1)
        deciding_together.decide(session, clock, actor, seen, Decision("confirm"))
    else:
        reviewing.decide(session, clock, actor, flags[reviewed.RTO], 1, Decision("confirm"))
