"""What a vendor sees of the reviews of its documents: the reason when it is asked again."""

from __future__ import annotations

import io
from datetime import date

from sqlalchemy.orm import Session

from questionnaire.models import Evidence, User
from questionnaire.services import assuring, collecting, lapsing
from questionnaire.services.proving import NOT_ACCEPTED, Proof
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.asked import LINKS, Asked
from tests.web.vera import ATTESTED, address, post

REASON = "Page 2 of it is missing."


def _handed_in(session: Session, clock: MovableClock, asked: Asked) -> Evidence:
    asked.assessment.state, asked.assessment.submitted_at = "submitted", clock()
    return reviewed.attach(session, asked.assessment, asked.a("yes_no").id, "certificate")


def test_it_reads_why_a_document_was_not_accepted_and_nothing_else_of_reviews(
    session: Session,
    clock: MovableClock,
    vera: StrictClient,
    asked: Asked,
    organisation,
    remi: User,
) -> None:
    paper = _handed_in(session, clock, asked)
    kept = reviewed.attach(
        session, asked.assessment, asked.a("multi_choice").id, content=b"%PDF-1.7 kept"
    )
    remi_acts = (clock, LINKS, actor_of(remi, organisation), asked.assessment.id)
    proof = Proof(3, date(2026, 1, 1), legal_entity="Amber Holding", note="Ask Rosa about it.")
    assuring.review(session, *remi_acts, kept.id, 0, proof)
    refused = Proof(NOT_ACCEPTED, reason=REASON, note="A second note.")
    assuring.review(session, *remi_acts, paper.id, 0, refused, ask=True)
    pages = [vera.show(address(asked)), vera.show(address(asked, "replies"))]
    assert f"“extract.pdf” was not accepted as evidence: {REASON}" in pages[1].text
    assert "extract.pdf" in pages[1].text
    html = "".join(one.html for one in pages)
    for words in (
        "Amber Holding", "Ask Rosa", "second note", remi.name, "attested", "Reviewed by us",
        "Claimed", "Document supplied",
    ):  # fmt: skip
        assert words not in html


def test_nothing_of_a_rejection_is_told_unless_it_is_asked_again(
    session: Session,
    clock: MovableClock,
    vera: StrictClient,
    asked: Asked,
    organisation,
    remi: User,
) -> None:
    paper = _handed_in(session, clock, asked)
    remi_acts = (clock, LINKS, actor_of(remi, organisation), asked.assessment.id)
    assuring.review(session, *remi_acts, paper.id, 0, Proof(NOT_ACCEPTED, reason=REASON))
    assert REASON not in vera.show(address(asked)).html


def test_it_can_put_a_new_document_where_one_has_lapsed(
    session: Session,
    clock: MovableClock,
    vera: StrictClient,
    asked: Asked,
    organisation,
    remi: User,
) -> None:
    paper = _handed_in(session, clock, asked)
    acts = (session, clock, LINKS, actor_of(remi, organisation), asked.assessment.id)
    assuring.review(*acts, paper.id, 0, Proof(2, None, date(2026, 11, 22)))
    (due,) = lapsing.due(session, clock().date())
    assert lapsing.lapse(session, clock, LINKS, due)
    page = vera.show(address(asked, "replies"))
    assert "“extract.pdf” lapsed on 22 November 2026." in page.text
    question = paper.question_id
    filled = {
        f"{question}:file": (io.BytesIO(b"%PDF-1.7 the new one"), "new.pdf"),
        f"{question}:document-type": "certificate",
    }
    assert post(vera, address(asked, "replies"), filled).status_code == 303
    assert "new.pdf" in vera.show(address(asked, "replies")).text
    page = vera.press("Send replies", ATTESTED)
    assert "Sent. Thank you." in page.text
    waiting = collecting.page(session, organisation.id, remi.id).rows
    assert [one.name for one in waiting] == ["new.pdf"]
