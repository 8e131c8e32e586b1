"""Every page of a vendor can be used by everybody: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from questionnaire.services.editions import current_bank
from tests.harness.looking import faults_of, on
from tests.journeys.vera import a, box, office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def sized(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of this size; axe has to get past the policy that lets no foreign script in."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_the_pages_before_the_code(sized: Page, vera: Office) -> None:
    found = []
    sized.goto(f"{vera.address}/invitation/nobody-has-this-token")
    found += faults_of(sized)
    sized.goto(f"{vera.address}/invitation/{vera.token}")
    found += faults_of(sized)
    on(sized.get_by_role("button", name="Send me the code"))
    found += faults_of(sized)
    sized.get_by_label("Code").fill("00000000")
    on(sized.get_by_role("button", name="Open the questionnaire"))
    found += faults_of(sized)
    assert found == []


def test_the_pages_behind_it(sized: Page, vera: Office) -> None:
    vera.enter(sized)
    found = faults_of(sized)
    kinds: set[str] = set()
    for section in current_bank().sections:
        new = {one.kind for one in section.questions} - kinds
        if new:
            kinds |= new
            sized.goto(f"{vera.at}/section/{section.id}")
            for details in sized.locator("details.more > summary").all():
                if details.is_visible():
                    details.click()
            found += faults_of(sized)
    sized.goto(f"{vera.at}/questions")
    found += faults_of(sized)
    for path in ("/check", "/decline"):
        sized.goto(vera.at + path)
        found += faults_of(sized)
        button = "Hand in the answers" if path == "/check" else "Decline"
        on(sized.get_by_role("button", name=button))
        found += faults_of(sized)
    assert found == []


def test_a_section_with_something_wrong_on_it(sized: Page, vera: Office) -> None:
    vera.enter(sized)
    table = a("table")
    sized.goto(f"{vera.at}/section/{table.section}")
    place: Any = box(sized, table)
    money = next(one for one in table.columns if one.kind == "money")
    place.get_by_label(money.label.en).fill("lots")
    expect(place.locator("[aria-invalid]")).to_be_visible()
    place.get_by_label("We hold no policy").check()
    sized.keyboard.press("Tab")
    found = faults_of(sized)
    assert found == []
