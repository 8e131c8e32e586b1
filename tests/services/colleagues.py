"""Marta and Juris help Vera: what handing over to them takes in the tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Invitation
from questionnaire.services import handing
from questionnaire.services.handing import Handed
from questionnaire.services.narrowing import Narrowed, narrowed
from questionnaire.services.reaching import Reached, reach
from questionnaire.services.wishing import Wish
from tests.harness.clock import START, MovableClock
from tests.services.asked import LINKS, Asked

MARTA = {"name": "Marta Liepa", "email": "marta@ambercall.example"}
JURIS = {"name": "Juris Kalns", "email": "juris@ambercall.example"}


def hand_over(session: Session, clock: MovableClock, asked: Asked, **typed: Any) -> Handed:
    """Vera hands the ticked sections and questions to Marta, or whoever is named."""
    wish = Wish(asked.questionnaire, **(MARTA | typed))
    handed = handing.hand_over(session, clock, LINKS, asked.reached(clock()), wish)
    session.flush()
    return handed


def at_work(session: Session, asked: Asked, handed: Handed, now: Any = START) -> Reached:
    """The colleague behind the code."""
    session.flush()
    return reach(session, handed.colleague_id, asked.assessment.id, now, to_change=True)


def part(asked: Asked, reached: Reached) -> Narrowed:
    """The questionnaire as the colleague gets it."""
    assert reached.handed_over is not None
    return narrowed(asked.questionnaire, reached.handed_over)


def row(session: Session, handed: Handed) -> Invitation:
    return session.get_one(Invitation, handed.colleague_id)
