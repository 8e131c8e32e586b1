"""What Remi and Rosa do: work the queue by keyboard, agree in pairs, decide together, ask back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.harness.looking import on
from tests.journeys.answering import PDF, box, saved

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.visitor import Visitor

REASON = "A call-back is promised in the offer and will be tested."
REMARK = "Could the second site take over sooner? Please name the contract."


def to_queue(remi: Visitor) -> None:
    remi.go("/flags")
    remi.page.get_by_role("heading", name="Flags", exact=True).wait_for()


def line_of(remi: Visitor, about: str) -> Locator:
    """A flag in the queue."""
    return remi.page.locator("#together .line", has_text=about).first


def open_flag(remi: Visitor, about: str, filter_link: str = "Mandatory") -> None:
    """From the queue, narrowed to the severity, to the flag about this."""
    to_queue(remi)
    remi.page.locator(".tallies").get_by_role("link", name=filter_link).click()
    remi.page.locator(".line-link", has_text=about).first.click()
    expect(remi.page.locator("h1")).to_have_text(about)


def look_through(remi: Visitor) -> None:
    """The queue, a flag with its evidence, everything of one vendor."""
    to_queue(remi)
    remi.look("queue")
    on(remi.page.locator(".tallies").get_by_role("link", name="Mandatory"))
    remi.look("queue-mandatory")
    open_flag(remi, "Separation from a competitor", "Major")
    remi.look("flag-with-evidence")
    with remi.page.expect_download() as coming:
        remi.follow("separation.pdf")
    assert coming.value.suggested_filename == "separation.pdf"
    assert coming.value.path().read_bytes() == PDF
    remi.page.locator(".crumbs").get_by_role("link", name="Coral Contact").click()
    remi.arrive("Coral Contact")
    remi.look("assessment")


def propose_waiver(remi: Visitor) -> None:
    """By keyboard: waive, say why and until when, decide; the next flag comes; confirm that."""
    open_flag(remi, "Fallback for callers")
    remi.look("flag-mandatory")
    keys = remi.page.keyboard
    keys.press("w")
    expect(remi.page.locator("#action-waive")).to_be_checked()
    expect(remi.page.locator("#reason")).to_be_focused()
    keys.type(REASON)
    remi.page.locator("#until").fill("2027-03-31")
    remi.page.locator("#reason").focus()
    keys.press("Control+Enter")
    remi.page.locator(".done").wait_for()
    expect(remi.page.locator(".done")).to_contain_text("second person")
    remi.look("flag-next")
    first = remi.page.locator("h1").inner_text()
    keys.press("c")
    expect(remi.page.locator("#decide-next")).to_be_focused()
    keys.press("Enter")
    expect(remi.page.locator("h1")).not_to_have_text(first)
    expect(remi.page.locator(".done")).to_contain_text("confirmed")


def agree(rosa: Visitor) -> None:
    """A second person finds what waits for her, reads why, agrees with one key."""
    to_queue(rosa)
    rosa.follow("Wait for you to agree")
    rosa.sees("waits for a second person")
    rosa.look("queue-second")
    rosa.page.locator(".line-link").first.click()
    rosa.sees(REASON)
    rosa.look("flag-second")
    rosa.page.keyboard.press("y")
    rosa.page.locator(".done").wait_for()
    rosa.look("after-agreeing")


def decide_together(remi: Visitor) -> None:
    """Alike ones of one section: ticked, previewed, decided, and all of it undone."""
    to_queue(remi)
    groups = remi.page.locator(".groups").get_by_role("link", name="Coral Contact")
    on(groups.or_(remi.page.locator(".block-head a", has_text="Coral Contact")).first)
    remi.look("queue-vendor")
    remi.page.locator("a.block-all", has_text="Cultural training").first.click()
    remi.arrive("Decide together")
    remi.look("together")
    count = remi.page.locator(".line-tick").count()
    assert count > 3
    remi.page.get_by_label("Confirm the gaps").check()
    remi.press("Show what would happen")
    remi.sees(f"{count} flags change")
    remi.look("together-preview")
    remi.press(f"Decide {count} flags")
    remi.page.get_by_role("heading", name="Decided together").wait_for()
    expect(remi.page.get_by_text("Can be undone")).to_have_count(count)
    remi.look("decided-together")
    remi.press(f"Undo {count} decisions")
    expect(remi.page.get_by_text("Undone", exact=True)).to_have_count(count)
    remi.look("undone")


def ask_back(remi: Visitor) -> str:
    """Ask the vendor about one answer; the address of the flag."""
    open_flag(remi, "Recovery time")
    address = remi.page.url
    remi.page.keyboard.press("v")
    expect(remi.page.locator("#remark")).to_be_focused()
    remi.page.keyboard.type(REMARK)
    remi.look("flag-asking")
    remi.press("Ask and next")
    expect(remi.page.locator("h1")).not_to_have_text("Recovery time")
    remi.go(address)
    remi.look("flag-asked")
    return address


def reply(vera: Visitor, link: str) -> None:
    """The vendor sees what is asked and what it said, changes the one answer, sends it."""
    vera.go(link)
    vera.sees("One question is open again")
    vera.look("start-asked-again")
    vera.follow("See and reply")
    vera.arrive("Questions that are open again")
    vera.sees(REMARK)
    place = box(vera, "resilience.rto")
    place.get_by_text("Your answer so far").click()
    expect(place.locator(".remark details")).to_contain_text("12 hours")
    assert vera.page.locator("fieldset[data-question]").count() == 1
    vera.look("replies")
    # By its label, and not the tick that the answer stands.
    place.get_by_role("textbox", name="Answer").fill("5")
    place.locator(".comment > summary").click()
    place.get_by_label("Comment", exact=True).fill("The second site was contracted in November.")
    saved(place)
    vera.page.get_by_label("Name of the person who attests").fill("Vera Ozola")
    vera.page.get_by_label("Role in the company").fill("Managing director")
    vera.page.get_by_label("I am entitled to speak").check()
    vera.press("Send replies")
    vera.page.wait_for_url(re.compile(r"/assessment/[^/]+$"))
    vera.look("start-replied")


def see_both(remi: Visitor, address: str) -> None:
    """The answer before and now, and what the new one came to."""
    remi.go(address)
    before, now = remi.page.locator(".answer-box").all()
    expect(before).to_contain_text("12 hours")
    expect(now).to_contain_text("5 hours")
    remi.sees("Closed: met now")
    remi.look("flag-replied")
