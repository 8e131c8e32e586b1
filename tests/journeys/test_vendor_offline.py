"""Half an hour without a line, a killed window, a sleeping laptop: what Vera typed arrives once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Answer, AnswerChange
from questionnaire.services.editions import current_bank
from tests.journeys.vera import a, box, office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)
EDITS = 200
#: Collects what a screen reader would say of the live regions.
HEAR = """() => {
  window.heard = [];
  const hear = ({ target }) => {
    const place = target.nodeType === 1 ? target : target.parentElement;
    if (place.closest("[aria-hidden]") || !place.closest("[role=status]")) return;
    window.heard.push(place.textContent);
  };
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver((changes) => changes.forEach(hear)).observe(document.body, all);
}"""
HALF_AN_HOUR = 30 * 60 * 1000
TYPED = "textarea:visible, .value input[type=text]:visible"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Vera's browser; its windows come and go."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def with_texts() -> list[Question]:
    """The questions with one plain box in the section that has most of them."""
    plain = {"text", "long_text", "number", "percentage"}
    found = [
        [one for one in section.questions if one.kind in plain and not one.show_when]
        for section in current_bank().sections
    ]
    return max(found, key=len)


def typed_value(question: Question, turn: int) -> str:
    if question.kind in ("text", "long_text"):
        return f"Written in the mountains, edit {turn}"
    return str(turn % 90 + 1)


def type_into(page: Page, question: Question, text: str) -> None:
    box(page, question).locator(".value").locator("input, textarea").first.fill(text)


def changes(vera: Office) -> list[tuple[str, int, Any]]:
    """Question, version and value of every change, in the order in which they were stored."""
    query = sa.select(AnswerChange.question_id, AnswerChange.version, AnswerChange.value)
    with Session(vera.engine) as session:
        return [tuple(one) for one in session.execute(query.order_by(AnswerChange.id))]


def answers(vera: Office) -> dict[str, str]:
    with Session(vera.engine) as session:
        return {
            id: str(value)
            for id, value in session.execute(sa.select(Answer.question_id, Answer.value))
        }


def kept(page: Page, number: int, seconds: float = 10) -> None:
    """Wait until this browser keeps so many things that were not saved."""
    end = time.monotonic() + seconds
    while (found := page.evaluate("() => localStorage.length")) != number:
        assert time.monotonic() < end, f"{found} are kept"
        page.wait_for_timeout(50)


def test_half_an_hour_without_a_line_and_200_edits_arrive_in_order_once_each(
    context: BrowserContext, vera: Office
) -> None:
    questions, page = with_texts(), context.new_page()
    assert len(questions) >= 4
    vera.enter(page)
    page.clock.install()
    page.goto(f"{vera.at}/section/{questions[0].section}")
    context.set_offline(True)
    began = time.monotonic()
    type_into(page, questions[0], typed_value(questions[0], 0))
    page.clock.run_for(5_000)
    expect(box(page, questions[0]).locator(".saved")).to_have_text("Not saved")
    expect(page.get_by_text("There is no connection")).to_be_visible()
    assert time.monotonic() - began < 5, "seen before five real seconds were over, too"
    last, order = {}, []
    for turn in range(EDITS):
        question = questions[turn * 7 % len(questions)]
        last[question.id] = typed_value(question, turn)
        type_into(page, question, last[question.id])
        order = [one for one in order if one != question.id] + [question.id]
        page.clock.run_for(HALF_AN_HOUR // EDITS)
    expect(page.locator("#save-bar")).to_contain_text(f"Answers not saved yet: {len(last)}.")
    kept(page, len(last))
    assert changes(vera) == []
    context.set_offline(False)
    page.clock.resume()
    kept(page, 0, seconds=10)
    expect(page.get_by_text("There is no connection")).to_be_hidden()
    stored = changes(vera)
    assert answers(vera) == last
    # The first save was on its way when the line went: it is sent again as it was, and is history.
    sent = [id for id, _version, _value in stored]
    assert [id for id in sent if id in last][-len(order) :] == order
    for question in questions:
        versions = [version for id, version, _value in stored if id == question.id]
        assert versions == list(range(1, len(versions) + 1))
    assert len(stored) <= len(last) + 1
    assert len({(id, str(value)) for id, _version, value in stored}) == len(stored), "no doubles"


def test_a_window_killed_without_a_line_is_sent_from_any_page_that_is_opened_later(
    context: BrowserContext, vera: Office
) -> None:
    bank, page = current_bank(), context.new_page()
    vera.enter(page)
    typed: dict[str, str] = {}
    chosen = [
        next(one for one in section.questions if one.kind in ("text", "long_text", "number"))
        for section in bank.sections
        if any(one.kind in ("text", "long_text", "number") for one in section.questions)
    ][:3]
    windows = [context.new_page() for _one in chosen]
    for window, question in zip(windows, chosen, strict=True):
        window.goto(f"{vera.at}/section/{question.section}")
    for window, question in zip(windows, chosen, strict=True):
        window.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('No line')); }")
        typed[question.id] = typed_value(question, 7)
        type_into(window, question, typed[question.id])
    kept(page, len(chosen))
    assert answers(vera) == {}
    for window in windows:
        window.close(run_before_unload=False)
    page.goto(vera.at)
    kept(page, 0, seconds=10)
    assert answers(vera) == typed
    assert [id for id, _version, _value in changes(vera)] == [one.id for one in chosen]
    expect(page.locator("#typed-left")).to_be_hidden()


def test_what_cannot_be_sent_is_named_on_every_page_with_where_it_belongs(
    context: BrowserContext, vera: Office
) -> None:
    number, page = a("number"), context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/section/{number.section}")
    type_into(page, number, "eight")
    expect(box(page, number)).to_contain_text("Write a number")
    kept(page, 1)
    page.close(run_before_unload=False)
    page = context.new_page()
    other = next(one for one in current_bank().sections if one.id != number.section)
    for path in ("", f"/section/{other.id}", "/check"):
        page.goto(f"{vera.at}{path}")
        left = page.locator("#typed-left")
        expect(left).to_contain_text("Answers not saved: 1.")
        expect(left).to_contain_text("Write a number")
    page.locator("#typed-left").get_by_role("link").click()
    expect(box(page, number).get_by_role("textbox").first).to_have_value("eight")
    type_into(page, number, "8")
    kept(page, 0)
    assert answers(vera) == {number.id: "8"}


def test_a_laptop_that_sleeps_goes_on_when_it_wakes(context: BrowserContext, vera: Office) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    page.clock.install()
    page.goto(f"{vera.at}/section/{question.section}")
    context.set_offline(True)
    type_into(page, question, "Typed before the lid was closed")
    page.clock.run_for(5_000)
    # Time goes by, and nothing runs meanwhile.
    page.clock.fast_forward("07:00:00")
    context.set_offline(False)
    page.clock.resume()
    kept(page, 0)
    expect(box(page, question).locator(".saved")).to_have_text(re.compile(r"^Saved"))
    assert answers(vera) == {question.id: "Typed before the lid was closed"}


def test_a_line_that_hangs_is_no_line(context: BrowserContext, vera: Office) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/section/{question.section}")
    hung: list[Any] = []

    def hang(route: Any) -> None:
        hung.append(route)

    page.route("**/answer/*", hang)
    began = time.monotonic()
    type_into(page, question, "Typed into a hole")
    expect(box(page, question).locator(".saved")).to_have_text("Not saved", timeout=5_000)
    assert time.monotonic() - began < 5
    page.unroute("**/answer/*")
    kept(page, 0)
    assert [version for _id, version, _value in changes(vera)] == [1]


def test_who_types_on_and_on_is_saved_meanwhile(context: BrowserContext, vera: Office) -> None:
    question, page = a("text"), context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/section/{question.section}")
    place = box(page, question).locator(".value").locator("input, textarea").first
    place.press_sequentially("On and on and on and on it goes", delay=150)
    assert changes(vera), "nothing was saved in four seconds and a half of typing"


def test_the_count_while_offline_is_not_read_out_at_each_keystroke(
    context: BrowserContext, vera: Office
) -> None:
    questions, page = with_texts(), context.new_page()
    vera.enter(page)
    page.goto(f"{vera.at}/section/{questions[0].section}")
    page.evaluate(HEAR)
    context.set_offline(True)
    for turn in range(3):
        for question in questions[:3]:
            type_into(page, question, typed_value(question, turn))
            page.wait_for_timeout(700)
    heard = page.evaluate("window.heard")
    assert heard.count("There is no connection. We keep trying, please leave this page open.") == 1
    assert heard.count("Not saved") == 3, "once for each question"
    context.set_offline(False)
