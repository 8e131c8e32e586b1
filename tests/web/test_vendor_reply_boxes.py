"""The page of questions that are open again: what its boxes say is kept."""

from __future__ import annotations

import pytest

from questionnaire.models import Clarification
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.page import parse
from tests.web.vera import address, enter


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

    def ask_server(path, **parts):
        data = {f"{question.id}:{name}": value for name, value in parts.items()}
        return replying.post(address(small, path, question.id), data=data, headers=headers)

    return ask_server


def test_what_is_saved_last_of_having_nothing_to_add_is_kept(ask_server, session, reopened) -> None:
    for sent, kept in (({"nothing": "1"}, True), ({}, False)):
        reply = ask_server("answer", version="1", value="Amber", **sent)
        assert reply.status_code == 200
        session.refresh(reopened)
        assert reopened.nothing_to_add is kept


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
