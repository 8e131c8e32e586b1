"""Vendors in pictures: what customers would meet, and charts that say what they show."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber
from tests.services.reviewed import GOOD, SECRET_PRICE
from tests.web.buying import buyer, path

__all__ = ["amber", "buyer"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(
        session,
        organisation,
        profiles=["general-retail"],
        brief={"rto_hours": 8, "seats_needed": 5},
    )


@pytest.fixture
def birch(session: Session, clock: MovableClock, organisation, rfi: Rfi) -> Assessment:
    return reviewed.submitted(session, clock, organisation, rfi, vendor="Birch Line", answers=GOOD)


def show(buyer: StrictClient, session: Session, rfi: Rfi, query: str = "") -> Page:
    session.commit()
    return buyer.show(path(rfi, f"/compare/pictures{query}"))


def test_customers_needs_stand_in_a_table_in_words_and_signs(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi)
    storm = next(text_of(row) for row in page.root.iter("tr") if "there is a storm" in text_of(row))
    assert "weak" in storm
    assert "When the site is down, so is your service." in storm
    assert "Failover drill: not done" in storm
    card = next(text_of(row) for row in page.root.iter("tr") if "card number" in text_of(row))
    assert "not asked" in card


def test_while_prices_are_sealed_no_chart_and_no_figure_tells_of_them(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi)
    assert "Prices are sealed, so quality is not held against cost" in page.text
    source = buyer.get(path(rfi, "/compare/pictures")).get_data(as_text=True)
    assert "97.03" not in source
    assert str(SECRET_PRICE) not in source


def test_every_chart_has_a_name_and_its_figures_beneath(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    platform = "resilience.telephony"
    rfi = reviewed.reviewed_rfi(
        session, organisation, profiles=["general-retail"], question_ids=[*GOOD, platform]
    )
    for vendor, code in (("Ash Voice", "cloud_multi"), ("Beech Desk", "cloud_single")):
        answers = GOOD | {platform: code}
        reviewed.submitted(session, clock, organisation, rfi, vendor=vendor, answers=answers)
    page = show(buyer, session, rfi)
    figures = list(page.root.iter("figure"))
    assert len(figures) == 2
    assert ["falls alone" in text_of(one) for one in figures] == [False, True]
    ids = [one.get("id") for one in page.root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in figures:
        assert "The figures as a table: What stands twice" in text_of(one)
        rows = [text_of(row) for row in one.iter("tr")]
        assert any(row.startswith("Call platform") for row in rows)


def test_without_anybody_it_says_so(buyer: StrictClient, session: Session, rfi: Rfi) -> None:
    assert "Nobody has submitted yet" in show(buyer, session, rfi).text


def test_only_chosen_vendors_are_shown(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi, f"?vendor={birch.id}")
    headings = [text_of(one) for one in page.root.iter("h2")]
    assert "Birch Line" in headings
    assert "Amber Call" not in headings


def test_five_vendors_take_as_many_statements_as_two(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    birch: Assessment,
    connection: sa.Connection,
) -> None:
    show(buyer, session, rfi)
    counts = []
    for more in (0, 3):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
        session.commit()
        with statements(connection) as seen:
            buyer.show(path(rfi, "/compare/pictures"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 22
