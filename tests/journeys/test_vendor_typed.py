"""What Vera typed and nobody could save is there again when she comes back with her browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from questionnaire.models import Answer
from tests.journeys.vera import a, box, office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)


@pytest.fixture
def context(browser: Browser) -> Any:
    """Vera's browser; its windows come and go."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def leave_and_come_back(page: Page, context: BrowserContext, address: str) -> Page:
    """Close the window without a question, as a crash does, and open another one."""
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(address)
    return page


def test_a_table_with_a_wrong_cell_survives_a_closed_window(
    context: BrowserContext, vera: Office
) -> None:
    table, page = a("table"), context.new_page()
    vera.enter(page)
    address = f"{vera.at}/section/{table.section}"
    page.goto(address)
    place = box(page, table)
    number = next(one for one in table.columns if one.kind == "money")
    text = next(one for one in table.columns if one.kind == "text")
    row = place.locator(".row-card").first
    row.get_by_label(text.label.en).fill("Baltic Re")
    row.get_by_label(number.label.en).fill("two million")
    expect(place).to_contain_text(f"“{number.label.en}”: Write a number")
    page.wait_for_function("localStorage.length === 1")
    assert "two" not in page.evaluate("JSON.stringify(Object.entries(localStorage))")

    page = leave_and_come_back(page, context, address)
    cell = box(page, table).locator("[aria-invalid]")
    expect(cell).to_have_value("two million")
    expect(page.get_by_text("is back in its box")).to_be_visible()
    expect(box(page, table).get_by_label(text.label.en)).to_have_count(1)
    cell.fill("2000000")
    expect(box(page, table)).not_to_have_attribute("data-unsaved", "")
    stored = vera.stored(table)
    assert stored is not None
    assert stored.value is not None
    assert [row[text.name] for row in stored.value] == ["Baltic Re"]

    page = leave_and_come_back(page, context, address)
    expect(page.locator("html")).to_have_attribute("data-ready", "true")
    expect(page.get_by_text("is back in its box")).to_be_hidden()
    page.wait_for_function("localStorage.length === 0")


def test_what_was_typed_without_a_connection_is_saved_on_coming_back(
    context: BrowserContext, vera: Office
) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    address = f"{vera.at}/section/{question.section}"
    page.goto(address)
    context.set_offline(True)
    box(page, question).get_by_label("Answer", exact=True).fill("Typed in a tunnel")
    page.wait_for_function("localStorage.length === 1")
    # What a closing window still sends may get through: then it is saved, which is as well.
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    expect(box(page, question).locator(".saved")).to_contain_text("Saved", timeout=10_000)
    stored = vera.stored(question)
    assert stored is not None
    assert stored.value == "Typed in a tunnel"


def test_what_a_colleague_stored_meanwhile_is_shown_beside_it(
    context: BrowserContext, browser: Browser, vera: Office
) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    address = f"{vera.at}/section/{question.section}"
    page.goto(address)
    # Without a line even for what a closing window still sends: else that is what is stored first.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('No line')); }")
    box(page, question).get_by_label("Answer", exact=True).fill("Typed in a tunnel")
    page.wait_for_function("localStorage.length === 1")
    page.close(run_before_unload=False)
    other = browser.new_page()
    vera.enter(other)
    other.goto(address)
    with other.expect_response(f"**/answer/{question.id}") as replied:
        box(other, question).get_by_label("Answer", exact=True).fill("From the other desk")
    assert replied.value.ok
    other.close()
    page = context.new_page()
    page.goto(address)
    place = box(page, question)
    expect(place.locator(".stored")).to_contain_text("From the other desk", timeout=15_000)
    expect(place.get_by_label("Answer", exact=True)).to_have_value("Typed in a tunnel")
    place.get_by_role("button", name="Keep the stored answer").click()
    expect(box(page, question).get_by_label("Answer", exact=True)).to_have_value(
        "From the other desk"
    )
    page.wait_for_function("localStorage.length === 0")


def test_before_handing_in_it_is_named_with_a_way_there(
    context: BrowserContext, vera: Office
) -> None:
    question, page = a("number"), context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/check")
    expect(page.get_by_role("heading", name="Typed and not saved")).to_be_hidden()
    page.goto(f"{vera.at}/section/{question.section}")
    box(page, question).get_by_role("textbox").first.fill("eight")
    expect(box(page, question)).to_contain_text("Write a number")
    page.wait_for_function("localStorage.length === 1")
    page = leave_and_come_back(page, context, f"{vera.at}/check")
    expect(page.get_by_role("heading", name="Typed and not saved")).to_be_visible(timeout=15_000)
    page.locator("#typed-left").get_by_role("link", name=question.text.en).click()
    expect(box(page, question).get_by_role("textbox").first).to_have_value("eight")
    box(page, question).get_by_role("textbox").first.fill("8")
    expect(box(page, question)).not_to_have_attribute("data-unsaved", "")
    page.goto(f"{vera.at}/check")
    expect(page.get_by_role("heading", name="Typed and not saved")).to_be_hidden()


def test_when_it_was_saved_on_another_day_is_said_with_the_month_in_letters(
    context: BrowserContext, vera: Office
) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    address = f"{vera.at}/section/{question.section}"
    page.goto(address)
    box(page, question).get_by_label("Answer", exact=True).fill("Amber Call SIA")
    expect(box(page, question).locator(".saved")).to_contain_text("Saved")
    with vera.engine.begin() as connection:
        connection.execute(
            sa.update(Answer).values(changed_at=datetime(2026, 3, 4, 11, 15, tzinfo=UTC))
        )
    page.goto(address)
    expect(box(page, question).locator(".saved time")).to_contain_text(re.compile("Mar 4, 2026,"))
