"""Decisions that want a second person, that nobody may make, or that came too late: the pages."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment
from questionnaire.services.judging import judge
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import (
    MAJOR,
    MANDATORY,
    NEVER,
    RTO,
    flag_of,
    question_of,
)
from tests.web.reviewing import assessment, reviewer, rfi, second

__all__ = ["assessment", "reviewer", "rfi", "second"]

NEXT, STAY = "Decide and next", "Decide and stay"


@pytest.fixture
def address(session: Session, assessment: Assessment):
    """Call it with a requirement: the address of its flag."""
    return lambda requirement: f"/flags/{flag_of(session, assessment, requirement).id}"


def test_a_mandatory_gap_is_set_aside_by_two_people(
    session: Session, reviewer: StrictClient, second: StrictClient, assessment, address
) -> None:
    reviewer.show(address(MANDATORY))
    page = reviewer.press(STAY, {"action": "accept", "reason": "Audited last month."})
    assert "another reviewer has to agree" in page.text
    assert "Agree and next" not in page.form_with("Withdraw the proposal").buttons
    page = second.show("/flags")
    page = second.show(page.link("Wait for you to agree 1"))
    page = second.show(address(MANDATORY))
    assert "Remi Okafor proposes to accept the answer as sufficient" in page.text
    assert "Audited last month." in page.text
    second.press("Agree and next")
    assert flag_of(session, assessment, MANDATORY).state == "accepted"


def test_the_proposer_cannot_agree_by_hand(
    session: Session, reviewer: StrictClient, assessment, address
) -> None:
    reviewer.show(address(MANDATORY))
    page = reviewer.press(STAY, {"action": "accept", "reason": "Audited last month."})
    form = page.form_with("Withdraw the proposal")
    sent = form.values() | {"action": "agree"}
    assert reviewer.post(form.action, data=sent).status_code == 409
    assert flag_of(session, assessment, MANDATORY).state == "open"


def test_declining_wants_a_reason(
    session: Session, reviewer: StrictClient, second: StrictClient, assessment, address
) -> None:
    reviewer.show(address(MANDATORY))
    reviewer.press(STAY, {"action": "waive", "reason": "For now.", "until": "2027-01-01"})
    second.show(address(MANDATORY))
    second.press("Decline", status=422)
    second.press("Decline", {"reason": "Not before the audit."})
    flag = flag_of(session, assessment, MANDATORY)
    assert (flag.state, flag.proposed_action) == ("open", None)
    assert "Not before the audit." in reviewer.show(address(MANDATORY)).text


@pytest.mark.parametrize("action", ["accept", "waive", "not_applicable"])
def test_what_is_never_waivable_has_no_button_and_is_refused_by_hand(
    session: Session, reviewer: StrictClient, assessment: Assessment, address, action: str
) -> None:
    page = reviewer.show(address(NEVER))
    form = page.form_with(NEXT)
    offered = {one.get("value") for one in form.element.iter("input") if one.get("type") == "radio"}
    assert offered == {"confirm"}
    assert "can be neither waived nor accepted" in page.text
    sent = form.values() | {"action": action, "reason": "Try.", "until": "2027-01-01"}
    reply = reviewer.post(form.action, data=sent)
    assert reply.status_code == 409
    assert flag_of(session, assessment, NEVER).state == "open"


def test_not_applicable_has_a_button_of_its_own_where_the_vendor_said_so(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment, address
) -> None:
    assert "Accept “not applicable”" not in reviewer.show(address(MAJOR)).text
    reviewed.answer(
        session, clock, assessment, question_of(MAJOR), state="not_applicable", reason="No exit."
    )
    judge(session, clock, assessment.id)
    page = reviewer.show(address(MAJOR))
    assert "No exit." in page.text
    reviewer.press(STAY, {"action": "not_applicable"})
    flag = flag_of(session, assessment, MAJOR)
    assert (flag.state, flag.decision) == ("accepted", "not_applicable")


def test_a_stale_page_shows_what_happened_meanwhile_and_keeps_what_was_typed(
    session: Session, reviewer: StrictClient, second: StrictClient, assessment, address
) -> None:
    reviewer.show(address(RTO))
    stale = reviewer.page
    second.show(address(RTO))
    second.press(STAY, {"action": "accept", "reason": "Rosa was quicker."})
    second.press("Re-open", {"reason": "Remi should look, too."})
    reviewer.page = stale
    page = reviewer.press(NEXT, {"action": "accept", "reason": "My own reason."}, status=409)
    assert "This flag has changed since you opened it" in page.text
    assert "Answer accepted as sufficient, Rosa Lind – Rosa was quicker." in page.text
    assert "Re-opened, Rosa Lind – Remi should look, too." in page.text
    assert page.form_with(NEXT).values()["reason"] == ["My own reason."]
    assert flag_of(session, assessment, RTO).state == "open"
    reviewer.press(NEXT)
    assert flag_of(session, assessment, RTO).state == "accepted"
