"""Loading the demo through the same use cases that the pages use."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.demo.people import PASSWORD, PEOPLE
from questionnaire.models import Organisation
from questionnaire.services import enrolling, joining
from questionnaire.services.clock import Clock, system_clock

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
    """Put the whole demo into an empty database; the caller commits."""
    organisation = joining.create_organisation(session, clock, ORGANISATION)
    password_hash = hash_password(PASSWORD)
    for person in PEOPLE:
        user = enrolling.add_person(
            session, clock, email=person.email, name=person.name, password_hash=password_hash
        )
        enrolling.add_member(session, clock, organisation.id, user, person.roles)
