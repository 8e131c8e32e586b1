"""Discarding a draft in the browser: asked first, gone after, told in the trail."""

from __future__ import annotations

from questionnaire.models import Rfi, User
from tests.harness.web import StrictClient
from tests.web.buying import actor, buyer, draft, path, ready, sent

__all__ = ["actor", "buyer", "draft", "ready", "sent"]


def test_a_draft_is_discarded_only_with_a_tick(buyer: StrictClient, ready: Rfi) -> None:
    address, title = path(ready), ready.title
    page = buyer.show(f"{address}/basics")
    assert ("Discard this draft", f"{address}/discard") in page.links
    page = buyer.show(f"{address}/discard")
    assert title in page.text
    assert "Nothing of it has been sent" in page.text
    page = buyer.press("Discard the draft", status=422)
    assert "a discarded draft does not come back" in page.text
    page = buyer.press("Discard the draft", {"sure": "yes"})
    assert page.url == "/rfis"
    assert "The draft is discarded." in page.text
    assert title not in page.text
    buyer.show(f"{address}/basics", status=404)


def test_a_second_press_is_answered_like_the_first(buyer: StrictClient, draft: Rfi) -> None:
    address = path(draft, "/discard")
    buyer.show(address)
    assert buyer.page is not None
    sent = {**buyer.page.form_with("Discard the draft").values(), "sure": "yes"}
    for _ in range(2):
        reply = buyer.post(address, data=sent)
        assert (reply.status_code, reply.headers["Location"]) == (303, "/rfis")


def test_a_sent_rfi_has_no_such_page_and_takes_no_such_press(
    buyer: StrictClient, sent: Rfi
) -> None:
    address = path(sent, "/discard")
    assert buyer.show(address).url == path(sent)
    buyer.show("/rfis/new")
    assert buyer.page is not None
    token = buyer.page.form_with("Save and choose questions").values()["csrf_token"]
    reply = buyer.post(address, data={"sure": "yes", "csrf_token": token})
    assert reply.status_code == 409
    assert "it can be withdrawn" in reply.text


def test_the_trail_of_the_organisation_tells_of_it(
    buyer: StrictClient, ada: User, ready: Rfi
) -> None:
    title = ready.title
    buyer.show(path(ready, "/discard"))
    buyer.press("Discard the draft", {"sure": "yes"})
    page = buyer.show("/audit")
    assert f"{ada.name} discarded the draft “{title}”" in page.text
    assert "“…”" not in page.text
