"""Codes that are asked for at the same moment, in as many browsers: no more than the most."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import Code
from questionnaire.services import opening
from questionnaire.services.faults import Refused
from tests.cast import make_organisation
from tests.harness.clock import MovableClock
from tests.services.asked import ask

TURNS = 12


def test_asking_at_the_same_moment_brings_no_more_codes(empty_database_url: str) -> None:
    clock = MovableClock()
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    with Session(engine) as session:
        reached = ask(session, make_organisation(session)).reached(clock())
        session.commit()
    together = Barrier(TURNS)

    def press(browser: str) -> str:
        with Session(engine) as session:
            together.wait()
            try:
                opening.send_code(session, clock, reached, browser)
            except Refused:
                return "refused"
            session.commit()
            return "sent"

    with ThreadPoolExecutor(TURNS) as pool:
        outcomes = list(pool.map(press, [opening.new_browser() for _ in range(TURNS)]))
    with Session(engine) as session:
        made = len(session.scalars(sa.select(Code.id)).all())
    engine.dispose()
    assert (outcomes.count("sent"), made) == (opening.MOST_CODES, opening.MOST_CODES)
