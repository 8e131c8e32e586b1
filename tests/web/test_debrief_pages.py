"""The debrief: looked at by Ada, released once after the lock, read by Vera and by nobody else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import requirement_from_document
from questionnaire.models import Assessment, AuditRow, Message, Organisation, Rfi, User
from questionnaire.services import editions, locking
from tests.cast import sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.page import Page
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import GOOD, SECRET_PRICE
from tests.services.rounds import make_invitation, make_rfi
from tests.web.buying import buyer, path
from tests.web.vera import code_in_mail

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]

RELEASE = "Release to the vendor"


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def page_of(buyer: StrictClient, session: Session, rfi: Rfi, one: Assessment) -> Page:
    session.commit()
    return buyer.show(path(rfi, f"/debriefs/{one.id}"))


def posted(buyer: StrictClient, page: Page, rfi: Rfi, one: Assessment) -> int:
    """The status of a release by whoever does not look at the button."""
    token = page.forms[0].values()["csrf_token"]
    return buyer.post(path(rfi, f"/debriefs/{one.id}"), data={"csrf_token": token}).status_code


def mails(session: Session) -> list[Message]:
    return list(session.scalars(sa.select(Message).where(Message.kind == "debrief")))


def comes_in(client: StrictClient, session: Session, text: str) -> Page:
    """Vera follows the link of her mail."""
    link = next(word for word in text.split() if "/invitation/" in word)
    client.show(link.removeprefix("http://localhost"))
    client.press("Send me the code")
    return client.press("Open the questionnaire", {"code": code_in_mail(session)})


def test_before_the_lock_it_can_be_looked_at_and_not_released(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = page_of(buyer, session, rfi, amber)
    assert "your answer is not what was needed." in page.text
    assert "Lock the review first" in page.text
    assert RELEASE not in page.text
    assert posted(buyer, page, rfi, amber) == 409
    assert mails(session) == []


def test_it_is_released_once_with_a_mail_and_a_line_in_the_trail(
    buyer: StrictClient, session: Session, rfi: Rfi, locked, amber: Assessment
) -> None:
    page_of(buyer, session, rfi, amber)
    page = buyer.press(RELEASE)
    assert "by Ada Marsh" in page.text
    (mail,) = mails(session)
    assert mail.to_address == "vera@ambercall.example"
    made = sa.select(AuditRow.action, AuditRow.actor_name).where(AuditRow.object_kind == "debrief")
    assert session.execute(made).all() == [("released", "Ada Marsh")]
    assert posted(buyer, page, rfi, amber) == 409
    assert len(mails(session)) == 1
    assert RELEASE not in page_of(buyer, session, rfi, amber).text


def test_the_vendor_reads_it_by_its_own_link_after_the_release_and_not_before(
    buyer: StrictClient,
    new_client,
    session: Session,
    rfi: Rfi,
    locked,
    amber: Assessment,
) -> None:
    page_of(buyer, session, rfi, amber)
    buyer.press(RELEASE)
    vera = new_client()
    page = comes_in(vera, session, mails(session)[0].text)
    assert "tells you what it found in your answers" in page.text
    page = vera.show(page.link("Read it"))
    assert page.heading == "What was found in your answers"
    assert "your answer is not what was needed." in page.text
    stored = page_of(buyer, session, rfi, amber).text
    for line in ("your answer is not what was needed.",):
        assert page.text.count(line) == stored.count(line)


def test_before_the_release_there_is_nothing_to_read(
    new_client, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    invitation = make_invitation(session, amber)
    session.commit()
    vera = new_client()
    until = int((invitation.expires_at).timestamp())
    with vera.session_transaction() as cookie:
        cookie["invitations"] = {amber.id.hex: [invitation.id.hex, until]}
    start = vera.show(f"/assessment/{amber.id}")
    assert "what it found" not in start.text
    assert vera.get(f"/assessment/{amber.id}/debrief").status_code == 404


def test_nothing_that_the_vendor_gets_tells_of_others_thresholds_weights_or_prices(
    buyer: StrictClient,
    new_client,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    decide_all,
    remi_,
    rosa_,
) -> None:
    """Page, start page and mails are searched for everything that is not the vendor's to know."""
    other = reviewed.submitted(
        session, clock, organisation, rfi, vendor="Cedar Voice Hidden", answers=GOOD
    )
    for one in (amber, other):
        decide_all(one)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    page_of(buyer, session, rfi, amber)
    buyer.press(RELEASE)
    vera = new_client()
    start = comes_in(vera, session, mails(session)[0].text)
    page = vera.show(start.link("Read it"))
    sent = [f"{one.subject}\n{one.text}\n{one.html}" for one in mails(session)]
    got = "\n".join([start.html, page.html, *sent])
    read = "\n".join([start.text, page.text, *(one.text for one in mails(session))])
    bank = editions.current_bank()
    for document in rfi.requirement_sets[-1].documents:
        requirement = requirement_from_document(document, bank)
        assert requirement.rationale.en not in got
    for secret in ("Cedar Voice Hidden", str(SECRET_PRICE), "Remi", "Rosa"):
        assert secret not in got, secret
    for word in (
        "at least", "at most", "required", "Mandatory", "mandatory", "Recommended", "Conditional",
        "eligible", "waive", "weight", "tier",
    ):  # fmt: skip
        assert word not in read, word


def test_the_list_names_who_was_told_and_asks_the_same_of_the_database_for_many(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    connection: sa.Connection,
) -> None:
    session.commit()
    page = buyer.show(path(rfi, "/debriefs"))
    assert "Amber Call" in page.text
    assert "the review is not locked" in page.text
    counts = []
    for more in (0, 3):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
        session.commit()
        with statements(connection) as seen:
            buyer.show(path(rfi, "/debriefs"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_strangers_drafts_and_other_rounds_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, amber: Assessment, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    other = reviewed.reviewed_rfi(session, organisation, title="Another round")
    session.commit()
    replies = [
        buyer.get(path(draft, "/debriefs")),
        buyer.get(path(other, f"/debriefs/{amber.id}")),
        buyer.get(path(rfi, "/debriefs/0192f0c1-0000-7000-8000-000000000000")),
    ]
    sign_in(buyer, stan)
    replies.append(buyer.get(path(rfi, f"/debriefs/{amber.id}")))
    assert {one.status_code for one in replies} == {404}
    assert len({one.get_data() for one in replies[:3]}) == 1
