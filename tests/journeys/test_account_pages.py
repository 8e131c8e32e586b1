"""The pages of signing in, the account and the members hold to WCAG, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness.looking import faults_of, on
from tests.journeys.served import enter_password, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey

address = pytest.fixture(served)
SIGNED_OUT = ("/sign-in", "/password/reset", "/sign-in/passkey", "/join/nobody-has-this-token")
SIGNED_IN = (
    "/members",
    "/audit",
    "/account",
    "/account/password",
    "/account/second-factor",
    "/account/passkeys",
    "/account/recovery-codes",
    "/account/verify",
)


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def sized(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of this size; axe has to get past the policy that lets no foreign script in."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_pages_can_be_used_by_everybody(sized: Page, address: str) -> None:
    faults = []
    for path in SIGNED_OUT:
        sized.goto(address + path)
        faults += faults_of(sized)
    sized.goto(f"{address}/sign-in")
    on(sized.get_by_role("button", name="Sign in"))
    faults += faults_of(sized)
    enter_password(sized, address)
    for path in SIGNED_IN:
        sized.goto(address + path)
        faults += faults_of(sized)
    assert faults == []


def test_pages_with_faults_and_steps_in_between_can_be_used_too(sized: Page, address: str) -> None:
    enter_password(sized, address)
    faults = []
    for path, button in (
        ("/members", "Invite by mail"),
        ("/account/password", "Change the password"),
        ("/account/second-factor", "Set up an app"),
        ("/account/recovery-codes", "Make new codes"),
    ):
        sized.goto(address + path)
        on(sized.get_by_role("button", name=button))
        faults += faults_of(sized)
    sized.goto(f"{address}/members")
    on(sized.get_by_role("link", name="Ada Marsh").first)
    faults += faults_of(sized)
    assert faults == []
