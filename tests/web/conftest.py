"""A vendor with all questions before it, and one with a few."""

from __future__ import annotations

import pytest

from tests.services.asked import ask
from tests.web.vera import enter


@pytest.fixture
def asked(session, organisation):
    return ask(session, organisation)


@pytest.fixture
def small(session, organisation):
    """Asked the first section only."""
    bank = ask(session, organisation, vendor="Only for the bank").bank
    ids = [one.id for one in bank.sections[0].questions]
    return ask(session, organisation, question_ids=ids, vendor="Small")


@pytest.fixture
def vera(client, session, asked):
    """Vera's browser, behind the code."""
    enter(client, session, asked)
    return client
