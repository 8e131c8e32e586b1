"""The page of questions that are open again: what its boxes say is kept."""

from __future__ import annotations

import pytest

from questionnaire.models import Clarification
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.page import parse
from tests.services.asked import stored
from tests.web.vera import ATTESTED, address, enter, post


@pytest.fixture
def question(small):
    return small.a("text")


@pytest.fixture
def reopened(session, small, clock, remi, question) -> Clarification:
    """Vera handed in, and one answer was asked about."""
    raw = Typed(raw="Amber")
    answering.save(session, clock, small.reached(), small.questionnaire, question.id, raw)
    small.assessment.state, small.assessment.submitted_at = "submitted", clock()
    asked = Clarification(
        organisation_id=small.assessment.organisation_id,
        assessment_id=small.assessment.id,
        question_id=question.id,
        remark="Which company, exactly?",
        asked_by=remi.id,
        asked_at=clock(),
        before={
            "state": "answered",
            "value": "Amber",
            "comment": "",
            "reason": "",
            "version": 1,
            "files": [],
        },
    )
    session.add(asked)
    session.flush()
    return asked


@pytest.fixture
def replying(client, session, small, reopened):
    """Vera's browser with the page of replies open."""
    enter(client, session, small)
    client.show(address(small, "replies"))
    return client


@pytest.fixture
def ask_server(replying, small, question):
    """POST about the question like the script."""
    form = next(one for one in replying.page.forms if one.element.get("id") == "questions")
    headers = {"Accept": "application/json", "X-CSRFToken": dict(form.values())["csrf_token"][0]}

    shown = {"remark": dict(form.values())[f"{question.id}:remark"][0]}

    def ask_server(path, **parts):
        data = {f"{question.id}:{name}": value for name, value in (shown | parts).items()}
        return replying.post(address(small, path, question.id), data=data, headers=headers)

    return ask_server


def test_what_is_saved_last_of_having_nothing_to_add_is_kept(ask_server, session, reopened) -> None:
    for sent, kept in (({"nothing": "1"}, True), ({}, False)):
        reply = ask_server("answer", version="1", value="Amber", **sent)
        assert reply.status_code == 200
        session.refresh(reopened)
        assert reopened.nothing_to_add is kept


def test_nothing_to_add_is_said_of_what_was_shown_alone(ask_server, session, reopened) -> None:
    reopened.remark = "Which company? And since when?"
    session.flush()
    assert ask_server("answer", version="1", value="Amber", nothing="1").status_code == 200
    session.refresh(reopened)
    assert not reopened.nothing_to_add


def test_a_tick_that_a_browser_kept_comes_back_as_it_was_typed(
    ask_server, session, reopened, question
) -> None:
    for sent in ({"nothing": "1"}, {}):
        html = ask_server("typed", version="1", value="Amber", **sent).json["html"]
        shown = parse(f"<!doctype html><title>x</title><form>{html}</form>")
        name = f"{question.id}:nothing"
        box = next(one for one in shown.iter("input") if one.get("name") == name)
        assert (box.get("checked") is not None) is bool(sent)
        reopened.nothing_to_add = not reopened.nothing_to_add
        session.flush()


def test_a_name_and_a_role_stay_in_their_boxes_when_sending_waits(
    replying, session, question
) -> None:
    typed = {f"{question.id}:comment": "The one in the register.", **ATTESTED}
    page = replying.press("Save, send later", typed)
    assert "Saved, and not sent yet." in page.text
    assert stored(session, question).comment == "The one in the register."
    kept = page.form_with("Send replies").values()
    assert {name: kept[name] for name in ATTESTED} == {
        name: [value] for name, value in ATTESTED.items()
    }
    assert "Sent. Thank you." in replying.press("Send replies").text


def test_replies_without_a_name_go_back_to_the_page_by_a_way_that_sends_nothing_twice(
    replying, small, question
) -> None:
    filled = {f"{question.id}:comment": "The one in the register."}
    assert post(replying, address(small, "replies"), filled, go="later").status_code == 303


def test_what_somebody_else_wrote_meanwhile_is_not_sent_unread(
    replying, session, clock, small, question, reopened
) -> None:
    typed = Typed(raw="Amber Call SIA", comment="Renamed in May.", version=1)
    answering.save(session, clock, small.reached(clock()), small.questionnaire, question.id, typed)
    page = replying.press("Send replies", ATTESTED)
    assert "Somebody changed this answer after you opened this page" in page.text
    session.refresh(reopened)
    assert reopened.answered_at is None
    page = replying.press("Send replies", ATTESTED)
    assert "Sent. Thank you." in page.text
    assert stored(session, question).value == "Amber Call SIA"


def test_what_was_asked_meanwhile_is_read_before_anything_is_sent(
    replying, session, question, reopened
) -> None:
    reopened.remark = "Which company? And since when?"
    session.flush()
    ticked = ATTESTED | {f"{question.id}:nothing": "1"}
    page = replying.press("Send replies", ticked)
    assert "More was asked here after you opened this page" in page.text
    assert "And since when?" in page.text
    session.refresh(reopened)
    assert (reopened.answered_at, reopened.nothing_to_add) == (None, False)
    assert "Sent. Thank you." in replying.press("Send replies", ticked).text
