"""Preview, checklist and sending, as Ada meets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Invitation, Message, Rfi
from questionnaire.services import editions
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import drafts
from tests.web.buying import actor, buyer, draft, path, ready, sent

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

SEND = "Send to 2 vendors"


def count(session: Session, table: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_preview_asks_what_vendors_are_asked_and_takes_nothing(
    buyer: StrictClient, ready: Rfi
) -> None:
    bank = editions.current_bank()
    page = buyer.show(path(ready, "/preview/resilience"))
    assert "Preview. This is what vendors see." in page.text
    for one in bank.sections_by_id["resilience"].questions:
        assert one.text.en in page.text
    controls = list(_controls(page.root))
    off = [
        one
        for fieldset in page.root.iter("fieldset")
        if fieldset.get("disabled") is not None
        for one in _controls(fieldset)
    ]
    assert len(controls) > 100
    assert [one.attrib for one in controls if one not in off] == []


def _controls(inside: Element) -> Iterator[Element]:
    """Whatever a vendor's page would send of an answer."""
    for one in inside.iter():
        if one.tag in ("input", "select", "textarea", "button") and ":" in one.get("name", ""):
            yield one


def test_the_preview_tells_no_requirement_and_nothing_of_the_brief(
    buyer: StrictClient, ready: Rfi
) -> None:
    bank = editions.current_bank()
    said = {one.rationale.en for one in bank.requirements}
    for section in ("clients", "resilience", "security"):
        text = buyer.show(path(ready, f"/preview/{section}")).text
        assert [one for one in said if one in text] == []
        assert "Larkspur" not in text


def test_the_preview_comes_in_the_vendors_language(buyer: StrictClient, ready: Rfi) -> None:
    text = buyer.show(path(ready, "/preview/resilience?language=lv")).text
    assert "Dublētas sistēmas" in text


def test_a_section_that_is_not_asked_is_not_there(buyer: StrictClient, ready: Rfi) -> None:
    assert buyer.get(path(ready, "/preview/price")).status_code == 404
    assert buyer.get(path(ready, "/preview/none")).status_code == 404


def test_the_checklist_leads_to_what_is_missing(buyer: StrictClient, draft: Rfi) -> None:
    page = buyer.show(path(draft, "/send"))
    assert "15 things are missing" in page.text
    assert ("Brief", path(draft, "/brief#sector")) in page.links
    assert ("Vendors", path(draft, "/vendors")) in page.links
    assert [words for form in page.forms for words in form.buttons if "Send" in words] == []


def test_sending_pressed_twice_sends_once(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    page = buyer.show(path(ready, "/send"))
    values = page.form_with(SEND).values()
    page = buyer.press(SEND)
    assert page.url == path(ready)
    assert "The RFI is sent." in page.text
    reply = buyer.post(path(ready, "/send"), data=values)
    assert (reply.status_code, reply.headers["Location"]) == (303, path(ready))
    assert count(session, Invitation) == count(session, Message) == 2


def test_what_became_missing_meanwhile_is_said_and_nothing_is_sent(
    buyer: StrictClient, session: Session, clock: MovableClock, ready: Rfi
) -> None:
    buyer.show(path(ready, "/send"))
    clock.move(timedelta(days=30))
    page = buyer.press(SEND, status=409)
    assert "The deadline has passed: choose a later one." in page.text
    assert count(session, Invitation) == 0
    assert ready.state == "draft"


def test_a_withdrawn_rfi_cannot_be_sent_again(
    buyer: StrictClient, session: Session, clock: MovableClock, sent: Rfi
) -> None:
    page = buyer.show(path(sent, "/deadline"))
    page = buyer.press("Withdraw the RFI", status=422)
    assert "Tick that you mean it" in page.text
    page = buyer.press("Withdraw the RFI", {"sure": "yes"})
    assert "Withdrawn" in page.text
    token = page.form_with("Sign out").values()["csrf_token"]
    reply = buyer.post(path(sent, "/send"), data={"csrf_token": token})
    assert reply.status_code == 409


def test_the_whole_way_from_nothing_to_sent(
    buyer: StrictClient, session: Session, clock: MovableClock
) -> None:
    buyer.show("/rfis/new")
    buyer.press("Save and choose questions", {"title": "A whole way", "base": "general-retail"})
    buyer.press("Save and continue")
    stated = {
        "sector": "retail",
        "size_band_list": ["small"],
        "permitted_countries": ["US"],
        "contract_start": "2027-03-01",
        "size": "small",
        "seats_needed": "45",
    }
    page = buyer.press("Save and continue", stated)
    page = buyer.show(page.link("Continue to vendors"))
    typed = {"vendor": "Amber Call", "email": "vera@amber.example"}
    page = buyer.press("Add the vendor", typed)
    page = buyer.show(page.link("Continue to the preview"))
    page = buyer.show(page.link("Continue to check and send"))
    page = buyer.press("Send to 1 vendor")
    assert "0 of 1 submitted" in page.text
    (mail,) = session.scalars(sa.select(Message)).all()
    assert "A whole way" in mail.subject
    assert drafts.demo_brief()["rto_hours"] == 8
