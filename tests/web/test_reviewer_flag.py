"""One flag's page: everything that explains it, and every action on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Answer, Assessment, Clarification, Message, User
from questionnaire.services import reviewing
from questionnaire.services.editions import current_bank
from questionnaire.services.judging import judge
from questionnaire.services.ruling import Decision
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import (
    MAJOR,
    MINOR,
    RTO,
    flag_of,
    flags_of,
    question_of,
)
from tests.web.reviewing import assessment, reviewer, rfi, second

__all__ = ["assessment", "reviewer", "rfi", "second"]

NEXT, STAY = "Decide and next", "Decide and stay"


@pytest.fixture
def address(session: Session, assessment: Assessment):
    """Call it with a requirement: the address of its flag."""
    return lambda requirement: f"/flags/{flag_of(session, assessment, requirement).id}"


def test_the_page_explains_itself(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment, address
) -> None:
    question = current_bank().questions[question_of(RTO)]
    reviewed.answer(session, clock, assessment, question.id, 24, comment="Both sites lose power.")
    reviewed.attach(session, assessment, question.id, "test_report")
    judge(session, clock, assessment.id)
    page = reviewer.show(address(RTO))
    bank = current_bank()
    requirement = next(one for one in bank.requirements if one.id == RTO)
    for words in (
        question.text.en,
        "24 hours",
        "Both sites lose power.",
        "at most 8 hours",
        requirement.rationale.en,
        bank.claims[question.claims[0]].text.en,
        question.standards[0],
        "extract.pdf",
        "Raised by judging",
        "Amber Call",
    ):
        assert " ".join(words.split()) in page.text
    assert question.subject is not None
    assert page.heading == question.subject.en


def test_two_actions_decide_a_flag_and_lead_to_the_next_one_within_the_filter(
    session: Session, reviewer: StrictClient, assessment: Assessment, address
) -> None:
    reviewer.show(address(MAJOR) + "?severity=major")
    page = reviewer.press(NEXT, {"action": "confirm"})
    assert flag_of(session, assessment, MAJOR).state == "gap_confirmed"
    assert "severity=major" in page.url
    assert "Gap confirmed." in page.text
    majors = {
        f"/flags/{one.id}"
        for one in flags_of(session, assessment).values()
        if one.severity_rank == 1
    }
    assert page.url.partition("?")[0] in majors
    for _ in range(3):
        page = reviewer.press(NEXT, {"action": "confirm"})
    assert page.heading == "Flags"
    assert "No flag fits this filter." in page.text


def test_the_last_of_a_list_leads_round_to_its_first(
    session: Session, reviewer: StrictClient, assessment: Assessment, address
) -> None:
    reviewer.show(address(MINOR))
    page = reviewer.press(NEXT, {"action": "confirm"})
    first = reviewer.show("/flags")
    assert page.url.partition("?")[0] in first.html


def test_what_was_just_done_can_be_undone_at_once(
    session: Session, reviewer: StrictClient, assessment: Assessment, address
) -> None:
    reviewer.show(address(RTO))
    reviewer.press(NEXT, {"action": "accept", "reason": "The contract says 8."})
    page = reviewer.press("Undo")
    assert page.url.startswith(address(RTO))
    assert flag_of(session, assessment, RTO).state == "open"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": "Typed already."}, "Choose what to do."),
        ({"action": "accept"}, "Give the reason"),
        ({"action": "waive", "reason": "Typed already."}, "Say until when"),
        ({"action": "waive", "reason": "Typed already.", "until": "soon"}, "year-month-day"),
        ({"action": "waive", "reason": "Typed already.", "until": "2026-11-23"}, "after today"),
        ({"action": "accept", "reason": "x" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    session: Session, reviewer: StrictClient, assessment, address, values, sentence
) -> None:
    reviewer.show(address(RTO))
    page = reviewer.press(NEXT, values, status=422)
    assert sentence in page.text
    kept = page.form_with(NEXT).values()
    assert kept["reason"] == [values.get("reason", "")]
    assert kept["action"] == ([values["action"]] if "action" in values else [])
    assert flag_of(session, assessment, RTO).version == 1


def test_asking_the_vendor_and_the_reply_beside_the_old_answer(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment, address
) -> None:
    page = reviewer.show(address(RTO))
    reviewer.press("Ask and next", {"remark": ""}, status=422)
    page = reviewer.press("Ask and next", {"remark": "With both sites running?"})
    assert page.url.partition("?")[0] != address(RTO)
    assert session.scalars(sa.select(Message.kind)).all() == ["clarification"]
    version = reviewed.answer(session, clock, assessment, question_of(RTO), 6, comment="A draft.")
    page = reviewer.show(address(RTO))
    assert "With both sites running?" in page.text
    assert "A draft." not in page.text
    assert "24" in page.text
    clarification = session.scalars(sa.select(Clarification)).one()
    version = reviewed.answer(session, clock, assessment, question_of(RTO), 12, comment="Both run.")
    clock.move(timedelta(hours=2))
    reviewed.reply(session, clarification.id, version, clock())
    judge(session, clock, assessment.id)
    page = reviewer.show(address(RTO))
    for words in ("Before", "24", "Now", "12", "Both run.", "The vendor changed the answer."):
        assert words in page.text


def test_a_closed_flag_says_what_is_judged_now_and_what_the_gap_was(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment: Assessment, address
) -> None:
    assert "Not met" in reviewer.show(address(RTO)).text
    reviewed.answer(session, clock, assessment, question_of(RTO), 7)
    judge(session, clock, assessment.id)
    page = reviewer.show(address(RTO))
    for words in ("Closed: met now", "Now 7 hours; required: at most 8", "The gap that was 24"):
        assert words in page.text.replace("\xa0", " ")
    assert "Not met" not in page.text
    assert "Alike" not in page.text


def test_a_question_is_taken_back(
    session: Session, reviewer: StrictClient, assessment: Assessment, address
) -> None:
    reviewer.show(address(RTO))
    reviewer.press("Ask and next", {"remark": "With both sites running?"})
    reviewer.show(address(RTO))
    page = reviewer.press("Take the question back")
    assert flag_of(session, assessment, RTO).state == "open"
    assert "Question to the vendor taken back" in page.text
    reply = reviewer.post(f"{address(RTO)}/take-back", data=page.form_with(NEXT).values())
    assert reply.status_code == 409


def test_assigning_and_noting(
    session: Session,
    reviewer: StrictClient,
    assessment,
    address,
    remi: User,
    rosa: User,
    stan: User,
) -> None:
    reviewer.show(address(RTO))
    page = reviewer.press("Assign", {"assignee": str(rosa.id)})
    assert "assigned to Rosa Lind" in page.text
    page = reviewer.press("Assign to me")
    assert flag_of(session, assessment, RTO).assignee_id == remi.id
    page = reviewer.press("Keep the note", {"note": "They call back on Monday."})
    assert "They call back on Monday." in page.text
    form = page.form_with("Assign")
    for wrong in (str(stan.id), str(new_id())):
        sent = form.values() | {"assignee": wrong}
        assert reviewer.post(form.action, data=sent).status_code == 404
    assert reviewer.post(form.action, data=form.values() | {"assignee": "x"}).status_code == 422
    reviewer.show(address(RTO))
    reviewer.press("Keep the note", {"note": " "}, status=422)


def test_no_page_of_a_reviewer_changes_an_answer(
    session: Session, reviewer: StrictClient, assessment: Assessment, address
) -> None:
    before = session.execute(sa.select(Answer.id, Answer.version).order_by(Answer.id)).all()
    reviewer.show(address(RTO))
    page = reviewer.press(STAY, {"action": "accept", "reason": "Fine."})
    reviewer.press("Re-open", {"reason": "Not fine."})
    assert session.execute(sa.select(Answer.id, Answer.version).order_by(Answer.id)).all() == before
    assert not any("answer" in (form.action or "") for form in page.forms)


def test_what_people_typed_is_text_and_never_markup(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment, address
) -> None:
    nasty = "<script>alert('x')</script> & <b>"
    reviewed.answer(session, clock, assessment, question_of(RTO), 24, comment=nasty)
    assessment.vendor.name = f"Amber {nasty}"
    judge(session, clock, assessment.id)
    flag = address(RTO)
    reviewer.show(flag)
    reviewer.press("Keep the note", {"note": nasty})
    pages = [reviewer.show(one) for one in (flag, "/flags", f"/flags/assessments/{assessment.id}")]
    for page in pages:
        assert nasty in page.text
        assert "<script>alert" not in page.html


def test_foreign_and_unknown_flags_answer_alike(
    client: StrictClient, stan: User, assessment: Assessment, address
) -> None:
    cast.sign_in(client, stan)
    foreign, unknown = client.get(address(RTO)), client.get(f"/flags/{new_id()}")
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 404


def test_a_waived_flag_says_until_when(
    session: Session,
    reviewer: StrictClient,
    clock: MovableClock,
    assessment,
    address,
    remi,
    organisation,
) -> None:
    flag = flag_of(session, assessment, MINOR)
    until = clock().date() + timedelta(days=40)
    actor = cast.actor_of(remi, organisation)
    decision = Decision("waive", "Small.", until)
    reviewing.decide(session, clock, actor, flag.id, 1, decision)
    assert "Until 2 Jan 2027; then it opens again." in reviewer.show(address(MINOR)).text
