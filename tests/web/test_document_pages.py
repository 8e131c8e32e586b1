"""Reviewing documents in the browser: on a flag's page, and one after the other."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Evidence, EvidenceReview
from questionnaire.services import keeping, recalling
from questionnaire.services.editions import current_bank
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.assured import assessment, by_remi, paper, review, rfi
from tests.services.reviewed import MAJOR, PRICE, RTO, flag_of, question_of, statuses
from tests.web.reviewing import reviewer, second

__all__ = ["assessment", "by_remi", "paper", "review", "reviewer", "rfi", "second"]

NEXT, STAY, LIST = "Keep and next", "Keep and stay", "/flags/documents"


def page_of(paper: Evidence) -> str:
    return f"/flags/assessments/{paper.assessment_id}/documents/{paper.id}"


@pytest.fixture
def three(session: Session, assessment: Assessment, paper: Evidence) -> list[Evidence]:
    """Three documents that wait, in the order of the list."""
    more = [
        reviewed.attach(session, assessment, question_of(MAJOR), content=b"%PDF-1.7 " + bytes([n]))
        for n in range(2)
    ]
    session.commit()
    return [paper, *more]


def test_the_list_is_reached_from_the_queue_and_says_what_waits(
    reviewer: StrictClient, three
) -> None:
    page = reviewer.show("/flags")
    page = reviewer.show(page.link("Documents to review"))
    assert page.heading == "Documents to review"
    for words in ("3 documents wait", "Amber Call", "extract.pdf", "Test report, 1 Oct 2026"):
        assert words in page.text
    hrefs = [href for words, href in page.links if words == "extract.pdf"]
    assert hrefs == [page_of(one) for one in three]
    assert page.link("Begin with the first") == page_of(three[0])


def test_documents_are_worked_through_one_after_the_other(
    session: Session, reviewer: StrictClient, three
) -> None:
    page = reviewer.show(page_of(three[0]))
    assert page.link("Next") == page_of(three[1])
    page = reviewer.press(NEXT, {"level": "2", "expires_on": "2028-04-30"})
    assert page.url == page_of(three[1])
    assert "The review is kept." in page.text
    page = reviewer.press(NEXT, {"level": "3", "legal_entity": "Amber Call SIA"})
    assert page.url == page_of(three[2])
    page = reviewer.press(NEXT, {"level": "0", "reason": "It shows another company."})
    assert page.url == LIST
    assert "No document waits." in page.text
    assert "Nothing to review here" in page.text
    levels = session.scalars(sa.select(EvidenceReview.level).order_by(EvidenceReview.id)).all()
    assert levels == [2, 3, 0]


def test_after_the_last_comes_the_first_that_still_waits(reviewer: StrictClient, three) -> None:
    reviewer.show(page_of(three[2]))
    page = reviewer.press(NEXT, {"level": "2"})
    assert page.url == page_of(three[0])


def test_a_page_shows_what_the_document_has_to_prove(
    session: Session, clock: MovableClock, reviewer: StrictClient, assessment, paper
) -> None:
    page = reviewer.show(page_of(paper))
    question = current_bank().questions[question_of(RTO)]
    for words in (
        "extract.pdf", "Amber Call", question.text.en, "4 hours", "Unknown",
        "with evidence reviewed by us", "“extract.pdf” has not been reviewed yet",
        "dated 1 Oct 2026 by the vendor",
    ):  # fmt: skip
        assert words in page.text.replace("\xa0", " ")
    form = page.form_with(STAY).values()
    assert form["issued_on"] == ["2026-10-01"]
    assert form["level"] == []
    assert form["covers_service"] == ["yes"]
    flag = flag_of(session, assessment, RTO)
    assert f"/flags/{flag.id}" in page.html


def test_a_review_can_be_made_again_and_the_earlier_one_stays(
    session: Session, reviewer: StrictClient, assessment, paper
) -> None:
    reviewer.show(page_of(paper))
    page = reviewer.press(STAY, {"level": "3", "note": "Signed by the auditor."})
    assert page.url == page_of(paper)
    assert "Independently attested" in page.text
    assert "Note: Signed by the auditor." in page.text
    assert statuses(session, assessment)[RTO] == "met"
    page = reviewer.press(STAY, {"level": "2", "covers_service": None})
    assert "Earlier reviews" in page.text
    assert "does not cover the contact service" in page.text
    assert statuses(session, assessment)[RTO] == "unknown"
    assert [one.level for one in recalling.history(session, paper.id)] == [2, 3]


def test_sites_are_ticked_out_of_those_of_the_vendor(
    session: Session, clock: MovableClock, reviewer: StrictClient, assessment, paper
) -> None:
    assert "Sites that it names" not in reviewer.show(page_of(paper)).text
    part = current_bank().part("sites.name")
    rows = [{part.column: "Riga House"}, {part.column: "Liepāja <b>"}]
    reviewed.answer(session, clock, assessment, part.question, rows)
    page = reviewer.show(page_of(paper))
    assert "Sites that it names" in page.text
    page = reviewer.press(STAY, {"level": "2", "sites": ["Liepāja <b>"]})
    assert "sites: Liepāja <b>" in page.text
    form = page.form_with(STAY).values()
    assert form["sites"] == ["Liepāja <b>"]
    sent = form | {"sites": ["Atlantis"]}
    assert reviewer.post(page_of(paper), data=sent).status_code == 422


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"note": "Typed already."}, "Choose what the document proves"),
        ({"level": "0", "note": "Typed already."}, "Say what is wrong with it"),
        ({"level": "2", "issued_on": "soon", "note": "Typed already."}, "year-month-day"),
        ({"level": "2", "issued_on": "2027-01-01", "note": "Typed already."}, "in the future"),
        (
            {"level": "2", "issued_on": "2026-01-02", "expires_on": "2026-01-01"},
            "It cannot end before",
        ),
        ({"level": "0", "reason": "x" * 2_001}, "2000"),
        ({"level": "9"}, "Choose what the document proves"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    session: Session, reviewer: StrictClient, paper, values, sentence
) -> None:
    reviewer.show(page_of(paper))
    page = reviewer.press(STAY, values, status=422)
    assert sentence in page.text
    kept = page.form_with(STAY).values()
    for name, value in values.items():
        wanted = [] if (name, value) == ("level", "9") else [value]
        assert kept[name] == wanted
    assert session.scalars(sa.select(EvidenceReview)).all() == []
    summary = page.by_id("error-summary")
    hrefs = [str(one.get("href")) for one in summary.iter("a")]
    assert hrefs
    for href in hrefs:
        assert page.by_id(href.removeprefix("#")) is not None


def test_a_colleagues_review_meanwhile_is_shown_beside_what_was_typed(
    session: Session, reviewer: StrictClient, second: StrictClient, paper
) -> None:
    reviewer.show(page_of(paper))
    second.show(page_of(paper))
    second.press(STAY, {"level": "3", "legal_entity": "Amber Holding"})
    page = reviewer.press(STAY, {"level": "2", "note": "Read it all."}, status=409)
    assert "Somebody else has reviewed this document" in page.text
    assert "issued to Amber Holding" in page.text
    assert page.form_with(STAY).values()["note"] == ["Read it all."]
    reviewer.press(STAY)
    assert [one.level for one in recalling.history(session, paper.id)] == [2, 3]


def test_a_double_press_is_one_review(session: Session, reviewer: StrictClient, paper) -> None:
    page = reviewer.show(page_of(paper))
    sent = page.form_with(STAY).values() | {"level": "2"}
    for _ in range(2):
        assert reviewer.post(page_of(paper), data=sent).status_code == 303
    assert session.scalars(sa.select(EvidenceReview.version)).all() == [1]


def test_the_file_is_sent_and_never_shown_in_place(
    app, session: Session, reviewer: StrictClient, paper: Evidence, tmp_path
) -> None:
    store = keeping.store_at(app.extensions["questionnaire"]["config"].evidence_url)
    store.put(paper.store_key, b"%PDF-1.7 extract")
    reply = reviewer.get(f"{page_of(paper)}/file")
    assert reply.data == b"%PDF-1.7 extract"
    assert reply.headers["Content-Disposition"].startswith("attachment")


def test_what_is_sealed_has_no_page_and_is_not_listed(
    session: Session, reviewer: StrictClient, assessment, paper
) -> None:
    sealed = reviewed.attach(session, assessment, question_of(PRICE), content=b"%PDF-1.7 price")
    sealed.name = "rate-card.pdf"
    session.commit()
    assert "rate-card" not in reviewer.show(LIST).html
    page = reviewer.show(page_of(paper))
    sent = page.form_with(STAY).values() | {"level": "2"}
    assert reviewer.get(page_of(sealed)).status_code == 404
    assert reviewer.get(f"{page_of(sealed)}/file").status_code == 404
    assert reviewer.post(page_of(sealed), data=sent).status_code == 404


def test_the_list_can_be_narrowed_to_one_vendor_and_stays_so(
    session: Session, clock, reviewer: StrictClient, organisation, rfi, three
) -> None:
    other = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt", answers={})
    theirs = [
        reviewed.attach(session, other, question_of(RTO), content=b"%PDF-1.7 c" + bytes([n]))
        for n in range(2)
    ]
    page = reviewer.show(f"{LIST}?of={other.id}")
    assert "Amber Call" not in page.text
    page = reviewer.show(page.link("Begin with the first"))
    page = reviewer.press(NEXT, {"level": "2"})
    assert page.url == f"{page_of(theirs[1])}?of={other.id}"
    page = reviewer.press(NEXT, {"level": "2"})
    assert page.url == f"{LIST}?of={other.id}"


def test_pages_ask_as_often_for_few_documents_as_for_many(
    session: Session, connection, reviewer: StrictClient, assessment, paper
) -> None:
    def asked(url: str) -> int:
        reviewer.show(url)
        with statements(connection) as seen:
            reviewer.show(url)
        return len(seen)

    flag = f"/flags/{flag_of(session, assessment, RTO).id}"
    urls = (LIST, page_of(paper), flag)
    few = [asked(url) for url in urls]
    for n in range(15):
        reviewed.attach(session, assessment, question_of(RTO), content=b"%PDF-1.7 " + bytes([n]))
        reviewed.attach(session, assessment, question_of(MAJOR), content=b"%PDF-1.7 " + bytes([n]))
    assert [asked(url) for url in urls] == few
