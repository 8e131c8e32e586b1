"""Beginning an RFI: what is suggested, what is refused, what a second press does."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Rfi, User
from tests.cast import sign_in
from tests.harness.web import StrictClient
from tests.web.buying import actor, buyer, draft, ready, sent

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

TYPED = {"title": "Customer care 2027", "base": "general-retail", "preset": "six-topics"}


def test_the_first_page_invites_to_begin(buyer: StrictClient) -> None:
    page = buyer.show("/rfis")
    assert "No RFI yet" in page.text
    assert page.link("Begin the first RFI") == "/rfis/new"


def test_an_rfi_begins_with_what_is_suggested_and_a_title(
    buyer: StrictClient, session: Session, ada: User
) -> None:
    page = buyer.show("/rfis/new")
    values = page.form_with("Save and choose questions").values()
    assert values["reply_to"] == [ada.email]
    assert values["deadline_day"] == ["2026-12-14"]
    page = buyer.press("Save and choose questions", TYPED)
    rfi = session.scalars(sa.select(Rfi)).one()
    assert page.url == f"/rfis/{rfi.id}/questions"
    assert "55 of 121 questions chosen" in page.text
    assert (rfi.title, rfi.profiles, rfi.state) == (TYPED["title"], ["general-retail"], "draft")


def test_a_page_with_faults_comes_back_whole(buyer: StrictClient, session: Session) -> None:
    buyer.show("/rfis/new")
    typed = {
        "title": "",
        "purpose": "Line one\nline <two>",
        "reply_to": "nobody",
        "deadline_day": "2020-01-01",
        "time_zone": "Europe/Riga",
        "add_ons": ["card-payments"],
    }
    page = buyer.press("Save and choose questions", typed, status=422)
    summary = page.by_id("error-summary")
    targets = [one.get("href") for one in summary.iter("a")]
    assert targets == ["#title", "#reply_to", "#deadline_day", "#base"]
    for target in targets:
        page.by_id(str(target).removeprefix("#"))
    values = page.form_with("Save and choose questions").values()
    assert values["purpose"] == ["Line one\nline <two>"]
    assert values["add_ons"] == ["card-payments"]
    assert values["time_zone"] == ["Europe/Riga"]
    assert session.scalars(sa.select(Rfi)).all() == []


def test_the_same_page_sent_twice_begins_one_rfi(buyer: StrictClient, session: Session) -> None:
    page = buyer.show("/rfis/new")
    values = page.form_with("Save and choose questions").values() | {
        name: [value] for name, value in TYPED.items()
    }
    replies = [buyer.post("/rfis/new", data=values) for _ in range(2)]
    assert replies[0].headers["Location"] == replies[1].headers["Location"]
    assert len(session.scalars(sa.select(Rfi)).all()) == 1


def test_a_preset_that_is_none_is_refused_in_a_sentence(
    buyer: StrictClient, session: Session
) -> None:
    buyer.show("/rfis/new")
    typed = TYPED | {"preset": "none-such"}
    page = buyer.press("Save and choose questions", typed, status=422)
    assert "Choose one of the presets shown." in page.text
    assert session.scalars(sa.select(Rfi)).all() == []


def test_a_stranger_does_not_see_it(
    buyer: StrictClient, session: Session, draft: Rfi, stan: User
) -> None:
    assert draft.title in buyer.show("/rfis").text
    sign_in(buyer, stan)
    assert draft.title not in buyer.show("/rfis").text
    foreign = buyer.get(f"/rfis/{draft.id}/basics")
    unknown = buyer.get("/rfis/0192f0c1-0000-7000-8000-000000000000/basics")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.get_data() == unknown.get_data()


def test_the_next_rfi_begins_in_the_time_zone_of_the_last(buyer: StrictClient, draft: Rfi) -> None:
    values = buyer.show("/rfis/new").form_with("Save and choose questions").values()
    assert values["time_zone"] == [draft.time_zone] == ["Europe/Riga"]
