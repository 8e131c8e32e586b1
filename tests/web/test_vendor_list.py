"""The list of vendors on its pages: typed, pasted with faults by row, corrected, added later."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Rfi
from tests.harness.web import StrictClient
from tests.web.buying import actor, buyer, draft, path, ready, sent, vendors

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

AMBER: dict[str, Any] = {
    "vendor": "Amber Call",
    "name": "Vera Ozola",
    "email": "vera@amber.example",
    "language": "lv",
}
ADD, PASTE = "Add the vendor", "Add these vendors"


def names(session: Session, rfi: Rfi) -> list[str]:
    return [one.vendor.name for one in vendors(session, rfi)]


def test_a_vendor_is_typed_in(buyer: StrictClient, session: Session, draft: Rfi) -> None:
    buyer.show(path(draft, "/vendors"))
    page = buyer.press(ADD, AMBER)
    assert "Amber Call is on the list." in page.text
    assert names(session, draft) == ["Amber Call"]
    buyer.press(ADD, AMBER)
    assert names(session, draft) == ["Amber Call"]


def test_a_wrong_address_comes_back_with_everything_typed(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    buyer.show(path(draft, "/vendors"))
    page = buyer.press(ADD, AMBER | {"email": "vera at amber"}, status=422)
    values = page.form_with(ADD).values()
    assert {name: values[name] for name in AMBER} == {
        "vendor": ["Amber Call"],
        "name": ["Vera Ozola"],
        "email": ["vera at amber"],
        "language": ["lv"],
    }
    assert names(session, draft) == []


def test_pasted_faults_name_row_and_column_and_nothing_is_lost(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    text = "Vendor;Contact;E-mail;Language\nAmber;V;v@a.example;en\nCobalt;;cobalt;Klingon\n"
    buyer.show(path(draft, "/vendors"))
    page = buyer.press(PASTE, {"pasted": text}, status=422)
    assert "Row 3, E-mail: This is not an e-mail address." in page.text
    assert "Row 3, Language: We write in English (en)" in page.text
    assert page.form_with(PASTE).values()["pasted"] == [text]
    assert names(session, draft) == []
    page = buyer.press(PASTE, {"pasted": text.replace("cobalt;Klingon", "c@c.example;Spanish")})
    assert "2 vendors are added." in page.text
    assert [one.language for one in vendors(session, draft)] == ["en", "es"]


def test_a_vendor_is_corrected_and_taken_off(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    amber = vendors(session, ready)[0]
    buyer.show(path(ready, f"/vendors/{amber.id}/contact"))
    page = buyer.press("Save", {"email": "not an address"}, status=422)
    assert page.form_with("Save").values()["email"] == ["not an address"]
    buyer.press("Save", {"email": "new@amber.example"})
    assert vendors(session, ready)[0].contact_email == "new@amber.example"
    buyer.show(path(ready, "/vendors"))
    buyer.press("Remove Amber Call")
    assert names(session, ready) == ["Cobalt Desk"]


def test_a_stale_correction_shows_both(buyer: StrictClient, session: Session, ready: Rfi) -> None:
    address = path(ready, f"/vendors/{vendors(session, ready)[0].id}/contact")
    values = buyer.show(address).form_with("Save").values()
    buyer.press("Save", {"name": "The other's name"})
    reply = buyer.post(address, data=values | {"name": ["My name"]})
    assert reply.status_code == 409
    assert buyer.page is not None
    assert "The other's name" in buyer.page.text
    assert buyer.page.form_with("Save").values()["name"] == ["My name"]


def test_a_vendor_is_added_to_an_open_rfi_and_invited_from_the_same_page(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    buyer.show(path(sent, "/vendors"))
    page = buyer.press(ADD, AMBER | {"vendor": "Echo Line"})
    assert "Not invited yet: Echo Line" in page.text
    page = buyer.press("Send the invitation")
    assert page.url == path(sent)
    assert "1 vendor is invited." in page.text
    assert {one.state for one in vendors(session, sent)} == {"sent"}


def test_names_are_escaped_wherever_they_stand(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    buyer.show(path(draft, "/vendors"))
    page = buyer.press(ADD, AMBER | {"vendor": "<b>Bold</b> & Sons"})
    assert "<b>Bold</b> & Sons" in page.text
