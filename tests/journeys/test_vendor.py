"""Vera answers in a real browser: each change saves itself, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect

from question_bank.model import AnswerIs
from questionnaire.services.editions import current_bank
from tests.journeys.vera import a, box, office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)
SAVED = re.compile(r"^Saved \d\d:\d\d$")
PDF = b"%PDF-1.7\n%a certificate"


@pytest.fixture
def page(browser: Browser, vera: Office) -> Iterator[Page]:
    """Vera's browser behind the code; what its console complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    vera.enter(page)
    yield page
    context.close()
    assert complaints == []


def open_section(page: Page, vera: Office, question: Any) -> Any:
    page.goto(f"{vera.at}/section/{question.section}")
    return box(page, question)


def status(place: Any) -> Any:
    return place.locator(".saved")


def test_a_change_is_saved_within_a_second_and_the_page_says_so(page: Page, vera: Office) -> None:
    question = a("text")
    place = open_section(page, vera, question)
    place.get_by_label("Answer", exact=True).fill("Amber Call SIA")
    expect(status(place)).to_have_text(SAVED, timeout=1_000)
    answer = vera.stored(question)
    assert answer is not None
    assert answer.value == "Amber Call SIA"
    place.get_by_label("Answer", exact=True).press_sequentially(", Riga", delay=20)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(current_bank().sections[1].title.en)
    place = open_section(page, vera, question)
    expect(place.get_by_label("Answer", exact=True)).to_have_value("Amber Call SIA, Riga")
    assert vera.assessment().answered == 1


def test_dont_know_and_taking_back(page: Page, vera: Office) -> None:
    question = a("yes_no")
    place = open_section(page, vera, question)
    place.get_by_label("Yes").check()
    expect(status(place)).to_have_text(SAVED)
    place.get_by_label("We don't know").check()
    expect(place.get_by_label("Answer as above")).not_to_be_checked()
    expect(place).to_have_attribute("data-state", "dont_know")
    place.get_by_label("Does not apply to us").check()
    place.get_by_label("Why does it not apply?").fill("We have no accounts yet.")
    expect(place).to_have_attribute("data-state", "not_applicable")
    place.get_by_label("No", exact=True).check()
    expect(place).to_have_attribute("data-state", "answered")
    place.get_by_role("button", name="Take the answer back").click()
    expect(place).to_have_attribute("data-state", "blank")


def test_one_click_counts_after_the_keyboard_was_there(page: Page, vera: Office) -> None:
    place = open_section(page, vera, a("number"))
    place.get_by_role("textbox").first.fill("12")
    expect(status(place)).to_have_text(SAVED)
    page.keyboard.press("Tab")
    expect(place.get_by_label("Answer as above")).to_be_focused()
    place.get_by_label("Does not apply to us").click()
    expect(place).to_have_attribute("data-state", "not_applicable")


def test_a_conditional_question_goes_and_comes_at_once(page: Page, vera: Office) -> None:
    bank = current_bank()
    waiting, asks = next(
        (one, one.show_when)
        for one in bank.questions.values()
        if isinstance(one.show_when, AnswerIs) and one.show_when.op == "one_of"
    )
    trigger, codes = bank.questions[asks.question], cast(tuple[str, ...], asks.value)
    hiding = next(one for one in trigger.choices if one.code not in codes)
    showing = next(one for one in trigger.choices if one.code in codes)
    place = open_section(page, vera, trigger)
    expect(box(page, waiting)).to_be_visible()
    place.get_by_label(hiding.label.en, exact=True).check()
    expect(box(page, waiting)).to_be_hidden()
    place.get_by_label(showing.label.en, exact=True).check()
    expect(box(page, waiting)).to_be_visible()


def test_rows_are_pasted_added_and_removed(page: Page, vera: Office) -> None:
    table = a("table")
    place = open_section(page, vera, table)
    place.get_by_text("Paste rows from a spreadsheet").click()
    names = "\t".join(one.label.en for one in table.columns)
    texts = "\t".join("Baltic Re" if one.kind == "text" else "" for one in table.columns)
    wrong = "\t".join("lots" if one.kind == "money" else "" for one in table.columns)
    place.get_by_label("Rows from a spreadsheet").fill(f"{names}\n{texts}\n{wrong}")
    place.get_by_role("button", name="Put into the table").click()
    place = box(page, table)
    expect(place.locator(".rows > .row-card")).to_have_count(2)
    expect(place.locator(".row-card").nth(1).locator("[aria-invalid]")).to_have_value("lots")
    assert vera.stored(table) is None
    place.get_by_role("button", name="Remove row 2").click()
    expect(status(place)).to_have_text(SAVED)
    place.get_by_role("button", name="Add a row").click()
    expect(place.locator(".rows > .row-card")).to_have_count(2)
    text = next(one for one in table.columns if one.kind == "text")
    place.locator(".row-card").nth(1).get_by_label(text.label.en).fill("Second row")
    expect(status(place)).to_have_text(SAVED)
    expect(place).not_to_have_attribute("data-unsaved", "")
    answer = vera.stored(table)
    assert answer is not None
    assert answer.value is not None
    assert [row[text.name] for row in answer.value] == ["Baltic Re", "Second row"]


