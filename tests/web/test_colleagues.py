"""Vera asks Marta for help: two browsers, buttons alone, as where no script runs."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, Invitation
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.page import text_of
from tests.services.asked import raw_of, stored
from tests.services.colleagues import MARTA, hand_over
from tests.web.marta import behind_her_code, elsewhere, number, section_handed
from tests.web.vera import address, fields, post, section_of, show_section, words_of

question = pytest.fixture(number)
other = pytest.fixture(elsewhere)
handed = pytest.fixture(section_handed)
marta = pytest.fixture(behind_her_code)


def test_a_section_is_handed_over_by_its_button(vera, session, asked, question) -> None:
    page = show_section(vera, asked, question)
    assert "Ask a colleague to answer this section" in page.text
    page = vera.press("Ask a colleague to answer this section")
    ticked = [one.get("value") for one in page.root.iter("input") if one.get("checked") is not None]
    assert ticked == [question.section]
    page = vera.press("Hand over and send the mail", MARTA)
    assert "Marta Liepa gets a mail with a link" in page.text
    assert f"0 of {len(asked.questionnaire.within[question.section])}" in page.text
    (colleague,) = session.scalars(
        sa.select(Invitation).where(Invitation.handed_by.is_not(None))
    ).all()
    assert colleague.handed_over == {"sections": [question.section], "questions": []}


def test_asking_about_one_question_saves_the_page_first(vera, session, asked, question) -> None:
    show_section(vera, asked, question)
    go = f"ask:question={question.id}"
    reply = post(vera, section_of(question, asked), fields(question, "42"), go=go)
    assert reply.status_code == 303
    assert stored(session, question).value == 42
    page = vera.show(reply.headers["Location"])
    ticked = [one.get("value") for one in page.root.iter("input") if one.get("checked") is not None]
    assert ticked == [question.id]


def test_a_wrong_hand_over_comes_back_as_it_was_typed(vera, session, asked, other) -> None:
    vera.show(f"{address(asked)}/colleagues/new?question={other.id}")
    typed = {"name": "Marta", "email": "marta", "message": "Please help"}
    page = vera.press("Hand over and send the mail", typed, status=422)
    assert "not an e-mail address" in page.text
    assert page.by_id("name").get("value") == "Marta"
    assert text_of(page.by_id("message")) == "Please help"
    typed = {"email": asked.invitation.email}
    page = vera.press("Hand over and send the mail", typed, status=422)
    assert "your own address" in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1


def test_a_colleague_sees_its_part_who_asks_and_only_names_of_the_rest(
    marta, asked, question, other
) -> None:
    page = marta.show(address(asked))
    assert "Only you know." in page.text
    assert f"{asked.invitation.name} asks for your help" in page.text
    sections = [at for _words, at in page.links if "/section/" in at]
    assert {one.split("/section/")[1].split("#")[0] for one in sections} == {question.section}
    elsewhere = asked.questionnaire.sections_by_id[other.section]
    assert elsewhere.title.en in page.text
    for words in ("Check and hand in", "We do not want to take part", "Ask a colleague"):
        assert words not in page.text
    page = show_section(marta, asked, question)
    assert "Ask a colleague" not in page.text
    assert "Save and go to the overview" in page.text
    assert {at for _words, at in page.links if "/section/" in at} == {section_of(question, asked)}


def test_a_single_question_is_all_that_is_on_its_page(
    marta, session, clock, asked, question
) -> None:
    hand_over(session, clock, asked, questions=[question.id])
    page = show_section(marta, asked, question)
    assert page.html.count("data-question=") == 1
    beside = next(
        one for one in asked.questionnaire.questions.values() if one.section == question.section
        and one is not question
    )  # fmt: skip
    sent = {f"{beside.id}:version": "0"} | fields(beside)
    post(marta, section_of(question, asked), sent)
    assert session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 0


def test_the_owner_sees_who_answered_what_and_when(marta, vera, session, asked, question) -> None:
    show_section(marta, asked, question)
    post(marta, section_of(question, asked), fields(question, "42"))
    assert stored(session, question).changed_by == MARTA["email"]
    page = show_section(vera, asked, question)
    assert "Marta Liepa" in words_of(page, question)
    page = vera.show(address(asked, "check"))
    line = text_of(page.by_id(f"a-{question.id}"))
    assert "Answered by Marta Liepa, 23 Nov 2026, 11:00" in line


def test_an_owner_alone_sees_no_names(vera, session, clock, asked, question) -> None:
    typed = Typed(raw=raw_of(question))
    answering.save(session, clock, asked.reached(), asked.questionnaire, question.id, typed)
    assert "Answered by" not in vera.show(address(asked, "check")).text
    assert asked.invitation.name not in words_of(show_section(vera, asked, question), question)


def test_two_on_one_question_see_both_answers_and_the_others_name(
    marta, vera, session, asked, question
) -> None:
    show_section(vera, asked, question)
    show_section(marta, asked, question)
    post(marta, section_of(question, asked), fields(question, "42"))
    reply = post(vera, section_of(question, asked), fields(question, "43"))
    assert reply.status_code == 409
    assert "Marta Liepa saved this" in vera.page.text
    assert stored(session, question).value == 42
    post(vera, section_of(question, asked), {}, mine=question.id)
    show_section(marta, asked, question)
    sent = fields(question, "44") | {f"{question.id}:version": "1"}
    assert post(marta, section_of(question, asked), sent).status_code == 409
    assert f"{asked.invitation.name} saved this" in marta.page.text


def test_a_script_of_a_colleague_is_told_nothing_of_the_rest(marta, session, clock, asked) -> None:
    waiting = asked.questionnaire.questions[asked.questionnaire.waiting[0]]
    trigger = asked.questionnaire.questions[waiting.show_when.question]
    shown = waiting.show_when.value[0]
    other = next(one.code for one in trigger.choices if one.code not in waiting.show_when.value)
    hand_over(session, clock, asked, questions=[trigger.id])
    show_section(marta, asked, trigger)
    one = trigger.kind == "single_choice"
    for version, value in enumerate((shown, other)):
        sent = fields(trigger, value if one else [value]) | {f"{trigger.id}:version": str(version)}
        token = dict(marta.page.form_with("Save").values())["csrf_token"]
        reply = marta.post(
            address(asked, "answer", trigger.id),
            data=sent | {"csrf_token": token},
            headers={"Accept": "application/json"},
        )
        assert reply.status_code == 200
        assert waiting.id not in reply.get_data(as_text=True)
        assert not {"asked", "answered"} & set(reply.json)
