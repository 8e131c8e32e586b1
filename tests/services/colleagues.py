"""Marta and Juris help Vera: what handing over to them takes in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Invitation, Message
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


def one_question_handed(
    session: Session, clock: MovableClock, asked: Asked, question: Question
) -> Handed:
    """One question was handed to Marta; made a fixture of where it is used."""
    return hand_over(session, clock, asked, questions=[question.id], message="You know this best.")


def mails(session: Session, kind: str = "handed_over") -> Sequence[Message]:
    """The mails of this kind, the oldest first."""
    return session.scalars(
        sa.select(Message).where(Message.kind == kind).order_by(Message.id)
    ).all()


def row(session: Session, handed: Handed) -> Invitation:
    return session.get_one(Invitation, handed.colleague_id)
