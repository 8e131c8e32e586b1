"""A trial in a real browser: Ada plans and reads, Rita marks calls on a phone without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from questionnaire import migrating
from questionnaire.accounts import hash_password
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from questionnaire.models import Message, Rater
from tests.cast import PASSWORD, actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.harness.listening import listening
from tests.harness.looking import faults_of, on
from tests.harness.service import free_port
from tests.journeys.served import enter_password
from tests.services.drafts import LINKS
from tests.services.trials import trying

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey


@dataclass
class Listening:
    """Where calls are rated: the addresses of Ada's trial and of Rita's link."""

    address: str
    trial: str
    token: str
    engine: sa.Engine

    def enter(self, page: Page) -> None:
        """From the link through the code to the list of calls."""
        page.goto(f"{self.address}/rating/{self.token}")
        on(page.get_by_role("button", name="Send me the code"))
        query = sa.select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())
        with Session(self.engine) as session:
            (code,) = re.findall(r"\d{8}", session.scalars(query).first() or "")
        page.get_by_label("Code").fill(code)
        on(page.get_by_role("button", name="Open the test calls"))


@pytest.fixture
def place(empty_database_url: str, tmp_path: Path) -> Iterator[Listening]:
    """The service with a trial of two calls that Rita is asked to rate."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=address)
    with listening(port, lambda: _with_a_trial(config, address)) as made:
        yield made


def _with_a_trial(config: Config, address: str) -> tuple[Flask, Listening]:
    # The trial's round has its days; the service lives in them, whatever the machine's clock says.
    clock = MovableClock()
    app = create_app(config, clock)
    with app.app_context():
        engine = database.engine
        hashed = hash_password(PASSWORD)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        ada = make_member(
            session, organisation, "Ada Marsh", ("buyer", "admin"), password_hash=hashed
        )
        trial = trying(session, clock, actor_of(ada, organisation))
        begun, rater_id = trial.begin(trial.vendors[0]), trial.appoint()
        trial.plan(begun, each="2", calibration="1")
        token = LINKS.token("rater", session.get_one(Rater, rater_id).link_id)
        session.commit()
        return app, Listening(address, f"{address}/rfis/{trial.rfi.id}/trial", token, engine)


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def sized(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of this size; axe has to get past the policy that lets no foreign script in."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_the_pages_of_a_rater_can_be_used_by_everybody(sized: Page, place: Listening) -> None:
    sized.goto(f"{place.address}/rating/nobody-has-this-token")
    found = faults_of(sized)
    place.enter(sized)
    found += faults_of(sized)
    on(sized.locator(".calls a").first)
    found += faults_of(sized)
    low = sized.locator(".anchor").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).length"
    )
    on(sized.get_by_role("button", name="Finish this call"))
    found += faults_of(sized)
    assert (found, low) == ([], 0)


def test_the_pages_of_the_buyer_can_be_used_by_everybody(sized: Page, place: Listening) -> None:
    enter_password(sized, place.address)
    sized.wait_for_url("**/rfis")
    sized.goto(place.trial)
    found = faults_of(sized)
    on(sized.get_by_role("link", name="Plan Amber Call"))
    for name in ("Measured figures", "Summary from elsewhere", "Result"):
        found += faults_of(sized)
        on(sized.get_by_role("link", name=name))
    found += faults_of(sized)
    sized.goto(f"{place.trial}/raters")
    found += faults_of(sized)
    assert found == []


def test_a_call_is_marked_on_a_phone_without_scripts(browser: Browser, place: Listening) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    phone = context.new_page()
    place.enter(phone)
    on(phone.locator(".calls a").first)
    for criterion in phone.locator("fieldset.criterion:not(.critical)").all():
        criterion.locator("label.anchor").nth(3).click()
    phone.get_by_label("Critical for the customer").check()
    on(phone.get_by_role("button", name="Finish this call"))
    expect(phone.get_by_role("alert")).to_contain_text("Say in a few words what happened")
    phone.get_by_label("What happened").first.fill("Named a wrong delivery day.")
    on(phone.get_by_role("button", name="Finish this call"))
    expect(phone.locator("main")).to_contain_text("is finished. Thank you.")
    expect(phone.locator(".big-count")).to_contain_text("1 of 3 finished")
    context.close()
