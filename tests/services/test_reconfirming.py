"""Nothing is asked twice: what a vendor handed in before is offered, and counts once confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import (
    Answer,
    AnswerChange,
    AuditRow,
    Clarification,
    Evidence,
    EvidenceReview,
)
from questionnaire.services import answering, reconfirming, resuming, submitting
from questionnaire.services.faults import Refused
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from tests.cast import make_organisation
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.asked import ask
from tests.services.earlier import ask_again

DAY = timedelta(days=1)


@pytest.fixture
def second(session, clock, organisation, small, answer_all, submit):
    """The second RFI, thirty days after everything of the first was handed in."""
    answer_all()
    submit()
    clock.move(30 * DAY)
    return ask_again(session, organisation, small)


@pytest.fixture
def offered(session, clock):
    def offered(asked):
        kept = resuming.draft(session, asked.assessment.id)
        return reconfirming.offers(
            session, clock(), asked.reached(clock()), asked.questionnaire, kept,
            asked.questionnaire.questions,
        )  # fmt: skip

    return offered


@pytest.fixture
def take(session, clock):
    def take(asked, *questions):
        done = reconfirming.take_over(
            session, clock, asked.reached(clock()), asked.questionnaire,
            [one.id for one in questions],
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return done

    return take


def change_of(session, asked, question):
    return session.scalars(
        sa.select(AnswerChange).where(
            AnswerChange.assessment_id == asked.assessment.id,
            AnswerChange.question_id == question.id,
        )
    ).all()


def test_what_was_handed_in_is_offered_with_its_age_and_its_person(second, small, offered) -> None:
    found = offered(second)
    wanted = {
        one.id for one in small.questionnaire.questions.values() if one.scope == "profile"
    } - second.bank.sealed_questions
    assert set(found) == wanted
    assert wanted
    one = found[small.a("text").id]
    assert one.usable
    assert one.fitted.answer.value == "As we said on the telephone."
    assert one.earlier.by == small.invitation.email
    assert one.earlier.of.title == "Small round"


def test_an_offer_is_blank_until_it_is_confirmed(session, clock, second, small) -> None:
    assert resuming.draft(session, second.assessment.id) == {}
    with pytest.raises(submitting.Incomplete):
        submitting.submit(
            session, clock, second.reached(clock()), second.questionnaire,
            Attestation("Vera", "Director", True), seen=None, link="", board_link="",
        )  # fmt: skip


def test_confirming_is_a_save_whose_history_says_where_it_came_from(
    session, second, small, take
) -> None:
    question = small.a("text")
    assert take(second, question).taken == (question.id,)
    (change,) = change_of(session, second, question)
    assert (change.version, change.taken_from) == (1, small.assessment.id)
    assert change.changed_by == second.invitation.email
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "reconfirmed")).one()
    assert row.details == {"version": 1, "taken_from": str(small.assessment.id)}
    counts = second.reached()
    assert counts.answered == 1


def test_confirming_twice_has_one_effect(session, second, small, take) -> None:
    question = small.a("text")
    take(second, question)
    assert "has an answer already" in take(second, question).refused[question.id]
    assert len(change_of(session, second, question)) == 1


def test_an_answer_given_meanwhile_is_never_overwritten(
    session, clock, second, small, take, offered
) -> None:
    question = small.a("text")
    answering.save(
        session, clock, second.reached(clock()), second.questionnaire, question.id,
        Typed(raw="Somebody else"),
    )  # fmt: skip
    assert question.id not in offered(second)
    assert take(second, question).taken == ()
    stored = session.scalars(
        sa.select(Answer.value).where(Answer.assessment_id == second.assessment.id)
    ).all()
    assert stored == ["Somebody else"]


def test_beyond_a_year_it_is_only_shown(clock, second, small, take, offered) -> None:
    second.invitation.expires_at = clock() + 3 * 365 * DAY
    clock.move(335 * DAY)
    assert offered(second)[small.a("text").id].usable
    clock.move(DAY)
    found = offered(second)[small.a("text").id]
    assert not found.usable
    assert found.too_old is not None
    assert "too old" in take(second, small.a("text")).refused[small.a("text").id]


def test_prices_and_what_belongs_to_one_rfi_are_never_offered(second, offered) -> None:
    asked = second.questionnaire.questions
    assert set(offered(second)).isdisjoint(second.bank.sealed_questions)
    assert all(asked[id].scope == "profile" for id in offered(second))


def test_documents_come_along_unreviewed_unless_they_have_lapsed(
    session, clock, organisation, small, answer_all, submit, take, remi
) -> None:
    answer_all()
    question = small.a("text")
    holds = reviewed.attach(session, small.assessment, question.id)
    lapsed = reviewed.attach(session, small.assessment, question.id, content=b"%PDF-1.7 old")
    lapsed.name = "lapsed.pdf"
    submit()
    lapsed.reviews = 1
    session.add(
        EvidenceReview(
            organisation_id=organisation.id, assessment_id=small.assessment.id,
            evidence_id=lapsed.id, version=1, level=2, issued_on=None,
            expires_on=(clock() + DAY).date(), sites=[], legal_entity="", covers_service=True,
            rejected=False, reviewed_at=clock(), reviewed_by=remi.id,
        )
    )  # fmt: skip
    session.flush()
    clock.move(30 * DAY)
    second = ask_again(session, organisation, small)
    take(second, question)
    copies = session.scalars(
        sa.select(Evidence).where(Evidence.assessment_id == second.assessment.id)
    ).all()
    assert [one.name for one in copies] == ["extract.pdf"]
    assert (copies[0].store_key, copies[0].reviews) == (holds.store_key, 0)
    assert copies[0].issued_on == holds.issued_on


def test_another_organisation_is_offered_nothing(session, second, offered) -> None:
    """The same provider, known to a stranger by the same name: another row."""
    assert offered(second)
    stranger = ask(session, make_organisation(session, "Another Ltd"), vendor="Amber Call")
    assert offered(stranger) == {}
    assert not stranger.reached().asked_before


def test_a_draft_that_was_never_handed_in_is_not_offered(
    session, organisation, small, answer_all, offered
) -> None:
    answer_all()
    assert offered(ask_again(session, organisation, small)) == {}


def test_a_reply_that_is_still_written_is_not_offered(
    session, clock, organisation, small, answer_all, submit, offered, remi
) -> None:
    answer_all()
    submit()
    question = small.a("text")
    session.add(
        Clarification(
            organisation_id=organisation.id, assessment_id=small.assessment.id,
            question_id=question.id, remark="Which?", asked_by=remi.id, asked_at=clock(),
            before={"state": "answered", "value": "As handed in", "comment": "", "reason": "",
                    "version": 1, "files": []},
        )
    )  # fmt: skip
    session.flush()
    second = ask_again(session, organisation, small)
    clock.move(DAY)
    assert offered(second)[question.id].fitted.answer.value == "As handed in"


def test_a_vendor_that_was_never_asked_before_costs_no_statement(
    session, clock, small, offered
) -> None:
    small.reached()
    kept = resuming.draft(session, small.assessment.id)
    reached = small.reached(clock())
    asked = small.questionnaire
    with statements(session.connection()) as seen:
        found = reconfirming.offers(session, clock(), reached, asked, kept, asked.questions)
    assert (found, len(seen)) == ({}, 0)


def test_all_offers_of_a_page_are_read_in_one_statement(session, clock, second, small) -> None:
    reached = second.reached(clock())
    asked = second.questionnaire
    reconfirming.offers(session, clock(), reached, asked, {}, asked.questions)
    with statements(session.connection()) as seen:
        found = reconfirming.offers(session, clock(), reached, asked, {}, asked.questions)
    assert found
    assert len(seen) == 1


def test_nothing_is_taken_over_after_handing_in(second, small, take, session, clock) -> None:
    second.assessment.state = "submitted"
    with pytest.raises(Refused):
        take(second, small.a("text"))


def test_every_kind_of_answer_can_be_taken_over_as_it_was(session, second, small, take) -> None:
    questions = [
        one for one in small.questionnaire.questions.values()
        if one.scope == "profile" and one.id not in small.bank.sealed_questions
    ]  # fmt: skip
    done = take(second, *questions)
    assert set(done.taken) == {one.id for one in questions}
    query = sa.select(Answer.question_id, Answer.value)
    first = dict(session.execute(query.where(Answer.assessment_id == small.assessment.id)).all())
    now = dict(session.execute(query.where(Answer.assessment_id == second.assessment.id)).all())
    assert now == {id: first[id] for id in now}
