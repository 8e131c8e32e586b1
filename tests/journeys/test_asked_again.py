"""Nothing is asked twice, replies go together, and what changes a question reaches everybody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from questionnaire.services.editions import current_bank
from tests.harness.looking import faults_of, on
from tests.journeys.again import NOTICE, offices
from tests.journeys.vera import box

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

rounds = pytest.fixture(offices)
SECTION = current_bank().sections[0]
PICTURES = os.environ.get("QUESTIONNAIRE_TEST_PICTURES")


def _sized(browser: Browser, width: int, *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, bypass_csp=True, java_script_enabled=scripts
    )
    yield context.new_page()
    context.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def sized(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    yield from _sized(browser, request.param)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser without scripts."""
    yield from _sized(browser, 390, scripts=False)


def look(page: Page, name: str) -> None:
    if PICTURES and page.viewport_size:
        path = f"{PICTURES}/{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=True)
    assert faults_of(page) == []


def question(kind: str):
    return next(one for one in SECTION.questions if one.kind == kind)


def test_one_press_takes_an_earlier_answer_over_and_a_list_takes_those_ticked(
    sized: Page, rounds: dict[str, Office]
) -> None:
    vera = rounds["again"]
    vera.enter(sized)
    look(sized, "again-start")
    sized.goto(f"{vera.at}/section/{SECTION.id}")
    look(sized, "again-section")
    one = box(sized, question("text"))
    expect(one).to_contain_text("2 months ago")
    on(one.get_by_role("button", name="Still true: use it"))
    expect(box(sized, question("text")).locator(".value input, .value textarea")).to_have_value(
        "As we said on the telephone."
    )
    expect(box(sized, question("text")).locator(".offer")).to_have_count(0)
    on(sized.get_by_role("button", name="See the earlier answers in one list"))
    look(sized, "again-list")
    boxes = sized.get_by_role("checkbox", name="Still true")
    assert boxes.count() == len(SECTION.questions) - 1
    boxes.nth(0).check()
    on(sized.get_by_role("button", name="Take over what is ticked"))
    expect(sized.locator(".offer")).to_have_count(len(SECTION.questions) - 2)


def test_typing_an_answer_hides_the_earlier_one(sized: Page, rounds: dict[str, Office]) -> None:
    vera = rounds["again"]
    vera.enter(sized)
    sized.goto(f"{vera.at}/section/{SECTION.id}")
    one = box(sized, question("text"))
    one.locator(".value input, .value textarea").fill("Another company")
    sized.keyboard.press("Tab")
    expect(one.locator(".offer")).to_be_hidden(timeout=10_000)


WAYS_ON = ("Go to the next open question", "See the earlier answers in one list")


def _saves_on_the_way(page: Page, vera: Office, name: str) -> None:
    """Type, press the button that leads away, come back: it is stored."""
    address = f"{vera.at}/section/{SECTION.id}"
    page.goto(address)
    answer = box(page, question("text")).get_by_role("textbox", name="Answer")
    answer.fill(f"On the way: {name}")
    on(page.get_by_role("button", name=name))
    assert page.url != address
    page.goto(address)
    expect(answer).to_have_value(f"On the way: {name}")


@pytest.mark.parametrize("name", WAYS_ON)
def test_what_leads_away_from_a_section_saves_it_first(
    plain: Page, rounds: dict[str, Office], name: str
) -> None:
    rounds["again"].enter(plain)
    _saves_on_the_way(plain, rounds["again"], name)


def test_what_leads_away_from_a_section_saves_it_first_with_scripts_too(
    sized: Page, rounds: dict[str, Office]
) -> None:
    rounds["again"].enter(sized)
    for name in WAYS_ON:
        _saves_on_the_way(sized, rounds["again"], name)


def test_two_replies_are_sent_at_once_by_name(sized: Page, rounds: dict[str, Office]) -> None:
    vera = rounds["first"]
    vera.enter(sized)
    look(sized, "first-start")
    on(sized.get_by_role("link", name="See and reply"))
    look(sized, "replies")
    on(sized.get_by_role("button", name="Send replies"))
    expect(sized.locator("#error-summary a")).to_have_count(5)
    look(sized, "replies-refused")
    text = box(sized, question("text"))
    text.locator(".comment > summary").click()
    text.get_by_label("Comment", exact=True).fill("The one in the register.")
    table = box(sized, question("table"))
    table.get_by_label("We have nothing to add").check()
    sized.get_by_label("Name of the person who attests").fill("Vera Ozola")
    sized.get_by_label("Role in the company").fill("Managing director")
    sized.get_by_label("I am entitled to speak").check()
    on(sized.get_by_role("button", name="Send replies"))
    expect(sized.locator("main")).to_contain_text("Sent. Thank you.")
    expect(sized.locator("body")).not_to_contain_text("open again")


def test_nothing_to_add_is_saved_as_it_is_ticked_and_unticked_and_changes_no_answer(
    sized: Page, rounds: dict[str, Office]
) -> None:
    vera, faults = rounds["first"], list[str]()
    sized.on("pageerror", lambda fault: faults.append(str(fault)))
    vera.enter(sized)
    sized.goto(f"{vera.at}/replies")
    one = box(sized, question("text"))
    unknown, nothing = one.get_by_label("We don't know"), one.get_by_label("We have nothing to add")
    _saved(sized, unknown.check)
    for change, ticked in ((nothing.check, True), (nothing.uncheck, False)):
        _saved(sized, change)
        expect(one.locator(".saved")).to_contain_text("Saved")
        sized.reload()
        expect(nothing).to_be_checked(checked=ticked)
        expect(unknown).to_be_checked()
    assert faults == []


def _saved(page: Page, change: Callable[[], None]) -> None:
    """Make the change and wait until it is stored."""
    with page.expect_response("**/answer/*") as replied:
        change()
    assert replied.value.ok


def test_another_vendor_reads_what_everybody_was_told(
    sized: Page, rounds: dict[str, Office]
) -> None:
    other = rounds["other"]
    other.enter(sized)
    expect(sized.locator("main")).to_contain_text(NOTICE)
    look(sized, "other-start")
    sized.goto(f"{other.at}/section/{SECTION.id}")
    expect(box(sized, question("table"))).to_contain_text(NOTICE)
    expect(sized.locator("body")).not_to_contain_text("Amber Call")
    look(sized, "other-section")


def test_it_all_works_without_scripts(plain: Page, rounds: dict[str, Office]) -> None:
    vera = rounds["again"]
    vera.enter(plain)
    plain.goto(f"{vera.at}/section/{SECTION.id}")
    on(box(plain, question("text")).get_by_role("button", name="Still true: use it"))
    expect(box(plain, question("text")).locator(".value input, .value textarea")).to_have_value(
        "As we said on the telephone."
    )
    first = rounds["first"]
    first.enter(plain)
    plain.goto(f"{first.at}/replies")
    for one in plain.get_by_label("We have nothing to add").all():
        one.check()
    plain.get_by_label("Name of the person who attests").fill("Vera Ozola")
    plain.get_by_label("Role in the company").fill("Managing director")
    plain.get_by_label("I am entitled to speak").check()
    on(plain.get_by_role("button", name="Send replies"))
    expect(plain.locator("main")).to_contain_text("Sent. Thank you.")
