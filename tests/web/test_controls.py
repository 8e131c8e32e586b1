"""Controls and answers: ready pieces joined with what was said, whatever was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, template_rendered

from question_bank.model import KINDS
from questionnaire import controls
from questionnaire.controls import Asking
from questionnaire.controls.pieces import Piece, gap
from questionnaire.core.answers import Answer, kept_answer
from questionnaire.core.faults import AnswerFault
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import Kept
from questionnaire.services.taking import Typed, take
from tests.harness.page import Page, text_of
from tests.services.asked import raw_of
from tests.web.vera import address

#: Shows in a page whether what was typed was escaped, and whether it was kept.
NASTY = "<img src=x onerror=\"go()\"> & 'so' {{ 7 * 7 }}"


@pytest.fixture
def questionnaire(asked) -> Questionnaire:
    return asked.questionnaire


@pytest.fixture
def speaking(app: Flask):
    with app.test_request_context("/"):
        yield


def page(markup: str) -> Page:
    """The markup in a page, which must be valid."""
    return Page(f"<!doctype html><html lang=en><title>x</title><form>{markup}</form>", "/")


def question_page(questionnaire: Questionnaire, question: Any, kept: Any, asking: Asking) -> Page:
    return page(controls.questions_html(questionnaire, [question], {question.id: kept}, asking))


def test_a_piece_is_filled_and_leaves_empty_what_is_not_given() -> None:
    piece = Piece(f'<p class="a{gap("class")}">{gap("text")}!</p>')
    assert piece.gaps == {"class", "text"}
    assert piece.fill({"text": "Hello"}) == '<p class="a">Hello!</p>'
    assert piece.fill({"class": " b"}) == '<p class="a b">!</p>'


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("speaking")
def test_what_is_filled_in_has_its_gap(kind, asked, questionnaire, monkeypatch) -> None:
    """A misspelt gap would lose what was said without a sound."""
    given: list[tuple[set[str], frozenset[str]]] = []
    fill = Piece.fill

    def noted(piece: Piece, values: Any) -> str:
        given.append(({name for name, one in values.items() if one}, piece.gaps))
        return fill(piece, values)

    monkeypatch.setattr(Piece, "fill", noted)
    question = asked.a(kind)
    typed = Typed(raw=raw_of(question), comment="c", reason="r", version=3)
    fault = AnswerFault("Not so.")
    asking = Asking(
        typed={question.id: typed}, faults={question.id: fault}, hidden=frozenset({question.id}),
        read_only=True, remarks={question.id: "<p>r</p>"}, conflicts={question.id: "<p>c</p>"},
        documents={question.id: ("certificate", "2026-01-01")},
    )  # fmt: skip
    controls.question_html(questionnaire, question, controls.UNTOUCHED, asking, 1)
    assert given
    for values, gaps in given:
        harmless = {"none", "state", "currency:", "invalid", "attach-open"} | {
            one for one in values if one.startswith(("type", "value:"))
        }
        assert values - gaps - harmless == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("speaking")
def test_whatever_was_typed_is_shown_as_it_was_and_does_nothing(kind, asked, questionnaire):
    question = asked.a(kind)
    raw: Any = NASTY
    if kind == "table":
        raw = [{column.name: [NASTY] if column.kind == "multi_choice" and not column.choices_from
                else NASTY for column in question.columns}]  # fmt: skip
    elif kind == "money":
        raw = {"amount": NASTY, "currency": "EUR"}
    elif kind in ("multi_choice", "countries"):
        raw = [NASTY]
    asking = Asking(typed={question.id: Typed(raw=raw, comment=NASTY, reason=NASTY)})
    made = question_page(questionnaire, question, controls.UNTOUCHED, asking)
    assert list(made.root.iter("img")) == []
    assert text_of(made.by_id(f"q-{question.id}-comment")) == " ".join(NASTY.split())
    held = [value for values in made.forms[0].values().values() for value in values]
    if kind not in ("yes_no", "single_choice", "multi_choice", "file"):
        assert NASTY in held


@pytest.mark.usefixtures("speaking")
def test_a_character_that_no_page_can_hold_is_shown_as_missing(asked, questionnaire) -> None:
    question = asked.a("text")
    asking = Asking(typed={question.id: Typed(raw="a\x1fversion\x1fb\x00\ud800c")})
    made = question_page(questionnaire, question, controls.UNTOUCHED, asking)
    assert made.by_id(f"q-{question.id}-box").get("value") == "a\ufffdversion\ufffdb\ufffd\ufffdc"


@pytest.mark.usefixtures("speaking")
def test_an_amount_is_kept_in_the_currency_that_stands_in_its_box(asked, questionnaire) -> None:
    made = question_page(questionnaire, asked.a("money"), controls.UNTOUCHED, Asking())
    assert made.forms[0].values()[f"{asked.a('money').id}:currency"] == ["EUR"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("speaking")
def test_a_stored_answer_is_read_out_of_its_controls_as_it_was(kind, asked, questionnaire) -> None:
    question = asked.a(kind)
    answer = take(question, Typed(raw=raw_of(question)))
    if kind == "file":
        answer = Answer("answered", "matrix.pdf")
    value = controls_json(answer)
    kept = Kept("answered", value, "", "", 4)
    made = question_page(questionnaire, question, kept, Asking())
    pairs = [(name, one) for name, many in made.forms[0].values().items() for one in many]
    typed = controls.typed_of(question, controls.by_question(pairs)[question.id])
    assert (typed.said, typed.version) == ("answered", 4)
    if kind != "file":
        assert take(question, typed) == answer


def controls_json(answer: Answer) -> Any:
    from questionnaire.core.kinds import json_of

    return json_of(answer.value)


@pytest.mark.parametrize("kind", ["multi_choice", "countries", "table"])
@pytest.mark.usefixtures("speaking")
def test_none_is_ticked_again_and_stays_an_answer(kind, asked, questionnaire) -> None:
    question = next(
        one for one in questionnaire.questions.values() if one.kind == kind and not one.exclusive
    )
    question = replace(question, id=f"{question.id}-none", none_allowed=True)
    made = question_page(questionnaire, question, Kept("answered", [], "", "", 1), Asking())
    pairs = [(name, one) for name, many in made.forms[0].values().items() for one in many]
    typed = controls.typed_of(question, controls.by_question(pairs)[question.id])
    assert take(question, typed) == Answer("answered", ())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("speaking")
def test_an_answer_of_every_kind_is_shown_and_escaped(kind, asked) -> None:
    question = asked.a(kind)
    answer = take(question, Typed(raw=raw_of(question), comment=NASTY))
    if kind == "file":
        answer = kept_answer(question, "answered", "matrix.pdf", comment=NASTY)
    made = page(controls.answer_html(question, answer))
    assert list(made.root.iter("img")) == []
    assert "onerror" in made.text
    unknown = page(controls.answer_html(question, Answer("not_applicable", reason=NASTY)))
    assert "Not applicable" in unknown.text
    assert list(unknown.root.iter("img")) == []


@pytest.mark.parametrize("path", ["section", "check"])
def test_a_page_that_was_shown_before_renders_no_template(path, vera, app, asked) -> None:
    section = max(asked.questionnaire.sections, key=lambda one: len(one.questions))
    url = address(asked, path, section.id) if path == "section" else address(asked, path)
    vera.get(url)
    rendered: list[str] = []

    def note(_sender: Any, template: Any, **_context: Any) -> None:
        rendered.append(template.name)

    with template_rendered.connected_to(note, app):
        vera.get(url)
    assert rendered == ([] if path == "section" else ["vendor/lacking.html"])


@pytest.mark.parametrize("kind", ["table", "countries", "multi_choice"])
@pytest.mark.usefixtures("speaking")
def test_none_can_be_ticked_only_where_it_can_be_true(kind, asked, questionnaire) -> None:
    question = replace(asked.a(kind), none_allowed=True, exclusive=(), none_label=None)
    for allowed in (True, False):
        one = replace(question, id=f"{question.id}-{allowed}", none_allowed=allowed)
        shown = question_page(questionnaire, one, controls.UNTOUCHED, Asking())
        ticks = [box.get("name") for box in shown.root.iter("input")]
        assert (f"{one.id}:none" in ticks) == allowed


@pytest.mark.usefixtures("speaking")
def test_a_missing_reason_is_asked_for_beside_the_answer(asked, questionnaire, clock) -> None:
    question = asked.a("number")
    for reason, said in (("", True), ("We have no such thing.", False)):
        kept = Kept("not_applicable", None, "", reason, 1, clock(), "v@coral.example")
        shown = question_page(questionnaire, question, kept, Asking())
        assert ("Say why this question does not apply" in text_of(shown.root)) == said
