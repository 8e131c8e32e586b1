"""How much each need matters, on the page of pictures: it orders the customers' view."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber
from tests.web.buying import buyer, path

__all__ = ["amber", "buyer"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def needs(page: Page) -> list[str]:
    """The heads of the rows of the customers' view, from above."""
    table = next(one for one in page.root.iter("table") if "view-sheet" in str(one.get("class")))
    body = next(iter(table.iter("tbody")))
    return [text_of(one) for one in body.iter("th")]


def sent_back(buyer: StrictClient, rfi: Rfi, sent: dict[str, list[str]], status: int) -> Page:
    """The page that comes back when the form is not kept."""
    reply = buyer.post(path(rfi, "/compare/pictures/needs"), data=sent)
    assert reply.status_code == status
    assert buyer.page is not None
    return buyer.page


def show(buyer: StrictClient, session: Session, rfi: Rfi) -> Page:
    session.commit()
    return buyer.show(path(rfi, "/compare/pictures"))


def test_what_matters_most_stands_first_and_what_does_not_says_so(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    before = needs(show(buyer, session, rfi))
    page = buyer.press(
        "Keep the weights", {"need-card": "5", "need-storm": "2", "need-understood": "0"}
    )
    assert "the needs that matter most stand first" in page.text
    after = needs(page)
    assert [one.partition(" weight")[0] for one in after[:2]] == [
        "My card number is safe",
        "Someone answers even when there is a storm",
    ]
    assert "weight 5 of 5" in after[0]
    assert any(one.endswith("does not matter to you") for one in after[2:])
    assert len(after) == len(before)
    trail = buyer.show(path(rfi, "/history")).text
    assert "said how much each need of customers matters" in trail


def test_what_was_typed_wrong_comes_back(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    typed = page.form_with("Keep the weights").values()
    sent = typed | {"need-card": ["9"], "need-storm": ["4"]}
    page = sent_back(buyer, rfi, sent, 422)
    assert "Choose a weight from 0 to 5." in page.text
    values = page.form_with("Keep the weights").values()
    assert values["need-storm"] == ["4"]


def test_a_page_that_is_behind_overwrites_nothing_and_shows_both(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    typed = page.form_with("Keep the weights").values()
    buyer.press("Keep the weights", {"need-card": "5"})
    sent = typed | {"need-card": ["1"]}
    page = sent_back(buyer, rfi, sent, 409)
    assert "Stands now: 5" in page.text
    assert page.form_with("Keep the weights").values()["need-card"] == ["1"]
    buyer.press("Keep the weights")
    assert "weight 1 of 5" in needs(show(buyer, session, rfi))[0]


def test_the_chosen_vendors_stay_chosen(
    buyer: StrictClient, session: Session, clock, organisation, rfi: Rfi, amber: Assessment
) -> None:
    reviewed.submitted(session, clock, organisation, rfi, vendor="Birch Line")
    session.commit()
    buyer.show(path(rfi, f"/compare/pictures?vendor={amber.id}"))
    page = buyer.press("Keep the weights", {"need-card": "5"})
    assert "Vendors: 1 of 2" in page.text


def test_the_report_has_the_same_order_and_says_the_weights(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    show(buyer, session, rfi)
    buyer.press("Keep the weights", {"need-card": "5", "need-storm": "2"})
    text = buyer.show(path(rfi, "/report")).text
    card, storm, first = (
        text.index(one)
        for one in (
            "My card number is safe (weight 5 of 5)",
            "there is a storm (weight 2 of 5)",
            "Be understood the first time",
        )
    )
    assert card < storm < first
