"""All replies were sent while somebody typed one: the page says so and gives the words back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from questionnaire.models import Clarification
from questionnaire.services.clock import system_clock
from tests.harness.looking import faults_of, on
from tests.journeys.again import offices
from tests.journeys.vera import a, box

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

rounds = pytest.fixture(offices)
PICTURES = os.environ.get("QUESTIONNAIRE_TEST_PICTURES")


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_what_was_typed_too_late_is_there_to_be_copied(
    browser: Browser, rounds: dict[str, Office], width: int
) -> None:
    vera, size = rounds["first"], {"width": width, "height": 844}
    context = browser.new_context(viewport=size, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/replies")
    place = box(page, a("text"))
    place.locator(".comment > summary").click()
    with Session(vera.engine) as session:
        session.execute(sa.update(Clarification).values(answered_at=system_clock()))
        session.commit()
    place.get_by_label("Comment", exact=True).fill("The one in the register.")
    on(page.get_by_role("button", name="Save, send later"))
    expect(page.locator("h1")).to_have_text("Not saved")
    expect(page.locator("#closed")).to_contain_text("The one in the register.")
    kind = next(one for one in a("table").columns if one.choices).choices[0]
    expect(page.locator("#closed")).to_contain_text(kind.label.en)
    expect(page.locator("#closed").get_by_text(kind.code, exact=True)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/replies-too-late-{width}.png", full_page=True)
    assert faults_of(page) == []
    on(page.get_by_role("link", name="Go to the overview"))
    expect(page.locator("body")).not_to_contain_text("Saved, and not sent yet")
    context.close()
