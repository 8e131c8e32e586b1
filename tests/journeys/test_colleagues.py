"""Vera hands a part over to Marta: two people at browsers of their own, on a desk and a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Invitation, Message
from tests.journeys.vera import a, box, office
from tests.journeys.visitor import Visitor, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)


@pytest.fixture(params=[(1280, 390), (390, 1280)], ids=["vera-desk", "vera-phone"])
def both(
    request: pytest.FixtureRequest, browser: Browser, vera: Office
) -> Iterator[tuple[Visitor, Visitor]]:
    """Vera's browser and Marta's."""
    known: set[str] = set()
    wide, narrow = request.param
    people = (
        Visitor(browser, vera.address, "Vera", wide, known),
        Visitor(browser, vera.address, "Marta", narrow, known),
    )
    yield people
    for one in people:
        one.leave()


def link_in_mail(office: Office) -> str:
    """The link of the newest mail to a colleague."""
    query = sa.select(Message.text).where(Message.kind == "handed_over")
    with Session(office.engine) as session:
        text = session.scalars(query.order_by(Message.id.desc())).first() or ""
    found = re.search(r"http\S+/invitation/\S+", text)
    assert found is not None
    return found[0]


def come_in(visitor: Visitor, office: Office, link: str) -> None:
    visitor.go(link)
    visitor.press("Send me the code")
    visitor.fill({"Code": office.code()})
    visitor.press("Open the questionnaire")
    visitor.page.wait_for_url("**/assessment/*")


def write(visitor: Visitor, question: Question, text: str) -> None:
    box(visitor.page, question).locator(".value input").first.fill(text)
    visitor.page.keyboard.press("Tab")


def hand_over(owner: Visitor, office: Office, question: Question) -> None:
    owner.go(f"{office.at}/section/{question.section}")
    owner.look("owners-section")
    owner.press("Ask a colleague to answer this section")
    owner.arrive("Ask a colleague")
    owner.fill(
        {
            "Name of your colleague": "Marta Liepa",
            "E-mail address of your colleague": "marta@ambercall.example",
            "Message to your colleague": "You know these figures best.",
        }
    )
    owner.look("hand-over")
    owner.press("Hand over and send the mail")
    owner.sees("Marta Liepa gets a mail")
    owner.look("owners-start")


def dispute(owner: Visitor, marta: Visitor, vera: Office, question: Question) -> None:
    """Both have the page open; Marta is faster, and Vera sees both answers with her name."""
    owner.go(f"{vera.at}/section/{question.section}")
    marta.go(f"{vera.at}/section/{question.section}")
    marta.look("colleagues-section")
    write(marta, question, "42")
    expect(box(marta.page, question)).to_have_attribute("data-state", "answered")
    with owner.refused(409):
        write(owner, question, "43")
    expect(box(owner.page, question).locator(".conflict")).to_contain_text("Marta Liepa")
    owner.look("conflict")
    owner.press("Keep the stored answer", within=box(owner.page, question))
    expect(box(owner.page, question)).to_contain_text("Marta Liepa")


def keeps(visitor: Visitor, number: int) -> None:
    """Wait until this browser itself keeps so many things that were typed."""
    for _ in range(100):
        if visitor.page.evaluate("localStorage.length") == number:
            return
        visitor.page.wait_for_timeout(100)
    assert visitor.page.evaluate("localStorage.length") == number


def shut_out(owner: Visitor, marta: Visitor, vera: Office, question: Question) -> None:
    """The link ends while Marta types: the page says so, her browser keeps the words."""
    marta.go(f"{vera.at}/section/{question.section}")
    expect(marta.page.locator("html")).to_have_attribute("data-ready", "true")
    owner.follow("Marta Liepa")
    owner.look("one-colleague")
    owner.press("End the link", exact=True)
    owner.sees("has ended")
    with marta.refused(404):
        write(marta, question, "44")
    expect(box(marta.page, question)).to_contain_text("This link does not open anything any more")
    keeps(marta, 1)
    with marta.refused(404):
        marta.go(f"{vera.at}/section/{question.section}")
    stored = vera.stored(question)
    assert stored is not None
    assert (stored.value, stored.changed_by) == (42, "marta@ambercall.example")


def ask_again(owner: Visitor, marta: Visitor, vera: Office, question: Question) -> None:
    """Marta gets another link, and what she had typed arrives by it."""
    owner.follow("Marta Liepa")
    owner.follow("Hand over again")
    owner.press("Hand over and send the mail")
    owner.sees("gets a mail")
    with Session(vera.engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 3
    come_in(marta, vera, link_in_mail(vera))
    # Any page of the questionnaire sends it.
    keeps(marta, 0)
    marta.go(f"{vera.at}/section/{question.section}")
    expect(box(marta.page, question).locator(".value input").first).to_have_value("44")
    stored = vera.stored(question)
    assert stored is not None
    assert stored.value == 44


def test_a_part_is_handed_over_answered_disputed_and_taken_back(
    both: tuple[Visitor, Visitor], vera: Office
) -> None:
    owner, marta = both
    question = a("number")
    vera.enter(owner.page)
    hand_over(owner, vera, question)
    come_in(marta, vera, link_in_mail(vera))
    marta.sees("You know these figures best.", "asks for your help")
    marta.look("colleagues-start")

    dispute(owner, marta, vera, question)
    marta.go(vera.at)
    marta.fill({"Note to": "The rest is Juris's."})
    marta.press("I am done")
    marta.sees("is told that you are done")
    owner.go(f"{vera.at}/check")
    owner.sees("Answered by Marta Liepa")
    owner.look("owners-check")
    owner.go(vera.at)
    owner.sees("The rest is Juris's.")
    shut_out(owner, marta, vera, question)
    ask_again(owner, marta, vera, question)
    assert told([owner, marta]) == []


def test_without_scripts_the_same_works_by_buttons(browser: Browser, vera: Office) -> None:
    owner = Visitor(browser, vera.address, "Vera", 390, set(), scripts=False)
    marta = Visitor(browser, vera.address, "Marta", 1280, set(), scripts=False)
    question = a("number")
    vera.enter(owner.page)
    hand_over(owner, vera, question)
    come_in(marta, vera, link_in_mail(vera))
    marta.go(f"{vera.at}/section/{question.section}")
    write(marta, question, "42")
    marta.press("Save", exact=True)
    marta.sees("Saved.")
    owner.go(f"{vera.at}/check")
    owner.sees("Answered by Marta Liepa")
    assert told([owner, marta]) == []
    for one in (owner, marta):
        one.leave()
