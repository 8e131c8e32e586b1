"""An outbox with committed mails in it, as a running service has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, mail, migrating
from questionnaire.config import Config
from questionnaire.jobs import Jobs
from questionnaire.models import Message, Organisation
from questionnaire.services.clock import Clock, system_clock
from questionnaire.services.links import Links
from questionnaire.services.posting import post

CODE = {"code": "1234 5678", "minutes": 10}
WRITTEN = {"subject": "Grüße — ķēde", "text": "Plain\n.\nSee https://q.example/x", "html": ""}


class Outbox:
    """Mails of one organisation in a database of their own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = db.make_engine(url)
        migrating.upgrade(self.engine)
        with Session(self.engine) as session, session.begin():
            organisation = Organisation(name="Brightlane Retail", created_at=system_clock())
            session.add(organisation)
            session.flush()
            self.organisation_id = organisation.id

    def write(self, count: int = 1, **values: Any) -> list[UUID]:
        """So many mails that wait."""
        with Session(self.engine) as session, session.begin():
            made = [self._post(session, number, **values) for number in range(count)]
            return [one.id for one in made]

    def _post(self, session: Session, number: int, **values: Any) -> Message:
        message = post(
            session,
            system_clock,
            organisation_id=self.organisation_id,
            **{
                "kind": "password_reset",
                "to_address": f"vera{number}@ambercall.example",
                "to_name": "Vera Ozola",
                "reply_to": "ada@brightlane.example",
                "context": WRITTEN,
            }
            | values,
        )
        assert message is not None
        return message

    def all(self) -> list[Message]:
        """Every mail as it stands now, in the order of writing."""
        with Session(self.engine, expire_on_commit=False) as session:
            return list(session.scalars(sa.select(Message).order_by(Message.id)))

    def states(self) -> list[str]:
        return [one.state for one in self.all()]


@pytest.fixture
def outbox(empty_database_url: str) -> Iterator[Outbox]:
    """An empty outbox in a database of its own."""
    made = Outbox(empty_database_url)
    yield made
    made.engine.dispose()


def jobs_for(outbox: Outbox, url: str | None, clock: Clock = system_clock) -> Jobs:
    """What a worker does with this outbox and the mail server at `url`."""
    config = Config(database_url=outbox.url, smtp_url=url)
    links = Links("https://q.example", "k" * 40)
    return Jobs(outbox.engine, links, mail.transport(config), mail.sender_domain(config), clock)
