"""Deciding in a buyer's browser, as far as a test needs it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Decision, Organisation, Rfi
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.web.buying import path

REASON = "They know our customers."


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def amber(session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi):
    """Not eligible."""
    found = reviewed.submitted(session, clock, organisation, rfi)
    session.commit()
    return found


def decisions(session: Session) -> list[Decision]:
    session.expire_all()
    return list(session.scalars(sa.select(Decision).order_by(Decision.number)))


def begin(buyer: StrictClient, rfi: Rfi, option: str):
    """The form of one option, reached from the list."""
    page = buyer.show(path(rfi, "/decision"))
    (link,) = [a for a in page.root.iter("a") if a.get("aria-label") == f"Choose: {option}"]
    return buyer.show(str(link.get("href")))


def reasons(page) -> dict[str, str]:
    """A reason for everything that asks for one."""
    names = [str(one.get("name")) for one in page.root.iter("textarea")]
    return {name: f"Because of {name}." for name in names} | {"reason": REASON}
