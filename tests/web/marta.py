"""Marta at her browser: Vera has handed a section to her. Made fixtures of where they are used."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Message
from questionnaire.services.handing import Handed
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services.asked import LINKS, Asked
from tests.services.colleagues import MARTA, hand_over
from tests.web.vera import code_in_mail


def number(asked: Asked) -> Question:
    """A question of the section that is handed over."""
    return asked.a("number")


def elsewhere(asked: Asked, question: Question) -> Question:
    """A question of another section."""
    return next(
        one
        for one in asked.questionnaire.questions.values()
        if one.section != question.section and one.kind == "text"
    )


def section_handed(
    session: Session, clock: MovableClock, asked: Asked, question: Question
) -> Handed:
    return hand_over(session, clock, asked, sections=[question.section], message="Only you know.")


def behind_her_code(
    new_client: Callable[[], StrictClient], session: Session, handed: Handed
) -> StrictClient:
    """Marta's browser, behind her own code."""
    client = new_client()
    client.show(f"/invitation/{LINKS.token('vendor', handed.colleague_id)}")
    client.press("Send me the code")
    to = session.scalars(sa.select(Message.to_address).where(Message.kind == "code")).all()
    assert to[-1] == MARTA["email"]
    client.press("Open the questionnaire", {"code": code_in_mail(session)})
    return client
