"""What a vendor does on any page: comes in by a code, answers, waits for *Saved*, goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import FilePayload, expect

from tests.journeys.buying import TITLE, VERA
from tests.journeys.house import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.visitor import Visitor

SAVED = re.compile(r"^Saved \d\d:\d\d$")
PDF = b"%PDF-1.7\n% a responsibility matrix\n%%EOF\n"


def come_in(vera: Visitor, ada: Visitor, link: str, address: str = VERA) -> None:
    """From the link to the first page; the code comes by mail, which Ada can read as admin."""
    vera.go(link)
    vera.look("invitation")
    assert TITLE not in vera.text
    vera.press("Send me the code")
    vera.arrive("Enter the code")
    vera.look("code")
    vera.fill({"Code": code_of(ada, address)})
    vera.press("Open the questionnaire")
    vera.page.wait_for_url("**/assessment/*")
    vera.sees(TITLE)


def box(vera: Visitor, question: str) -> Locator:
    """A question on the page."""
    return vera.page.locator(f"fieldset[data-question='{question}']")


def saved(place: Locator) -> None:
    """Wait until the page says that this question is saved."""
    expect(place.locator(".saved")).to_have_text(SAVED)
    expect(place).not_to_have_attribute("data-unsaved", "")


def choose(vera: Visitor, question: str, *labels: str) -> Locator:
    """Tick these and wait until that is saved."""
    place = box(vera, question)
    for label in labels:
        place.get_by_label(label, exact=True).check()
    if vera.scripts:
        saved(place)
    return place


def write(vera: Visitor, question: str, value: str, label: str = "Answer") -> Locator:
    """Type into a question's box and wait until that is saved."""
    place = box(vera, question)
    place.get_by_label(label).first.fill(value)
    saved(place)
    return place


def say_dont_know(vera: Visitor) -> None:
    """*We don't know* to everything of the page that has to be answered and is blank."""
    blank = vera.page.locator("fieldset[data-state=blank]:not([hidden])")
    names = [one.get_attribute("data-question") or "" for one in blank.all()]
    for name in names:
        if "(optional)" not in box(vera, name).locator("legend").first.inner_text():
            choose(vera, name, "We don't know")


def onward(vera: Visitor, *, elsewhere: bool = True) -> None:
    """Save the page and go on to the next one."""
    here = vera.page.url
    vera.page.locator(".actions button[name=go]").first.click()
    if elsewhere:
        vera.page.wait_for_url(lambda url: url != here)


def attach(vera: Visitor, question: str, document: str, name: str) -> None:
    """Attach a document of this type; a file of a wrong kind is refused by its name."""
    place = box(vera, question)
    attaching = place.locator(".attach")
    if attaching.get_attribute("open") is None:
        attaching.locator("summary").click()
    place.get_by_label("What the document is").select_option(document)
    place.get_by_label("Date on the document").fill("2026-09-01")
    place.get_by_label("Files").set_input_files(
        [
            FilePayload(name=one, mimeType="application/octet-stream", buffer=held)
            for one, held in (("setup.exe", b"MZ\x90\x00 a program"), (name, PDF))
        ]
    )
    place.get_by_role("button", name="Attach").click()
    expect(place.locator(".files")).to_contain_text(name)
    expect(place.locator(".upload-notes")).to_contain_text("setup.exe")
    expect(place.locator(".files")).not_to_contain_text("setup.exe")
