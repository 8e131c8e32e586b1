"""A vendor's second questionnaire: its earlier answers stand beside the blank questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer
from questionnaire.services import answering, submitting
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from tests.harness.page import text_of
from tests.services.asked import ask, raw_of
from tests.services.earlier import ask_again
from tests.web.vera import address, enter, post, section_of, words_of

SECOND = "Round of the year after"


@pytest.fixture
def again(session, clock, organisation):
    """Vera handed in one section and its prices, and is asked the same again."""
    bank = ask(session, organisation, vendor="Only for the bank").bank
    sealed = next(one for one in bank.sections if one.sealed)
    ids = [one.id for one in (*bank.sections[0].questions, *sealed.questions)]
    first = ask(session, organisation, question_ids=ids, rfi_values={"title": "First round"})
    typed = {one.id: Typed(raw=raw_of(one)) for one in first.questionnaire.questions.values()}
    answering.save_section(session, clock, first.reached(clock()), first.questionnaire, typed)
    reached = first.reached(clock())
    submitting.submit(
        session, clock, reached, first.questionnaire, Attestation("Vera", "Director", True),
        seen=reached.changed_at, link="http://localhost/l", board_link="http://localhost/b",
    )  # fmt: skip
    session.flush()
    clock.move(timedelta(days=60))
    return ask_again(session, organisation, first, title=SECOND)


def answers(session, asked):
    session.expire_all()
    query = sa.select(Answer).where(Answer.assessment_id == asked.assessment.id)
    return {one.question_id: one for one in session.scalars(query)}


def test_an_earlier_answer_stands_beside_the_blank_question_with_its_age(
    client, session, again
) -> None:
    enter(client, session, again)
    question = again.a("text")
    page = client.show(section_of(question, again))
    said = words_of(page, question)
    for words in ("As we said on the telephone.", "First round", "2 months ago", "Still true"):
        assert words in said
    assert answers(session, again) == {}
    box = page.by_id(f"q-{question.id}-value")
    assert "As we said" not in text_of(box)


def test_one_press_takes_it_over_and_keeps_what_was_typed_elsewhere(client, session, again) -> None:
    enter(client, session, again)
    question, other = again.a("text"), again.a("yes_no")
    client.show(section_of(question, again))
    url = section_of(question, again)
    reply = post(client, url, {f"{other.id}:value": "no"}, **{"still-true": question.id})
    assert reply.status_code == 303
    assert reply.location.endswith(f"#q-{question.id}")
    found = answers(session, again)
    assert found[question.id].value == "As we said on the telephone."
    assert found[other.id].value is False
    assert len(found) == 2


def test_what_is_typed_into_the_question_itself_wins_over_the_earlier_answer(
    client, session, again
) -> None:
    enter(client, session, again)
    question = again.a("text")
    client.show(section_of(question, again))
    typed = {f"{question.id}:value": "Another company"}
    post(client, section_of(question, again), typed, **{"still-true": question.id})
    assert answers(session, again)[question.id].value == "Another company"


def test_the_list_takes_over_what_is_ticked_and_nothing_else(client, session, again) -> None:
    enter(client, session, again)
    question = again.a("text")
    page = client.show(address(again, "section", question.section, "earlier"))
    boxes = page.form_with("Take over what is ticked").element.findall(
        ".//{*}input[@name='still-true']"
    )
    assert len(boxes) > 1
    assert not any(one.get("checked") is not None for one in boxes)
    client.press("Take over what is ticked", {"still-true": [question.id]})
    assert list(answers(session, again)) == [question.id]


def test_the_list_says_when_nothing_was_ticked(client, session, again) -> None:
    enter(client, session, again)
    section = again.a("text").section
    client.show(address(again, "section", section, "earlier"))
    page = client.press("Take over what is ticked")
    assert "nothing was taken over" in page.text
    assert answers(session, again) == {}


def test_prices_are_asked_afresh(client, session, again) -> None:
    enter(client, session, again)
    price = again.a("money")
    page = client.show(section_of(price, again))
    assert "Your earlier answer" not in page.text
    listed = client.get(address(again, "section", price.section, "earlier"))
    assert listed.status_code == 302


def test_whoever_was_never_asked_sees_no_offer(client, session, organisation) -> None:
    asked = ask(session, organisation)
    enter(client, session, asked)
    page = client.show(section_of(asked.a("text"), asked))
    assert "Your earlier answer" not in page.text


def test_the_start_page_says_what_happens_with_answers(client, session, again) -> None:
    page = enter(client, session, again)
    assert "You have answered" in page.text
    assert "No other buyer sees it or is offered it" in page.text


@pytest.mark.parametrize(
    ("go", "way"), [("next", "next-open?section={}"), ("earlier", "section/{}/earlier")]
)
def test_what_leads_away_from_the_page_saves_it_first(go, way, client, session, again) -> None:
    enter(client, session, again)
    question = again.a("text")
    page = client.show(section_of(question, again))
    address_of = address(again, way.format(question.section))
    assert address_of not in [href for _words, href in page.links]
    buttons = [one for one in page.root.iter("button") if one.get("value") == go]
    assert [one.get("name") for one in buttons] == ["go"]
    typed = {f"{question.id}:value": "Amber Call SIA"}
    reply = post(client, section_of(question, again), typed, go=go)
    assert (reply.status_code, reply.location) == (303, address_of)
    assert answers(session, again)[question.id].value == "Amber Call SIA"
    client.show(reply.location)


def test_the_enter_key_saves_and_does_not_lead_away(client, session, again) -> None:
    enter(client, session, again)
    page = client.show(section_of(again.a("text"), again))
    first = next(
        one
        for one in page.root.iter("button")
        if one in list(page.by_id("questions").iter("button")) or one.get("form") == "questions"
    )
    assert (text_of(first), first.get("name")) == ("Save", None)
