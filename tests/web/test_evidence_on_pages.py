"""What stands behind an answer: on a flag's page, with the form to say so, and for the buyer."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Message
from questionnaire.services.editions import current_bank
from questionnaire.services.proving import Proof
from tests import cast
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.assured import SEEN, assessment, by_remi, paper, review, rfi
from tests.services.reviewed import RTO, flag_of, question_of
from tests.web.reviewing import reviewer

__all__ = ["assessment", "by_remi", "paper", "review", "reviewer", "rfi"]


def test_a_flags_page_shows_each_documents_review_and_its_form(
    session: Session, reviewer: StrictClient, assessment, paper
) -> None:
    flag = f"/flags/{flag_of(session, assessment, RTO).id}"
    page = reviewer.show(flag)
    assert "Document supplied not reviewed yet" in page.text
    page = reviewer.press(
        "Keep the review of extract.pdf",
        {"level": "3", "expires_on": "2028-04-30", "legal_entity": "Amber Call SIA"},
    )
    assert page.url.partition("#")[0] == flag
    for words in (
        "The review is kept.", "Independently attested", "Remi Okafor, 23 Nov 2026",
        "issued on 1 Oct 2026, ends on 30 Apr 2028", "issued to Amber Call SIA",
        "Closed: met now",
    ):  # fmt: skip
        assert words in page.text


def test_a_flags_page_keeps_what_was_typed_into_one_documents_form(
    session: Session, reviewer: StrictClient, assessment, paper
) -> None:
    other = reviewed.attach(session, assessment, question_of(RTO), content=b"%PDF-1.7 other")
    other.name = "other.pdf"
    flag = f"/flags/{flag_of(session, assessment, RTO).id}"
    reviewer.show(flag)
    button = "Keep the review of other.pdf"
    page = reviewer.press(button, {"level": "0", "note": "Look again."}, status=422)
    assert page.form_with(button).values()["note"] == ["Look again."]
    first = page.form_with("Keep the review of extract.pdf").values()
    assert (first["note"], first["level"]) == ([""], [])
    assert page.form_with("Keep the note").values()["note"] == [""]
    assert f'href="#reason-{other.id}"' in page.html
    assert page.by_id(f"reason-{other.id}") is not None


def test_a_rejection_asks_the_vendor_where_the_reviewer_says_so(
    session: Session, reviewer: StrictClient, assessment, paper
) -> None:
    flag = f"/flags/{flag_of(session, assessment, RTO).id}"
    reviewer.show(flag)
    reason = {"level": "0", "reason": "Page 2 is missing.", "ask": "yes"}
    page = reviewer.press("Keep the review of extract.pdf", reason)
    assert "the vendor was asked for another document" in page.text
    assert "“extract.pdf” was not accepted as evidence: Page 2 is missing." in page.text
    assert "Not accepted" in page.text
    assert session.scalars(sa.select(Message.kind)).all() == ["clarification"]


def test_the_buyer_sees_the_level_beside_each_answer_and_on_the_board(
    session: Session, clock, client: StrictClient, ada, assessment, paper, review
) -> None:
    review(paper, Proof(3, SEEN.issued_on, SEEN.expires_on))
    cast.sign_in(client, ada)
    question = current_bank().questions[question_of(RTO)]
    address = f"/rfis/{assessment.rfi_id}/answers/{assessment.id}/{question.section}"
    page = client.show(address)
    assert "Behind it: Independently attested" in page.text
    assert "Behind it: Claimed" in page.text
    assert "ends on April 30, 2028" in page.text
    assert "reviewed 14 %" in client.show(f"/rfis/{assessment.rfi_id}").text
