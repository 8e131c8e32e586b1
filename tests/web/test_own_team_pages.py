"""The buyer's own team on pages: put on the list, asked, and told what it has to put right."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi
from questionnaire.services import judging, listing
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber
from tests.services.reviewed import RTO, question_of
from tests.web.buying import buyer, path
from tests.web.trying import try_

__all__ = ["amber", "buyer"]

INES = {"own_name": "Ines", "own_email": "ines@alderfinch.example", "own_language": "en"}


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def own_team(session: Session, rfi: Rfi) -> list[Assessment]:
    session.expire_all()
    return [one for one in listing.vendors_of(session, rfi) if one.in_house]


def test_it_is_added_on_the_page_of_vendors_and_waits_for_its_invitation(
    buyer: StrictClient, session: Session, rfi: Rfi
) -> None:
    session.commit()
    buyer.show(path(rfi, "/vendors"))
    page = buyer.press("Add your own team", INES)
    assert "Your own team takes part." in page.text
    assert "Not invited yet: Your own team – ines@alderfinch.example" in page.text
    assert "Add your own team" not in page.text
    assert "0 vendors are in this RFI. Your own team takes part too." in page.text
    buyer.press("Send the invitation")
    (own,) = own_team(session, rfi)
    assert own.state == "sent"


def test_what_was_typed_stays_when_it_cannot_be_taken(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    session.commit()
    buyer.show(path(rfi, "/vendors"))
    page = buyer.press("Add your own team", INES | {"own_email": "ines"}, status=422)
    (box,) = (one for one in page.root.iter("input") if one.get("id") == "own_email")
    assert (box.get("value"), box.get("aria-invalid")) == ("ines", "true")
    assert own_team(session, rfi) == []


def test_its_contact_is_corrected_without_its_name(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi, ada
) -> None:
    typed = {"name": "Ines", "email": "ines@a.example", "language": "en"}
    own = listing.add(session, clock, actor_of(ada, organisation), rfi.id, typed, own_team=True)
    session.commit()
    page = buyer.show(path(rfi, f"/vendors/{own.id}/contact"))
    assert page.heading == "Change the contact of your own team"
    assert not [one for one in page.root.iter("input") if one.get("name") == "vendor"]
    buyer.press("Save", {"name": "Iris"})
    assert [one.contact_name for one in own_team(session, rfi)] == ["Iris"]


def test_the_verdict_says_what_it_has_to_put_right_and_turns_it_down_for_nothing(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    ada,
) -> None:
    typed = {"name": "Ines", "email": "ines@a.example", "language": "en"}
    own = listing.add(session, clock, actor_of(ada, organisation), rfi.id, typed, own_team=True)
    session.commit()
    page = buyer.show(path(rfi, "/verdict"))
    assert "was asked and has not handed its answers in" in page.text
    reviewed.answer(session, clock, own, question_of(RTO), 24)
    own.state, own.submitted_at = "submitted", clock()
    session.flush()
    judging.judge(session, clock, own.id)
    session.commit()
    page = buyer.show(path(rfi, "/verdict"))
    (section,) = (one for one in page.root.iter("section")
                  if one.get("aria-labelledby") == "own-team")  # fmt: skip
    told = text_of(section)
    assert "required: at most 8" in told
    assert "Not eligible" not in told
    assert "Submitted Amber Call" in page.text
    assert buyer.get(page.link(question_of(RTO)).partition("#")[0]).status_code == 200


def test_without_it_the_page_says_that_only_its_cost_is_known(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    session.commit()
    page = buyer.show(path(rfi, "/verdict"))
    assert "Your own team was not asked" in page.text
    assert page.link("Ask it too") == path(rfi, "/vendors")


def test_a_published_version_says_what_it_does_to_the_own_team(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi, ada, amber
) -> None:
    typed = {"name": "Ines", "email": "ines@a.example", "language": "en"}
    own = listing.add(session, clock, actor_of(ada, organisation), rfi.id, typed, own_team=True)
    reviewed.answer(session, clock, own, question_of(RTO), 7)
    own.state, own.submitted_at = "submitted", clock()
    session.flush()
    judging.judge(session, clock, own.id)
    session.commit()
    page = try_(buyer, rfi, RTO, source="value", value="6")
    assert "Your own team Recovery time: met (major) → not met (major)." in page.text
    buyer.show(page.link("Publish as version 2 …"))
    page = buyer.press("Publish it", {"reason": "Our customers cannot wait."})
    assert page.url == path(rfi, "/versions/2")
    assert "Your own team Recovery time: met (major) → not met (major)." in page.text
    assert "Nothing changes for: Your own team" not in page.text
