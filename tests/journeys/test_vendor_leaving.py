"""Vera signs out: what would be lost is said before, and why it did not work is said truly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.vera import office

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)
ELSEWHERE = "typed:/assessment/01a21321-0000-7000-8000-000000000000/company.name~before"


@pytest.fixture
def start(page: Page, vera: Office) -> Page:
    """Behind the code, on the first page."""
    vera.enter(page)
    return page


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_what_other_questionnaires_left_is_counted_before_it_is_deleted(start: Page) -> None:
    start.evaluate(
        "name => localStorage.setItem(name, JSON.stringify({ since: Date.now(), text: ['', ''] }))",
        ELSEWHERE,
    )
    sign_out(start)
    sure = start.get_by_role("dialog", name="Sign out?")
    expect(sure).to_contain_text("Not saved in this browser: 1, other questionnaires included.")
    sure.get_by_role("button", name="Stay").click()
    assert start.evaluate("localStorage.length") == 1
    sign_out(start)
    sure.get_by_role("button", name="Sign out and delete it").click()
    expect(start.locator("h1")).to_have_text("You are signed out")
    assert start.evaluate("localStorage.length") == 0


def test_a_page_whose_session_ended_overnight_still_signs_out(start: Page) -> None:
    start.context.clear_cookies(name="session")
    sign_out(start)
    expect(start.locator("h1")).to_have_text("You are signed out")


def test_a_refusal_is_not_called_a_missing_connection(start: Page) -> None:
    sure = start.get_by_role("dialog", name="Sign out?")
    for answer, said in (
        (lambda route: route.fulfill(status=503), "Signing out did not work"),
        (lambda route: route.abort(), "There is no connection"),
    ):
        start.route("**/sign-out", answer)
        sign_out(start)
        expect(sure).to_contain_text(said)
        sure.get_by_role("button", name="Stay").click()
        start.unroute("**/sign-out")
