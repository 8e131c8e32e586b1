"""A vendor with all questions before it, and one with a few."""

from __future__ import annotations

import pytest

from tests.cast import actor_of
from tests.services.asked import ask
from tests.services.trials import trying
from tests.web.rita import enter as rita_enters
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


@pytest.fixture
def trial(session, clock, organisation, ada):
    """An open RFI of Ada's with two vendors, for their trials."""
    return trying(session, clock, actor_of(ada, organisation))


@pytest.fixture
def amber(trial):
    """The first vendor's trial, with 20 calls and three more for calibration."""
    begun = trial.begin(trial.vendors[0])
    trial.plan(begun, each="20", calibration="3")
    return begun


@pytest.fixture
def codes(session, trial):
    """The codes of the first vendor's calls; the second vendor and the own team have some too."""
    trial.vendors[0].vendor.name = "Zephyrline Manila"
    session.flush()
    tried = [trial.begin(one) for one in (*trial.vendors, None)]
    for one in tried:
        trial.plan(one, each="3")
    return [one.code for one in trial.calls(tried[0])]


@pytest.fixture
def rita(session, trial, codes):
    return trial.appoint()


@pytest.fixture
def phone(client, session, rita):
    """Rita's browser, behind the code."""
    rita_enters(client, session, rita)
    return client
