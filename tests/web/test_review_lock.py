"""Locking a review and opening prices, on the pages of those who do it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, User
from questionnaire.services import reviewing
from questionnaire.services.flag_rows import SEVERITY_RANKS
from questionnaire.services.ruling import Decision
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.web.reviewing import assessment, reviewer, rfi, second

__all__ = ["assessment", "reviewer", "rfi", "second"]


@pytest.fixture
def decided(session: Session, clock: MovableClock, organisation, remi: User, assessment):
    """Everything that a lock waits for is decided."""
    actor = cast.actor_of(remi, organisation)
    for flag in reviewed.flags_of(session, assessment).values():
        if flag.severity_rank < SEVERITY_RANKS["minor"]:
            confirm = Decision("confirm", "")
            reviewing.decide(session, clock, actor, flag.id, flag.version, confirm)
    session.commit()
    return assessment


@pytest.fixture
def buyer(new_client, ada: User) -> StrictClient:
    client: StrictClient = new_client()
    cast.sign_in(client, ada)
    return client


def test_from_the_queue_to_a_lock_by_two_and_open_prices(
    reviewer: StrictClient, second: StrictClient, buyer: StrictClient, rfi, decided: Assessment
) -> None:
    secret = str(reviewed.SECRET_PRICE)
    page = reviewer.show("/flags")
    page = reviewer.show(page.link("Lock a review"))
    page = reviewer.show(page.link(rfi.title))
    page = reviewer.press("Propose to lock the review")
    assert "somebody else has to agree" in page.text
    assert "Agree: lock the review" not in page.form_with("Take it back").buttons
    assert "Sealed" in buyer.show(f"/rfis/{rfi.id}/prices").text
    second.show(f"/flags/reviews/{rfi.id}")
    page = second.press("Agree: lock the review")
    assert "agreed by Rosa Lind" in page.text
    page = buyer.show(f"/rfis/{rfi.id}/prices")
    assert secret not in page.text
    page = buyer.press("Open the prices")
    assert secret in page.text
    assert "Opened by Ada Marsh" in page.text
    trail = buyer.show(f"/rfis/{rfi.id}/history").text
    assert "opened the prices of 1 vendors" in trail
    assert secret not in trail
    page = reviewer.show(f"/flags/reviews/{rfi.id}")
    reviewer.press("Propose to end the lock", {"reason": ""}, status=422)
    page = reviewer.press("Propose to end the lock", {"reason": "A document was overlooked."})
    assert "A document was overlooked." in page.text
    second.show(f"/flags/reviews/{rfi.id}")
    page = second.press("Agree: end the lock")
    assert "Prices were seen on" in page.text
    page = buyer.show(f"/rfis/{rfi.id}/prices")
    assert secret not in page.text
    assert "sealed again" in page.text


def test_what_is_open_is_named_and_a_forced_step_is_refused_in_words(
    reviewer: StrictClient, buyer: StrictClient, rfi, assessment: Assessment
) -> None:
    page = reviewer.show(f"/flags/reviews/{rfi.id}")
    assert "It cannot be locked yet" in page.text
    token = reviewer.show("/flags").forms[0].values()["csrf_token"]
    for step, sentence in (("propose", "Still open at"), ("agree", "faster"), ("x", "Choose one")):
        reply = reviewer.post(
            f"/flags/reviews/{rfi.id}", data={"step": step, "csrf_token": token[0]}
        )
        assert reply.status_code == 409
        assert sentence in reply.get_data(as_text=True)
    token = buyer.show(f"/rfis/{rfi.id}/prices").forms[0].values()["csrf_token"]
    reply = buyer.post(f"/rfis/{rfi.id}/prices", data={"csrf_token": token[0]})
    assert reply.status_code == 409
    assert "mandatory and" in reply.get_data(as_text=True)


def test_a_decision_under_a_lock_comes_back_with_the_sentence(
    session: Session, reviewer: StrictClient, second: StrictClient, rfi, decided: Assessment
) -> None:
    reviewer.show(f"/flags/reviews/{rfi.id}")
    reviewer.press("Propose to lock the review")
    second.show(f"/flags/reviews/{rfi.id}")
    second.press("Agree: lock the review")
    flag = reviewed.flag_of(session, decided, reviewed.MINOR)
    reviewer.show(f"/flags/{flag.id}")
    page = reviewer.press("Decide and stay", {"action": "confirm"}, status=409)
    assert "review of this RFI is locked" in page.text
