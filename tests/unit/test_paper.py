"""The questionnaire on paper says what is asked, and nothing of how it is judged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from question_bank.model import LANGUAGES
from questionnaire.core.answers import Answer
from questionnaire.core.paper import Given, answered_blocks, asked_blocks
from questionnaire.core.report.blocks import Heading, Line, Listing, Paragraph, Table
from questionnaire.core.units import unit_behind, unit_words
from questionnaire.services.editions import current_bank


def all_words(blocks):
    for block in blocks:
        match block:
            case Listing(lines=lines):
                yield from (line.text for line in lines)
            case Table(heads=heads, rows=rows, title=title):
                yield title
                yield from (head.text for head in heads)
                yield from (str(cell.value) for row in rows for cell in row)
            case _:
                yield block.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_stands_on_paper_with_its_choices_and_columns(language):
    bank = current_bank()
    for section in bank.sections:
        told = " ".join(all_words(asked_blocks(section, bank.questions, language)))
        for question in section.questions:
            assert question.text.text(language) in told
            assert question.help.text(language) in told
            for choice in question.choices:
                assert choice.label.text(language) in told
            for column in question.columns:
                assert column.label.text(language) in told
                for choice in column.choices:
                    assert choice.label.text(language) in told


def test_no_reason_of_a_requirement_is_on_paper():
    bank = current_bank()
    told = " ".join(
        word
        for section in bank.sections
        for word in all_words(asked_blocks(section, bank.questions, "en"))
    )
    assert [one.id for one in bank.requirements if one.rationale.en in told] == []


def test_a_question_that_waits_for_another_says_for_which():
    bank = current_bank()
    question = bank.questions["clients.firewall"]
    section = bank.sections_by_id[question.section]
    blocks = asked_blocks(section, bank.questions, "en")
    at = next(n for n, one in enumerate(blocks) if question.text.en in getattr(one, "text", ""))
    parent = bank.questions["clients.competitors"]
    named = (parent.subject or parent.text).en
    assert blocks[at + 2] == Paragraph(f"Asked only if your answers about “{named}” call for it.")


def test_a_wide_table_is_told_row_by_row_and_loses_no_cell():
    bank = current_bank()
    question = next(
        one
        for one in bank.questions.values()
        if len(one.columns) > 6 and any(column.kind == "text" for column in one.columns)
    )
    column = next(one for one in question.columns if one.kind == "text")
    empty = {one.name: None for one in question.columns}
    rows = (empty | {column.name: "First of all"}, empty | {column.name: "The second"})
    given = {question.id: Given(Answer("answered", rows, comment="As agreed"))}
    blocks = answered_blocks(bank.sections_by_id[question.section], given, frozenset(), "en")
    assert Heading("Row 2", 2) in blocks
    assert Listing((Line(f"{column.label.en}: The second"),)) in blocks
    assert Paragraph("Comment: As agreed") in blocks


def test_a_question_that_is_not_asked_keeps_the_numbers_of_the_others():
    bank = current_bank()
    section = bank.sections[0]
    hidden = frozenset({section.questions[0].id})
    blocks = answered_blocks(section, {}, hidden, "en")
    assert isinstance(blocks[0], Heading)
    assert blocks[0].text.startswith("2. ")
    assert blocks[1] == Paragraph("Not answered")


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        ("1", "en", "hour"),
        ("24", "en", "hours"),
        ("1", "lv", "stunda"),
        ("21", "lv", "stunda"),
        ("24", "lv", "stundas"),
        ("1", "es", "hora"),
        ("24", "es", "horas"),
        ("0.5", "es", "horas"),
    ],
)
def test_a_unit_agrees_with_its_number(number, language, words):
    assert unit_behind(Decimal(number), "hours", language) == words


def test_a_unit_beside_a_box_is_in_the_language_of_the_page():
    words = [unit_words("months", one) for one in ("en", "lv", "es")]
    assert words == ["months", "mēneši", "meses"]
    assert unit_words(None, "lv") == ""
    assert unit_words("km", "lv") == "km"
