"""Remi at his browser, with one vendor that meets nothing. Import the fixtures that you need."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi, User
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.rounds import make_invitation


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation)


@pytest.fixture
def assessment(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi
) -> Assessment:
    assessment = reviewed.submitted(session, clock, organisation, rfi)
    make_invitation(session, assessment)
    return assessment


@pytest.fixture
def reviewer(client: StrictClient, remi: User) -> StrictClient:
    """Remi's browser."""
    cast.sign_in(client, remi)
    return client


@pytest.fixture
def second(new_client, rosa: User) -> StrictClient:
    """Rosa's browser."""
    client: StrictClient = new_client()
    cast.sign_in(client, rosa)
    return client


def listed(page: Page) -> list[str]:
    """The ids of the flags on a list that can be ticked, in order."""
    return [str(one.get("value")) for one in page.root.iter("input") if one.get("name") == "flag"]
