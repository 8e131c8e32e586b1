"""The page of a finding's flag: what was found, the answers behind it, what counts once."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation
from questionnaire.services.editions import current_bank
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services.found import PROMISED, SLOWER, TOOK, finding_flag, slow
from tests.services.reviewed import ACHIEVED, flag_of
from tests.services.rounds import make_invitation
from tests.web.reviewing import reviewer

__all__ = ["reviewer"]


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    made = slow(session, clock, organisation)
    make_invitation(session, made)
    return made


@pytest.fixture
def address(session: Session, assessment: Assessment) -> str:
    return f"/flags/{finding_flag(session, assessment).id}"


def test_it_tells_what_was_found_in_which_answers_and_where_that_comes_from(
    reviewer: StrictClient, address: str
) -> None:
    text = reviewer.show(address).text
    bank = current_bank()
    described = next(one for one in bank.findings if one.id == SLOWER)
    for words in (
        described.title.en,
        "The last test took 9 h, the promise is 4 h.",
        bank.questions[PROMISED].text.en,
        bank.questions[TOOK].text.en,
        bank.claims[described.claims[0]].text.en,
        "Counts once with this",
        "Confirm the finding",
    ):
        assert words in text


def test_the_flag_that_it_stands_for_says_so_and_leads_to_it(
    session: Session, reviewer: StrictClient, assessment: Assessment, address: str
) -> None:
    page = reviewer.show(f"/flags/{flag_of(session, assessment, ACHIEVED).id}")
    assert "neither listed nor counted while one of them is open" in page.text


def test_it_is_decided_and_the_other_comes_up(
    session: Session, reviewer: StrictClient, assessment: Assessment, address: str
) -> None:
    assert "1 flag is open" in reviewer.show("/flags").text
    reviewer.show(address)
    reviewer.press("Decide and stay", {"action": "confirm"})
    assert finding_flag(session, assessment).state == "gap_confirmed"
    text = reviewer.show("/flags").text
    assert "1 flag is open" in text
    assert "Test slower than the promise" not in text
    assert "No flag fits this filter" in reviewer.show("/flags?kind=findings").text


def test_the_vendor_is_asked_about_the_answer_that_was_chosen(
    session: Session, reviewer: StrictClient, assessment: Assessment, address: str
) -> None:
    reviewer.show(address)
    reviewer.press("Ask and next", {"question": TOOK, "remark": "Why so long?"})
    page = reviewer.show(address)
    assert "The vendor was asked" in page.text
    assert finding_flag(session, assessment).state == "clarifying"


def test_a_question_that_it_does_not_rest_on_is_refused_and_what_was_typed_stays(
    session: Session, reviewer: StrictClient, assessment: Assessment, address: str
) -> None:
    page = reviewer.show(address)
    values = page.form_with("Ask and next").values()
    typed = values | {"question": ["company.sites"], "remark": ["Why so long?"]}
    reply = reviewer.post(f"{address}/ask", data=typed)
    assert reply.status_code == 422
    assert "Choose one of the questions that this was computed from." in reply.text
    assert "Why so long?" in reply.text


def test_the_vendors_page_lists_what_its_answers_show_together(
    reviewer: StrictClient, assessment: Assessment
) -> None:
    text = reviewer.show(f"/flags/assessments/{assessment.id}").text
    assert "What the answers show together" in text
    assert "The last test took 9 h, the promise is 4 h." in text
