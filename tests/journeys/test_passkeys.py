"""A passkey in a real browser, with an authenticator that the browser plays itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.served import enter_password, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

address = pytest.fixture(served)

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser_page(page: Page) -> Page:
    """A page with an authenticator inside the device."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def _add(page: Page, address: str, name: str, use: str) -> None:
    page.goto(f"{address}/account/passkeys")
    page.get_by_label("Name").fill(name)
    page.get_by_label(use).check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/account")
    assert f"The passkey {name} is set up." in page.inner_text("main")


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")


def test_a_passkey_signs_in_without_a_password(browser_page: Page, address: str) -> None:
    page = browser_page
    enter_password(page, address)
    _add(page, address, "Laptop", "To sign in instead of the password")
    _sign_out(page)
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/rfis")

    page.goto(f"{address}/account/passkeys")
    page.get_by_role("button", name="Remove Laptop").click()
    assert "The passkey Laptop is removed." in page.inner_text("main")
    _sign_out(page)
    page.goto(f"{address}/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This passkey is not known here.").wait_for()


def test_a_passkey_as_second_step_is_asked_for_after_the_password(
    browser_page: Page, address: str
) -> None:
    page = browser_page
    enter_password(page, address)
    _add(page, address, "Key", "As second step after the password")
    _sign_out(page)
    enter_password(page, address)
    page.get_by_role("heading", name="The second step: your passkey").wait_for()
    page.goto(f"{address}/members")
    assert "/sign-in" in page.url
    enter_password(page, address)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/rfis")


def test_at_an_address_that_cannot_have_passkeys_the_page_says_so(page: Page, address: str) -> None:
    page.goto(f"{address.replace('localhost', '127.0.0.1')}/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This browser cannot use passkeys at this address.").wait_for()
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("heading", name="Sign in with a passkey").wait_for()
