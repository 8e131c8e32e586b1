"""The whole questionnaire in Latvian by the keyboard alone: no mouse, no touch, no script's help.

A file cannot be chosen without the window of the operating system: there “we don't know” is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Answer, Assessment
from questionnaire.services.editions import current_bank
from tests.journeys.vera import office
from tests.services.asked import raw_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)

#: So many stops has no page: who does not get further is caught in it.
MOST_STOPS = 2_500

WHERE = """() => {
  const at = document.activeElement;
  const of = at.closest('fieldset[data-question]');
  return {tag: at.tagName, type: at.type || '', name: at.name || '', value: at.value ?? '',
          checked: at.checked ?? false, question: of?.dataset.question ?? '', id: at.id};
}"""


@pytest.fixture
def typist(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="lv")
    yield context.new_page()
    context.close()


@dataclass
class Hands:
    """Ten fingers on the keys; `seen` are the controls that were filled in."""

    page: Page
    seen: set[str] = field(default_factory=set)

    def tab(self) -> dict[str, Any]:
        self.page.keyboard.press("Tab")
        found: dict[str, Any] = self.page.evaluate(WHERE)
        return found

    def enter(self) -> None:
        """The Enter key, and the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def moment(self, wanted: str) -> None:
        """A day or an hour in the browser's own box, in the order of its parts there."""
        parts = re.split("[-:]", wanted)
        orders = {2: ("01",), 3: ("210", "120", "012")}[len(parts)]
        for order in orders:
            self.page.keyboard.type("".join(parts[int(one)] for one in order))
            if len(parts) == 2 and self.page.evaluate(WHERE)["value"] != wanted:
                self.page.keyboard.type("A")
            if self.page.evaluate(WHERE)["value"] == wanted:
                return
            for _ in parts:
                self.page.keyboard.press("Backspace")
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{wanted} cannot be typed")

    def choose(self, wanted: str) -> None:
        """Arrow keys until the radio button or the entry of a list is the wanted one."""
        for _ in range(300):
            if self.page.evaluate(WHERE)["value"] == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} cannot be reached by arrow keys")

    def until(self, name: str, value: str = "") -> None:
        """Tab on to the control of this name."""
        for _ in range(MOST_STOPS):
            at = self.tab()
            if at["name"] == name and (not value or at["value"] == value):
                return
        raise AssertionError(f"{name} cannot be reached with the Tab key")

    def answer(self, questions: dict[str, Question]) -> None:
        """From the top of a section to its button that leads on."""
        for _ in range(MOST_STOPS):
            at = self.tab()
            if at["name"] == "go" and not at["value"].startswith("ask:"):
                expect(self.page.locator("[data-unsaved]")).to_have_count(0)
                expect(self.page.locator(".question-wrong")).to_have_count(0)
                self.enter()
                return
            if at["question"] in questions:
                self.fill(questions[at["question"]], at)

        raise AssertionError("The way on cannot be reached with the Tab key")

    def fill(self, question: Question, at: dict[str, Any]) -> None:
        name = at["name"]
        if question.kind == "file" and name == f"{question.id}:said":
            return self.once(name, lambda: self.radio("dont_know", at))
        wanted = _wanted(question, name)
        if name == "add-row" and question.id not in self.seen:
            self.seen.add(question.id)
            if not self.page.locator(f"[id='q-{question.id}'] .rows > .row-card").count():
                self.page.keyboard.press("Enter")
            return None
        if wanted is None:
            return None
        if at["type"] == "checkbox":
            if at["value"] in wanted and not at["checked"]:
                self.page.keyboard.press("Space")
            return None
        if at["type"] == "radio":
            return self.once(name, lambda: self.radio(wanted, at))
        if at["type"] in ("date", "time"):
            return self.once(name, lambda: self.moment(wanted))
        if at["tag"] == "SELECT":
            return self.once(name, lambda: self.choose(wanted))
        return self.once(name, lambda: self.type(wanted))

    def radio(self, wanted: str, at: dict[str, Any]) -> None:
        self.choose(wanted)
        if not self.page.evaluate(WHERE)["checked"]:
            self.page.keyboard.press("Space")

    def once(self, name: str, do: Any) -> None:
        if name not in self.seen:
            self.seen.add(name)
            do()


def _wanted(question: Question, name: str) -> Any:
    """What goes into the control of this name; None where nothing does."""
    of = f"{question.id}:"
    if question.kind == "table":
        found = re.fullmatch(re.escape(of) + r"row:\d+:(\w+)", name)
        raw = raw_of(question)[0].get(found[1]) if found else None
    elif question.kind == "money":
        raw = raw_of(question).get(name.removeprefix(of))
    elif name == f"{of}value":
        raw = raw_of(question)
    else:
        return None
    # One box for each country: one of them will do.
    return raw[-1] if question.kind == "countries" and isinstance(raw, list) else raw


def test_the_whole_questionnaire_by_keyboard_in_latvian(typist: Page, vera: Office) -> None:
    with Session(vera.engine) as session:
        session.execute(sa.update(Assessment).values(language="lv"))
        session.commit()
    hands = Hands(typist)
    typist.goto(f"{vera.address}/invitation/{vera.token}")
    expect(typist.locator("html")).to_have_attribute("lang", "lv")
    _press_in(hands, "main form button[type=submit]")
    hands.until("code")
    hands.type(vera.code())
    hands.enter()
    questions = dict(current_bank().questions)
    _press_in(hands, ".actions a.btn-primary")
    for _ in range(len(current_bank().sections)):
        hands.answer(questions)
        if "/check" in typist.url:
            break
    expect(typist.locator("html")).to_have_attribute("lang", "lv")
    hands.until("name")
    hands.type("Vera Ozola")
    hands.until("role")
    hands.type("Valdes priekšsēdētāja")
    hands.until("agreed")
    typist.keyboard.press("Space")
    hands.tab()
    hands.enter()
    expect(typist).to_have_url(vera.at)
    assert vera.assessment().state == "submitted"
    assert vera.assessment().attested_role == "Valdes priekšsēdētāja"
    with Session(vera.engine) as session:
        rows = session.execute(sa.select(Answer.question_id, Answer.state))
        states = {row.question_id: row.state for row in rows}
    unanswered = {
        one
        for one, state in states.items()
        if state != "answered" and questions[one].kind != "file"
    }
    assert unanswered == set()
    assert len(states) > 100


def _press_in(hands: Hands, selector: str) -> None:
    """Tab to the first of these and press Enter."""
    for _ in range(MOST_STOPS):
        hands.tab()
        if hands.page.evaluate("(s) => document.activeElement.matches(s)", selector):
            hands.enter()
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
