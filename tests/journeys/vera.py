"""The service in this process with a vendor that was asked everything, and its way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire import migrating
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from questionnaire.models import Answer, Assessment, Message
from questionnaire.services.clock import system_clock
from questionnaire.services.editions import current_bank
from tests.cast import make_organisation
from tests.harness.listening import listening
from tests.harness.service import free_port
from tests.services.asked import LINKS, ask

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class Office:
    """Where Vera sits: the service's address, her link, and a look behind the scenes."""

    address: str
    token: str
    assessment_id: str
    engine: sa.Engine

    @property
    def at(self) -> str:
        return f"{self.address}/assessment/{self.assessment_id}"

    def code(self) -> str:
        """The code of the newest mail."""
        query = sa.select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())
        with Session(self.engine) as session:
            found = re.search(r"\d{4}\s?\d{4}", session.scalars(query).first() or "")
        assert found is not None
        return found[0]

    def stored(self, question: Question) -> Answer | None:
        """The stored answer."""
        with Session(self.engine) as session:
            return session.scalars(
                sa.select(Answer).where(Answer.question_id == question.id)
            ).one_or_none()

    def assessment(self) -> Assessment:
        with Session(self.engine) as session:
            return session.scalars(sa.select(Assessment)).one()

    def enter(self, page: Page) -> None:
        """From the link through the code to the first page."""
        page.goto(f"{self.address}/invitation/{self.token}")
        page.get_by_role("button", name="Send me the code").click()
        page.get_by_label("Code").fill(self.code())
        page.get_by_role("button", name="Open the questionnaire").click()
        page.wait_for_url("**/assessment/*")


def a(kind: str) -> Question:
    """The first question of a kind."""
    return next(one for one in current_bank().questions.values() if one.kind == kind)


def box(page: Page, question: Question) -> Locator:
    """The part of the page that holds a question."""
    return page.locator(f"[data-question='{question.id}']")


def office(empty_database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The service, serving in threads of its own."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=address)
    with listening(port, lambda: _with_vera(config, address)) as made:
        yield made


def _with_vera(config: Config, address: str) -> tuple[Flask, Office]:
    app = create_app(config)
    with app.app_context():
        engine = database.engine
    migrating.upgrade(engine)
    now = system_clock()
    with Session(engine) as session:
        asked = ask(
            session,
            make_organisation(session),
            rfi_values={
                "deadline": now + timedelta(days=20),
                "title": "Customer service in three languages",
                "purpose": "Evenings and weekends for our shops.",
            },
        )
        asked.invitation.expires_at = now + timedelta(days=200)
        made = Office(
            address,
            LINKS.token("vendor", asked.invitation.id),
            str(asked.assessment.id),
            engine,
        )
        session.commit()
    return app, made
