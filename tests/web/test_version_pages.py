"""Versions of requirements in the browser: publishing, agreeing, and reading it later."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, RequirementChange, Rfi, User
from questionnaire.services import locking
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.changing import document, propose
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import MAJOR, MANDATORY, RTO
from tests.services.rounds import make_rfi
from tests.web.buying import buyer, path
from tests.web.trying import try_

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]

WHY = "Our customers cannot wait that long."


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def to_publish(buyer: StrictClient, rfi: Rfi, requirement_id: str, **typed: str) -> None:
    page = try_(buyer, rfi, requirement_id, **typed)
    buyer.show(page.link("Publish as version 2 …"))


def test_it_is_published_with_a_reason_and_says_what_it_did(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    to_publish(buyer, rfi, MAJOR, severity="mandatory")
    page = buyer.press("Publish it", {"reason": " "}, status=422)
    assert "Say why the requirements change" in page.text
    page = buyer.press("Publish it", {"reason": WHY})
    assert page.url == path(rfi, "/versions/2")
    text = page.text
    assert WHY in text
    assert "Published by Ada Marsh." in text
    assert "not met (major) → not met (mandatory)" in text
    assert "0 raised, 0 opened again, 0 closed" not in text


def test_the_older_version_stays_readable_by_its_number(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    to_publish(buyer, rfi, RTO, source="value", value="6")
    buyer.press("Publish it", {"reason": WHY})

    def shown(query: str) -> str:
        return buyer.show(path(rfi, f"/requirements{query}")).text.replace("\xa0", " ")

    assert "Recovery time must be at most 6 hours." in shown("")
    assert "Version 2." in shown("")
    assert "Recovery time must be at most 8 hours" in shown("?version=1")
    assert buyer.get(path(rfi, "/requirements?version=3")).status_code == 404
    listed = buyer.show(path(rfi, "/versions")).text
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "As they were sent." in listed
    assert "nothing came before it" in buyer.show(path(rfi, "/versions/1")).text
    assert buyer.get(path(rfi, "/versions/3")).status_code == 404
    assert "Version 2 , published on" in buyer.show(path(rfi, "/verdict")).text
    assert WHY in buyer.show(path(rfi, "/history")).text


def test_a_gate_that_asks_less_waits_for_a_reviewer_who_agrees(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, remi: User
) -> None:
    to_publish(buyer, rfi, MANDATORY, severity="major")
    page = buyer.press("Propose it", {"reason": WHY})
    assert page.url == path(rfi, "/requirements-proposed")
    assert "It is your proposal: somebody else has to agree." in page.text
    again = try_(buyer, rfi, MAJOR, severity="mandatory")
    assert "Another change is proposed already" in again.text
    assert "proposed version 2" in buyer.show(path(rfi, "/versions")).text
    sign_in(buyer, remi)
    review = buyer.show(f"/flags/reviews/{rfi.id}")
    page = buyer.show(review.link("Look at what is proposed"))
    assert WHY in page.text
    assert "not met (mandatory) → not met (major)" in page.text
    page = buyer.press("Agree: publish it")
    assert "Version 2 is published" in page.text
    assert "Look at what is proposed" not in buyer.show(f"/flags/reviews/{rfi.id}").text
    assert "Nothing is proposed." in buyer.show(f"/flags/reviews/{rfi.id}/requirements").text


def test_who_proposed_it_cannot_agree_even_with_a_forged_button(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    to_publish(buyer, rfi, MANDATORY, severity="major")
    page = buyer.press("Propose it", {"reason": WHY})
    form = page.form_with("Take it back").values()
    forged = {name: one[0] for name, one in form.items()} | {"step": "agree"}
    reply = buyer.post(path(rfi, "/requirements-proposed"), data=forged)
    assert reply.status_code == 409
    assert "It takes two people" in reply.get_data(as_text=True)
    reply = buyer.post(path(rfi, "/requirements-proposed"), data=forged | {"step": "dance"})
    assert reply.status_code == 409
    buyer.show(path(rfi, "/requirements-proposed"))
    page = buyer.press("Take it back")
    assert "Proposed and not published" in page.text
    assert WHY in page.text


def test_a_second_buyer_can_agree_too(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, amber, remi_, organisation
) -> None:
    wanted = document(session, rfi, {MANDATORY: {"severity": "major"}})
    propose(session, clock, remi_, rfi, wanted)
    buyer.show(path(rfi, "/requirements-proposed"))
    page = buyer.press("Agree: publish it")
    assert page.url == path(rfi, "/versions/2")
    assert "Proposed by Remi Okafor, agreed by Ada Marsh." in page.text


def test_what_was_published_after_prices_were_seen_says_so_everywhere(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, locked, organisation, ada,
    remi_, rosa_,
) -> None:  # fmt: skip
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    locking.propose_end(session, clock, remi_, rfi.id, locked, "A document has come.")
    locking.agree_end(session, clock, rosa_, rfi.id, locked)
    propose(session, clock, remi_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}}))
    page = try_(buyer, rfi, RTO, source="value", value="6")
    assert "Whatever you publish says that it was published after that" in page.text
    buyer.show(path(rfi, "/requirements-proposed"))
    page = buyer.press("Agree: publish it")
    assert "Published after prices had been seen on" in page.text
    assert "After prices were seen" in buyer.show(path(rfi, "/versions")).text
    assert "after prices were seen" in buyer.show(path(rfi, "/verdict")).text


def test_under_a_lock_the_page_says_why_nothing_can_be_published(
    buyer: StrictClient,
    session: Session,
    rfi: Rfi,
    amber: Assessment,
    decide_all,
    remi_,
    rosa_,
    clock,
) -> None:
    to_publish(buyer, rfi, MAJOR, severity="mandatory")
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    page = buyer.press("Publish it", {"reason": WHY}, status=409)
    assert "none is loosened because an offer is cheap" in page.text
    assert page.form_with("Publish it").values()["reason"] == [WHY]
    assert session.scalar(sa.select(sa.func.count()).select_from(RequirementChange)) == 0


def test_publishing_again_from_an_old_page_publishes_nothing_twice(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    to_publish(buyer, rfi, MAJOR, severity="mandatory")
    assert buyer.page is not None
    sent = {name: one[0] for name, one in buyer.page.form_with("Publish it").values().items()}
    at = path(rfi, "/what-if/publish")
    assert buyer.post(at, data=sent | {"reason": WHY}).status_code == 303
    assert buyer.post(at, data=sent | {"reason": WHY}).status_code == 409
    assert session.scalar(sa.select(sa.func.count()).select_from(RequirementChange)) == 1


def test_the_list_takes_as_many_statements_for_four_versions_as_for_one(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, amber, remi_, connection
) -> None:
    counts = []
    for hours in (None, 7, 6, 5):
        if hours is not None:
            wanted = document(session, rfi, {RTO: {"threshold": Decimal(hours)}})
            propose(session, clock, remi_, rfi, wanted)
        session.commit()
        buyer.show(path(rfi, "/versions"))
        with statements(connection) as seen:
            buyer.show(path(rfi, "/versions"))
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    session.commit()
    for rest in ("/versions", "/versions/1", "/requirements-proposed"):
        nothing = buyer.get(f"/rfis/0192f0c1-0000-7000-8000-000000000000{rest}")
        of_a_draft = buyer.get(path(draft, rest))
        assert {nothing.status_code, of_a_draft.status_code} == {404}
        assert of_a_draft.get_data() == nothing.get_data()
    sign_in(buyer, stan)
    assert buyer.get(path(rfi, "/versions")).status_code == 404


def test_where_many_are_judged_anew_the_page_says_what_the_wait_is_for(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    amber: Assessment,
) -> None:
    for number in range(20):
        reviewed.submitted(session, clock, organisation, rfi, vendor=f"Vendor {number:02}")
    to_publish(buyer, rfi, MAJOR, severity="mandatory")
    assert buyer.page is not None
    assert "21 vendors are judged anew as soon as you press" in buyer.page.text
    assert "vendors can go on saving and handing in meanwhile" in buyer.page.text
    page = buyer.press("Publish it", {"reason": WHY})
    assert page.url == path(rfi, "/versions/2")
