"""Remi works through the flags of one vendor in a real browser: by keyboard, alone and by two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import migrating
from questionnaire.accounts import hash_password
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from questionnaire.models import Flag
from tests.cast import PASSWORD, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.harness.listening import listening
from tests.harness.looking import faults_of, on
from tests.harness.service import free_port
from tests.services import reviewed
from tests.services.rounds import make_invitation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey


@pytest.fixture
def service(empty_database_url: str, tmp_path: Path) -> Iterator[tuple[str, sa.Engine]]:
    """The service with two reviewers and one vendor that meets nothing."""
    port = free_port()
    address = f"http://localhost:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=address)
    with listening(port, lambda: _filled(config)) as engine:
        yield address, engine


def _filled(config: Config):
    app = create_app(config, MovableClock())
    with app.app_context():
        engine = database.engine
        hashed = hash_password(PASSWORD)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        for name in ("Remi Okafor", "Rosa Lind"):
            make_member(session, organisation, name, ("reviewer",), password_hash=hashed)
        make_invitation(session, reviewed.submitted(session, MovableClock(), organisation))
        session.commit()
    return app, engine


def sign_in(page: Page, address: str, who: str, path: str = "/flags") -> None:
    page.goto(address + path)
    page.get_by_label("E-mail address").fill(f"{who}@brightlane.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}{path}*")


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def states(engine: sa.Engine) -> dict[str, str]:
    with Session(engine) as session:
        rows = session.execute(sa.select(Flag.requirement_id, Flag.state, Flag.proposed_action))
        return {str(name): f"{state} {proposed or ''}".strip() for name, state, proposed in rows}


def test_two_keys_decide_a_flag_and_lead_to_the_next(page: Page, service) -> None:
    address, engine = service
    sign_in(page, address, "remi")
    page.keyboard.press("j")
    press(page, "Enter")
    for _ in range(7):
        page.keyboard.press("c")
        press(page, "Enter")
    assert set(states(engine).values()) == {"gap_confirmed"}
    assert page.get_by_role("heading", name="Nothing to do here").is_visible()
    press(page, "u")
    assert sorted(states(engine).values()).count("open") == 1


def test_letters_are_letters_while_one_types_and_keys_can_be_switched_off(
    page: Page, service
) -> None:
    address, engine = service
    sign_in(page, address, "remi", "/flags?severity=minor")
    page.keyboard.press("j")
    press(page, "Enter")
    page.keyboard.press("a")
    page.keyboard.type("cwnp: accepted by contract.")
    assert page.get_by_label("Accept the answer as sufficient").is_checked()
    press(page, "Control+Enter")
    assert states(engine)[reviewed.MINOR] == "accepted"
    page.goto(f"{address}/flags?severity=major")
    page.keyboard.press("j")
    press(page, "Enter")
    page.keyboard.press("?")
    page.get_by_label("Single keys work (not while you type)").uncheck()
    page.reload()
    page.keyboard.press("c")
    assert not page.get_by_label("Confirm the gap").is_checked()


def test_a_mandatory_gap_is_waived_by_two_people(browser: Browser, service) -> None:
    address, engine = service
    remi, rosa = browser.new_page(), browser.new_page()
    sign_in(remi, address, "remi", "/flags?severity=mandatory")
    remi.get_by_role("link", name="Right to audit").click()
    assert not remi.get_by_label("Waived until").is_visible()
    remi.get_by_label("Waive", exact=False).first.check()
    remi.get_by_label("Waived until").fill("2027-03-01")
    remi.get_by_label("Reason (needed to accept or waive)").fill("The audit is booked.")
    remi.get_by_role("button", name="Decide and stay").click()
    remi.get_by_text("It is your proposal").wait_for()
    assert states(engine)[reviewed.MANDATORY] == "open waive"
    sign_in(rosa, address, "rosa")
    rosa.get_by_role("link", name="Wait for you to agree").click()
    rosa.get_by_role("link", name="Right to audit").click()
    rosa.get_by_role("button", name="Agree and next").wait_for()
    rosa.wait_for_load_state()
    press(rosa, "y")
    assert states(engine)[reviewed.MANDATORY] == "waived"
    for one in (remi, rosa):
        one.context.close()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_the_pages_can_be_used_by_everybody(browser: Browser, service, size) -> None:
    address, _ = service
    # axe has to get past the policy that lets no foreign script in.
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page = context.new_page()
    sign_in(page, address, "remi")
    faults = faults_of(page)
    _open_groups(page)
    on(page.locator(".group").first)
    _open_groups(page)
    faults += faults_of(page)
    on(page.get_by_role("link", name="All judgements of this vendor"))
    page.locator(".judged > summary").first.click()
    faults += faults_of(page)
    page.goto(f"{address}/flags?severity=major")
    on(page.locator(".line-link").first)
    faults += faults_of(page)
    on(page.get_by_role("button", name="Decide and next"))
    page.get_by_role("heading", name="Please correct this first").wait_for()
    faults += faults_of(page)
    page.goto(f"{address}/flags")
    on(page.get_by_role("link", name="Decide this section together").first)
    faults += faults_of(page)
    page.get_by_label("Confirm the gaps").check()
    on(page.get_by_role("button", name="Show what would happen"))
    faults += faults_of(page)
    on(page.get_by_role("button", name="Decide "))
    faults += faults_of(page)
    assert faults == []
    context.close()


def _open_groups(page: Page) -> None:
    """On a phone the vendors are folded away."""
    if not page.locator(".group").first.is_visible():
        page.locator("#groups > summary").click()