def test_files_go_up_and_a_bad_one_is_named(page: Page, vera: Office) -> None:
    question = a("text")
    place = open_section(page, vera, question)
    place.get_by_text("Attach files").click()
    place.get_by_label("What the document is").select_option(index=1)
    place.get_by_label("Files").set_input_files(
        [
            {"name": "good.pdf", "mimeType": "application/pdf", "buffer": PDF},
            {"name": "bad.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ]
    )
    place.get_by_role("button", name="Attach").click()
    expect(place.get_by_role("link", name="good.pdf")).to_be_visible()
    expect(place.get_by_role("alert")).to_contain_text("“bad.exe” is of a kind that is not taken")
    with page.expect_download() as download:
        place.get_by_role("link", name="good.pdf").click()
    assert download.value.path().read_bytes() == PDF
    place.get_by_role("button", name="Remove good.pdf").click()
    expect(place.get_by_role("link", name="good.pdf")).to_have_count(0)


def test_a_file_on_its_way_shows_how_far_it_is(page: Page, vera: Office) -> None:
    place = open_section(page, vera, a("text"))
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/attach/*", hold)
    place.get_by_text("Attach files").click()
    place.get_by_label("What the document is").select_option(index=1)
    good = {"name": "good.pdf", "mimeType": "application/pdf", "buffer": PDF}
    place.get_by_label("Files").set_input_files([good])
    place.get_by_role("button", name="Attach").click()
    expect(place.get_by_role("progressbar", name="Sending good.pdf")).to_be_visible()
    held[0].continue_()
    expect(place.get_by_role("link", name="good.pdf")).to_be_visible()
    expect(place.get_by_role("progressbar")).to_have_count(0)


def test_without_a_connection_it_says_so_keeps_trying_and_saves_in_order(
    page: Page, vera: Office
) -> None:
    question = a("text")
    place = open_section(page, vera, question)
    page.context.set_offline(True)
    place.get_by_label("Answer", exact=True).fill("Typed in a tunnel")
    expect(status(place)).to_have_text("Not saved", timeout=5_000)
    expect(page.get_by_text("no connection")).to_be_visible()
    place.get_by_label("Answer", exact=True).fill("Typed in a long tunnel")
    assert vera.stored(question) is None
    page.context.set_offline(False)
    expect(status(place)).to_have_text(SAVED, timeout=20_000)
    expect(place).not_to_have_attribute("data-unsaved", "", timeout=20_000)
    expect(page.get_by_text("no connection")).to_be_hidden()
    answer = vera.stored(question)
    assert answer is not None
    assert answer.value == "Typed in a long tunnel"


def test_leaving_with_something_unsaved_is_warned_of(page: Page, vera: Office) -> None:
    question = a("text")
    place = open_section(page, vera, question)
    page.context.set_offline(True)
    place.get_by_label("Answer", exact=True).fill("Typed in a tunnel")
    expect(status(place)).to_have_text("Not saved", timeout=5_000)
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)


def test_two_browsers_on_one_question_see_both_values(
    page: Page, vera: Office, browser: Browser
) -> None:
    question = a("text")
    mine = open_section(page, vera, question)
    other = browser.new_page()
    vera.enter(other)
    theirs = open_section(other, vera, question)
    theirs.get_by_label("Answer", exact=True).fill("From the other desk")
    expect(status(theirs)).to_have_text(SAVED)
    other.close()
    mine.get_by_label("Answer", exact=True).fill("From this desk")
    expect(mine.get_by_text("changed elsewhere")).to_be_visible()
    expect(mine.locator(".stored")).to_contain_text("From the other desk")
    mine.get_by_role("button", name="Replace it by mine").click()
    expect(status(mine)).to_have_text(SAVED)
    answer = vera.stored(question)
    assert answer is not None
    assert (answer.value, answer.version) == ("From this desk", 2)


def test_what_was_typed_survives_the_end_of_the_session(page: Page, vera: Office) -> None:
    question = a("text")
    place = open_section(page, vera, question)
    page.context.clear_cookies()
    place.get_by_label("Answer", exact=True).fill("Typed before lunch")
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("Code").fill(vera.code())
    page.get_by_role("button", name="Open the questionnaire").click()
    page.get_by_role("button", name="Save what I typed").click()
    expect(box(page, question).get_by_label("Answer", exact=True)).to_have_value(
        "Typed before lunch"
    )
