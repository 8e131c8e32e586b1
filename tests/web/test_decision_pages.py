"""Deciding on its page: the advice first, a reason for each, one effect, and two past the gate."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Assessment, Decision, Rfi, User
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import GOOD
from tests.web.buying import buyer, path
from tests.web.deciding import REASON, amber, begin, decisions, reasons, rfi
from tests.web.reviewing import second

__all__ = ["amber", "buyer", "rfi", "second"]


def test_an_option_says_what_it_goes_against_before_it_is_taken(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = buyer.show(path(rfi, "/decision"))
    assert "Nothing has been decided yet." in page.text
    assert any(
        "Amber Call, for the whole service" in text_of(row)
        and "Not eligible" in text_of(row)
        and "takes a second person" in text_of(row)
        for row in page.root.iter("tr")
    )
    page = begin(buyer, rfi, "Amber Call, for the whole service")
    assert "Do not outsource on these answers." in page.text
    assert "Amber Call is not eligible" in page.text
    assert "The software never recommends it" in page.text
    assert decisions(session) == []


def test_in_house_stands_at_once_with_its_reason_and_the_trail_knows(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    page = buyer.press("Write the decision down", reasons(page))
    assert "Written down: this decision stands." in page.text
    assert "Keep the service in-house" in page.text
    assert REASON in page.text
    assert "Because of against-provisional." in page.text
    (made,) = decisions(session)
    assert (made.option, made.decider) == ("in_house", "Ada Marsh")
    assert "decided on" in buyer.show(path(rfi, "/history")).text


def test_a_missing_reason_comes_back_with_what_was_typed(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    begin(buyer, rfi, "Keep the service in-house")
    page = buyer.press(
        "Write the decision down", {"against-provisional": "We cannot wait."}, status=422
    )
    assert "Say why you decide so" in page.text
    assert "We cannot wait." in page.text
    assert decisions(session) == []
    page = buyer.press("Write the decision down", {"reason": "x" * 2_001}, status=422)
    assert "2,000" in page.text


def test_pressing_twice_writes_once(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    form = page.form_with("Write the decision down")
    sent = {**form.values(), **reasons(page)}
    for _press in range(2):
        reply = buyer.post(path(rfi, "/decision"), data=sent)
        assert reply.status_code == 303
    assert len(decisions(session)) == 1


def test_what_changed_since_is_refused_and_nothing_typed_is_lost(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    session.execute(sa.update(Answer).values(comment="By the way."))
    session.commit()
    page = buyer.press("Write the decision down", reasons(page), status=409)
    assert "has changed since the page was shown" in page.text
    assert REASON in page.text
    assert decisions(session) == []
    buyer.press("Write the decision down")
    assert len(decisions(session)) == 1


@pytest.mark.parametrize("option", ["", "moon", "vendor", "vendor:nobody", "hybrid:", "%00"])
def test_an_option_that_is_not_there_is_told(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, option: str
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    form = page.form_with("Write the decision down")
    sent = {**form.values(), **reasons(page), "option": option}
    reply = buyer.post(path(rfi, "/decision"), data=sent)
    assert reply.status_code == 422
    assert decisions(session) == []
    assert (
        "Nothing has been decided yet." in buyer.show(path(rfi, "/decision?option=" + option)).text
    )


def test_past_the_gate_a_reviewer_has_to_agree(
    buyer: StrictClient, second: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Amber Call, for the whole service")
    page = buyer.press("Write it down, for a second person", reasons(page))
    assert "Waits for a second person" in page.text
    assert "somebody else has to agree" in page.text
    assert "Nothing has been decided yet." in page.text
    (made,) = decisions(session)
    typed = {**page.form_with("Take it back").values(), "step": "agree"}
    own = buyer.post(path(rfi, f"/decision/{made.id}"), data=typed)
    assert own.status_code == 409
    page = second.show(f"/flags/reviews/{rfi.id}")
    page = second.show(page.link("Look at it"))
    assert "Amber Call is not eligible" in page.text
    page = second.press("Agree, against the advice")
    assert "the decision stands" in page.text
    page = buyer.show(path(rfi, "/decision"))
    assert "What stands" in page.text
    assert "By Rosa Lind on" in page.text
    nothing = second.show(f"/flags/reviews/{rfi.id}/decision")
    assert "Nothing waits for you" in nothing.text


def test_who_decided_can_take_it_back_before_that(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Amber Call, for a part of the service")
    buyer.press("Write it down, for a second person", reasons(page))
    (made,) = decisions(session)
    page = buyer.show(path(rfi, "/decision"))
    typed = page.form_with("Take it back").values()
    for step in ("moon", ""):
        odd = buyer.post(path(rfi, f"/decision/{made.id}"), data={**typed, "step": step})
        assert odd.status_code == 409
    page = buyer.press("Take it back")
    assert "never stood" in page.text
    late = buyer.post(path(rfi, f"/decision/{made.id}"), data={**typed, "step": "end"})
    assert late.status_code == 409


def test_a_later_decision_keeps_the_former_as_it_was(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    buyer.press("Write the decision down", reasons(page))
    clock.move(timedelta(days=3))
    page = begin(buyer, rfi, "Nobody for now: search again")
    assert "Why does that one no longer hold?" in page.text
    page = buyer.press("Write the decision down", reasons(page))
    assert "Because of superseding." in page.text
    page = buyer.show(page.link("Decision 1"))
    assert REASON in page.text
    assert "Amber Call" in page.text


def test_its_page_proves_it_and_writes_nothing(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    buyer.press("Write the decision down", reasons(page))
    (made,) = decisions(session)
    session.execute(sa.update(Answer).values(comment="Changed since."))
    session.commit()
    page = buyer.show(path(rfi, f"/decision/{made.id}"))
    assert "As it was made, whatever has changed since." in page.text
    assert rfi.edition_digest in page.text
    page = buyer.show(page.link("Prove it").partition("#")[0])
    assert "Same result" in page.text
    session.execute(sa.update(Decision).values(reason="Not what Ada wrote."))
    session.commit()
    page = buyer.show(path(rfi, f"/decision/{made.id}?prove=1"))
    assert "Not proven" in page.text
    assert "reason is not what the document says" in page.text


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, stan: User
) -> None:
    page = begin(buyer, rfi, "Keep the service in-house")
    sent = {**page.form_with("Write the decision down").values(), **reasons(page)}
    buyer.post(path(rfi, "/decision"), data=sent)
    (made,) = decisions(session)
    session.commit()
    nothing = buyer.get(path(rfi, "/decision/0192f0c1-0000-7000-8000-000000000000"))
    cast.sign_in(buyer, stan)
    replies = [
        buyer.get(path(rfi, "/decision")),
        buyer.get(path(rfi, f"/decision/{made.id}")),
    ]
    assert {one.status_code for one in (nothing, *replies)} == {404}
    assert len(decisions(session)) == 1


def test_more_vendors_and_decisions_ask_no_more_of_the_database(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi,
    amber: Assessment, connection: sa.Connection,
) -> None:  # fmt: skip
    page = begin(buyer, rfi, "Keep the service in-house")
    buyer.press("Write the decision down", reasons(page))
    counts = []
    for more in (0, 3):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
            session.commit()
            page = begin(buyer, rfi, "Nobody for now: search again")
            buyer.press("Write the decision down", reasons(page))
        session.commit()
        with statements(connection) as seen:
            buyer.show(path(rfi, "/decision"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 32
