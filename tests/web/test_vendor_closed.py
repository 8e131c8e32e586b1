"""What was typed into questions that are not open any more: never said to be saved, never lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, Assessment, Clarification, Invitation
from questionnaire.services.reading import UNTOUCHED
from tests.services.asked import stored
from tests.web.marta import behind_her_code, number, section_handed
from tests.web.vera import address, fields, post, section_of, show_section

question = pytest.fixture(number)
handed = pytest.fixture(section_handed)
marta = pytest.fixture(behind_her_code)


@pytest.fixture
def beside(asked, question):
    """Another question of the section that was handed over."""
    section = asked.questionnaire.sections_by_id[question.section]
    return next(one for one in section.questions if one.kind == "single_choice")


@pytest.fixture
def reopened(session, asked, question, clock) -> Clarification:
    assessment = session.get_one(Assessment, asked.assessment.id)
    assessment.state, assessment.submitted_at = "submitted", clock()
    one = Clarification(
        organisation_id=asked.rfi.organisation_id,
        assessment_id=assessment.id,
        question_id=question.id,
        remark="Why so many?",
        before=UNTOUCHED.to_json(),
        asked_at=clock(),
    )
    session.add(one)
    session.flush()
    return one


def answers(session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Answer))


@pytest.fixture
def taken_away(session, handed, beside):
    """Vera takes all of the section back but one question."""

    def taken_away() -> None:
        colleague = session.get_one(Invitation, handed.colleague_id)
        colleague.handed_over = {"sections": [], "questions": [beside.id]}
        session.flush()

    return taken_away


def test_a_reply_typed_after_all_were_sent_comes_back_and_is_not_said_to_be_saved(
    marta, session, asked, question, clock, reopened
) -> None:
    marta.show(address(asked, "replies"))
    reopened.answered_at = clock()
    session.flush()
    typed = fields(question, "42") | {f"{question.id}:comment": "Two sites.\nOne is new."}
    assert post(marta, address(asked, "replies"), typed).status_code == 409
    assert "not open to you any more" in marta.page.text
    assert "Two sites. One is new." in marta.page.text
    assert "42" in marta.page.text
    assert question.text.en not in marta.page.text
    assert answers(session) == 0
    assert "Saved" not in marta.show(address(asked)).text


def test_the_owner_reads_of_which_question_it_was(
    vera, session, asked, question, clock, reopened
) -> None:
    vera.show(address(asked, "replies"))
    reopened.answered_at = clock()
    session.flush()
    reply = post(vera, address(asked, "replies"), fields(question, "42"), go="send")
    assert reply.status_code == 409
    assert f"{question.text.en} 42" in vera.page.text


def test_a_question_that_was_taken_away_while_it_was_typed_comes_back_to_be_copied(
    marta, session, asked, question, taken_away
) -> None:
    show_section(marta, asked, question)
    taken_away()
    reply = post(marta, section_of(question, asked), fields(question, "4711"))
    assert reply.status_code == 409
    assert "not open to you any more" in marta.page.text
    assert "4711" in marta.page.text
    assert question.id not in marta.page.html
    assert answers(session) == 0
    assert "4711" not in show_section(marta, asked, question).html


def test_what_was_typed_beside_it_is_saved(
    marta, session, asked, question, beside, taken_away
) -> None:
    show_section(marta, asked, question)
    taken_away()
    typed = fields(question, "4711") | fields(beside)
    reply = post(marta, section_of(question, asked), typed)
    assert reply.status_code == 200
    assert "4711" in marta.page.text
    assert stored(session, beside).value == beside.choices[0].code
    assert answers(session) == 1


def test_a_question_that_is_not_open_looks_like_one_that_there_is_not(
    marta, asked, question, taken_away
) -> None:
    show_section(marta, asked, question)
    taken_away()
    pages = []
    for id in (question.id, "nobody.asked-this"):
        marta.show(section_of(question, asked))
        post(marta, section_of(question, asked), {f"{id}:value": "4711", f"{id}:version": "0"})
        pages.append(marta.page.text)
    assert pages[0] == pages[1]
    assert "4711" in pages[0]


@pytest.fixture
def save(marta, asked, question):
    """Save one answer of Marta's like the script."""
    form = show_section(marta, asked, question).form_with("Save").values()
    headers = {"Accept": "application/json", "X-CSRFToken": form["csrf_token"][0]}

    def save(id):
        data = {f"{id}:value": "42", f"{id}:version": "0"}
        return marta.post(address(asked, "answer", id), data=data, headers=headers)

    return save


def test_a_colleague_with_a_working_link_reads_that_the_question_is_closed(
    save, session, asked, question, taken_away, clock
) -> None:
    taken_away()
    replies = [save(question.id), save("nobody.asked-this")]
    assessment = session.get_one(Assessment, asked.assessment.id)
    assessment.state, assessment.submitted_at = "submitted", clock()
    session.flush()
    replies.append(save(question.id))
    assert {one.status_code for one in replies} == {404}
    assert len({one.get_data() for one in replies}) == 1
    said = "This question is not open to you any more. What you typed is kept in this browser."
    assert replies[0].json["sentence"] == said


def test_a_section_that_was_taken_away_whole_gives_back_what_was_typed(
    marta, session, asked, question, handed
) -> None:
    show_section(marta, asked, question)
    elsewhere = next(one for one in asked.questionnaire.questions.values()
                     if one.section != question.section)  # fmt: skip
    colleague = session.get_one(Invitation, handed.colleague_id)
    colleague.handed_over = {"sections": [elsewhere.section], "questions": []}
    session.flush()
    reply = post(marta, section_of(question, asked), fields(question, "4711"))
    assert reply.status_code == 404
    assert "not open to you any more" in marta.page.text
    assert "4711" in marta.page.text
    assert question.text.en not in marta.page.text
    assert answers(session) == 0
