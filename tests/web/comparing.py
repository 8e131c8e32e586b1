"""An RFI with two vendors to compare, and what stands in the rows of the page."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi
from tests.harness.clock import MovableClock
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import (
    GOOD,
    MINOR,
    question_of,
)
from tests.web.buying import path


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def birch(session: Session, clock: MovableClock, organisation, rfi: Rfi) -> Assessment:
    """A vendor that misses nothing but the document, and says less than all."""
    one = reviewed.submitted(session, clock, organisation, rfi, vendor="Birch Line", answers=GOOD)
    reviewed.answer(session, clock, one, question_of(MINOR), state="dont_know")
    return one


def show(buyer: StrictClient, session: Session, rfi: Rfi, query: str = "") -> Page:
    session.commit()
    return buyer.show(path(rfi, f"/compare{query}"))


def rows(page: Page) -> dict[str, list[str]]:
    """The first words of each row with what stands in its cells, in the order of the page."""
    (body,) = page.root.iter("tbody")
    found = {}
    for row in body.iter("tr"):
        head, *cells = (text_of(one) for one in row if one.tag in ("th", "td"))
        found[head] = cells
    return found


def row_of(page: Page, start: str) -> list[str]:
    return next(cells for head, cells in rows(page).items() if start in head)
