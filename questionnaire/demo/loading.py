"""Loading the demo through the same use cases that the pages use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.demo.people import ADA, PASSWORD, PEOPLE, REMI
from questionnaire.demo.rounds import judged_round, round_under_way
from questionnaire.demo.stage import Stage, StageClock
from questionnaire.models import Organisation
from questionnaire.services import delivering, enrolling, joining, keeping
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock, system_clock
from questionnaire.services.links import Links

ORGANISATION = "Alder & Finch Home (fictional)"


def is_empty(session: Session) -> bool:
    """Whether no organisation is there yet, so that the demo mixes with nobody's work."""
    return session.scalar(sa.select(Organisation.id).limit(1)) is None


def load(
    session: Session,
    config: Config,
    *,
    hash_password: Callable[[str], str],
    clock: Clock = system_clock,
) -> None:
    """Put the whole demo into an empty database; the caller commits.

    The judged round happened in November 2026, as its answers and documents say; the round that
    is under way began a few days ago. The mails of both are kept and never sent.
    """
    story = StageClock(datetime(2026, 10, 26, 13, 0, tzinfo=UTC))
    organisation = joining.create_organisation(session, story, ORGANISATION)
    password_hash = hash_password(PASSWORD)
    users = {}
    for person in PEOPLE:
        users[person] = enrolling.add_person(
            session, story, email=person.email, name=person.name, password_hash=password_hash
        )
        enrolling.add_member(session, story, organisation.id, users[person], person.roles)
    stage = Stage(
        session=session,
        clock=story,
        links=Links(config.base_url.rstrip("/"), config.secret_key),
        store=keeping.store_at(config.evidence_url),
        buyer=Actor("staff", users[ADA].id, ADA.name, organisation.id),
        reviewer=Actor("staff", users[REMI].id, REMI.name, organisation.id),
        reply_to=ADA.email,
    )
    judged_round(stage)
    round_under_way(stage, clock())
    session.flush()
    delivering.keep(session)
