"""A passkey in a real browser, with an authenticator that the browser plays itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from questionnaire import migrating
from questionnaire.accounts import hash_password
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from tests.cast import make_member, make_organisation
from tests.harness.service import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PASSWORD = "seven quiet lighthouses"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(empty_database_url: str, tmp_path: Path) -> Iterator[str]:
    """The service with Ada in it; passkeys want the name localhost, or https."""
    port = free_port()
    base_url = f"http://localhost:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=base_url)
    # Playwright keeps an event loop in this thread, and an app's contexts cannot end beside one.
    with ThreadPoolExecutor(1) as elsewhere:
        app, engine = elsewhere.submit(_with_ada, config).result()
        server = make_server("127.0.0.1", port, app, threaded=True)
        elsewhere.submit(server.serve_forever)
        yield base_url
        server.shutdown()
    server.server_close()
    engine.dispose()


def _with_ada(config: Config) -> tuple[Flask, sa.Engine]:
    app = create_app(config)
    with app.app_context():
        engine = database.engine
        hashed = hash_password(PASSWORD)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        make_member(session, organisation, "Ada Marsh", ("admin",), password_hash=hashed)
        session.commit()
    return app, engine


@pytest.fixture
def browser_page(page: Page) -> Page:
    """A page with an authenticator inside the device."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def _enter_password(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill("ada@brightlane.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


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
    _enter_password(page, address)
    _add(page, address, "Laptop", "To sign in instead of the password")
    _sign_out(page)
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/members")

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
    _enter_password(page, address)
    _add(page, address, "Key", "As second step after the password")
    _sign_out(page)
    _enter_password(page, address)
    page.get_by_role("heading", name="The second step: your passkey").wait_for()
    page.goto(f"{address}/members")
    assert "/sign-in" in page.url
    _enter_password(page, address)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/members")


def test_at_an_address_that_cannot_have_passkeys_the_page_says_so(page: Page, address: str) -> None:
    page.goto(f"{address.replace('localhost', '127.0.0.1')}/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This browser cannot use passkeys at this address.").wait_for()
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("heading", name="Sign in with a passkey").wait_for()
