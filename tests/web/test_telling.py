"""The trail in words: every change that is noted has a sentence that says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from question_bank.model import Bank
from questionnaire.reviewer.words import EVENTS
from questionnaire.services.editions import current_bank
from questionnaire.services.trailing import Step
from questionnaire.telling import SENTENCES, told
from tests.harness.clock import START
from tests.structure import tree


def _step(object_kind: str, action: str, **details: Any) -> Step:
    known: dict[str, Any] = {
        "actor_kind": "staff",
        "object_id": str(uuid4()),
        "rfi_title": "Autumn",
        "vendor": "Amber Call",
    }
    known |= {name: details.pop(name) for name in list(details) if name in known}
    return Step(
        id=uuid4(),
        at=START,
        actor_name="Ada Marsh",
        action=action,
        object_kind=object_kind,
        details=details,
        rfi_id=None,
        assessment_id=None,
        **known,
    )


@pytest.fixture
def speaking(app: Flask) -> Iterator[Bank]:
    """Within a request, in English."""
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield current_bank()


def _literals() -> set[tuple[str, str]]:
    """What services note with both words written out, as (kind of object, action)."""
    found = set()
    for path in tree.files(".py", rooms=("questionnaire",)):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("append"):
                words = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if len(words) == 2:
                    found.add((str(words[1]), str(words[0])))
    return found


def test_every_change_that_services_note_has_a_sentence() -> None:
    noted = _literals()
    assert len(noted) > 10
    # Written where one of two words is chosen, which the search does not see.
    noted |= {("evidence", "reviewed"), ("evidence", "rejected")}
    assert noted - set(SENTENCES) == set()


def test_every_step_of_a_flag_has_a_sentence() -> None:
    assert {("flag", event) for event in EVENTS} - set(SENTENCES) == set()


def test_a_sentence_names_who_what_and_whose(speaking: Bank) -> None:
    question = next(iter(speaking.questions.values()))
    requirement = next(one for one in speaking.requirements if one.question == question.id)
    step = _step("flag", "waived", requirement=requirement.id, until="2027-03-01")
    assert question.subject is not None
    assert told(step) == (
        f"Ada Marsh waived the gap in “{question.subject.en}” of Amber Call until 1 Mar 2027"
    )


def test_an_answered_question_is_named_by_its_subject(speaking: Bank) -> None:
    question = next(iter(speaking.questions.values()))
    assert question.subject is not None
    step = _step("answer", "answered", object_id=question.id)
    assert told(step) == f"Ada Marsh answered “{question.subject.en}” for Amber Call"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (_step("rfi", "sent"), "Ada Marsh sent the RFI “Autumn”"),
        (
            _step("member", "invited", email="n@b.example", roles=["buyer", "admin"]),
            "Ada Marsh invited n@b.example as buyer, admin",
        ),
        (
            _step("assessment", "judged", actor_kind="service"),
            "The service judged the answers of Amber Call",
        ),
        (
            _step(
                "rfi",
                "extended",
                before="2026-11-30T12:00:00+00:00",
                deadline="2026-12-02T12:00:00+00:00",
            ),
            "Ada Marsh moved the deadline of “Autumn” from 30 Nov 2026, 12:00 UTC"
            " to 2 Dec 2026, 12:00 UTC",
        ),
        (_step("vendor", "removed", vendor="Gone Ltd"), "Ada Marsh took Gone Ltd off"),
        (
            _step("evidence", "lapsed", actor_kind="service", document="iso.pdf"),
            "“iso.pdf” beside “…” of Amber Call lapsed",
        ),
        (
            _step("evidence", "rejected", document="iso.pdf"),
            "Ada Marsh did not accept “iso.pdf” beside “…” of Amber Call",
        ),
        (_step("thing", "turned_over"), "Ada Marsh: thing turned over"),
        (_step("member", "ended", name="100% <b>sure</b>"), "the membership of 100% <b>sure</b>"),
        (_step("member", "ended"), "Ada Marsh ended the membership of …"),
    ],
)
def test_steps_read_as_sentences(speaking: Bank, step: Step, sentence: str) -> None:
    assert sentence in told(step)


def test_every_sentence_can_be_said(speaking: Bank) -> None:
    for kind, action in SENTENCES:
        assert "%(" not in told(_step(kind, action))
