"""Answers: their states, what is missing in them, and rows pasted from a spreadsheet."""

from __future__ import annotations

import pytest

from questionnaire.core.answers import (
    BLANK,
    Answer,
    Evidence,
    incomplete,
    kept_answer,
    parse_answer,
    same_answer,
    show_answer,
)
from questionnaire.core.faults import AnswerFault, Cell
from questionnaire.core.kinds import KINDS
from questionnaire.core.pasting import parse_table_paste
from tests.harness.asking import column, question

HOURS = question("a.hours", "number", unit="hours")
COLOURS = question("a.colours", "multi_choice", "red", "blue")
SITES = question(
    "a.sites",
    "table",
    columns=(
        column("site", "text"),
        column("country", "country"),
        column("role", "choice", "primary", "other"),
        column("seats_now", "number"),
        column("hazards", "multi_choice", "flood", "storm"),
        column("generator", "yes_no"),
    ),
)


@pytest.mark.parametrize(
    ("state", "value"), [("answered", None), ("blank", 5), ("dont_know", 0), ("sure", 5)]
)
def test_an_answer_has_a_value_when_it_is_answered_and_only_then(state, value):
    with pytest.raises(ValueError, match="answer"):
        Answer(state, value)


def test_an_empty_box_makes_a_blank_answer_and_keeps_its_comment():
    assert parse_answer(HOURS, " ", comment=" later ") == Answer("blank", comment="later")


def test_zero_is_an_answer():
    assert parse_answer(HOURS, "0").state == "answered"


def test_who_does_not_know_has_no_value_whatever_is_in_the_box():
    assert parse_answer(HOURS, "12 or so", said="dont_know") == Answer("dont_know")


def test_none_is_refused_where_it_cannot_be_true():
    """A site, a country of our data: there is one, or it is not known."""
    asked = question("a.sites", "multi_choice", "red", "blue", none_allowed=False)
    with pytest.raises(AnswerFault, match="cannot be the answer here"):
        parse_answer(asked, [])
    assert parse_answer(asked, ["red"]).value == ("red",)
    assert parse_answer(asked, None).state == "blank"
    assert parse_answer(asked, [], said="dont_know").state == "dont_know"


def test_no_more_is_ticked_than_may_be():
    asked = question("a.sizes", "multi_choice", "small", "mid", "large", most_choices=2)
    assert parse_answer(asked, ["small", "mid"]).state == "answered"
    with pytest.raises(AnswerFault, match="3 are ticked; at most 2 can be"):
        parse_answer(asked, ["small", "mid", "large"])
    assert kept_answer(asked, "answered", ["small", "mid", "large"]).state == "answered"


def test_none_that_was_answered_before_it_was_forbidden_can_still_be_read():
    asked = question("a.sites", "multi_choice", "red", "blue", none_allowed=False)
    assert kept_answer(asked, "answered", []).value == ()


def test_evidence_stays_with_the_answer():
    paper = Evidence("plan.pdf", "policy", None)
    assert parse_answer(HOURS, "4", evidence=[paper]).evidence == (paper,)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"comment": "x" * 2001}, "at most 2000 fit"), ({"reason": "x" * 1001}, "at most 1000 fit")],
)
def test_comment_and_reason_have_limits(more, sentence):
    with pytest.raises(AnswerFault, match=sentence):
        parse_answer(HOURS, "4", **more)


def test_a_kept_answer_is_read_back_and_checked():
    assert (
        kept_answer(HOURS, "answered", 4.5, comment="c").value == parse_answer(HOURS, "4.5").value
    )
    assert kept_answer(HOURS, "dont_know", None).value is None
    with pytest.raises(AnswerFault):
        kept_answer(HOURS, "answered", "four")


def test_the_same_choice_in_another_order_is_no_change():
    first = parse_answer(COLOURS, ["red", "blue"])
    assert same_answer(COLOURS, first, parse_answer(COLOURS, ["blue", "red"]))
    assert not same_answer(COLOURS, first, parse_answer(COLOURS, ["blue"]))
    assert not same_answer(COLOURS, first, parse_answer(COLOURS, ["red", "blue"], comment="x"))
    assert not same_answer(HOURS, BLANK, parse_answer(HOURS, "0"))


@pytest.mark.parametrize("kind", ["text", "long_text"])
@pytest.mark.parametrize("typed", ["\u200b", " \u2060\ufeff", "\u00ad\u200d\n"])
def test_text_that_nobody_can_see_is_blank(kind, typed):
    asked = question("a.owner", kind, answer_required=True)
    answer = parse_answer(asked, typed)
    assert answer.state == "blank"
    assert incomplete(asked, answer)
    assert parse_answer(asked, f"Ada{typed}").state == "answered"


def test_a_blank_answer_blocks_where_one_must_be_given_and_not_knowing_does_not():
    assert "needs an answer" in (incomplete(HOURS, BLANK) or "")
    assert incomplete(question("a.b", "text", answer_required=False), BLANK) is None
    assert incomplete(HOURS, Answer("dont_know")) is None
    assert incomplete(HOURS, parse_answer(HOURS, "0")) is None


def test_not_applicable_needs_its_reason():
    assert "does not apply" in (incomplete(HOURS, Answer("not_applicable")) or "")
    assert incomplete(HOURS, Answer("not_applicable", reason="No calls.")) is None


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(parse_answer(HOURS, "4"), "4\u00a0hours"), (Answer("dont_know"), "Don't know"),
     (Answer("not_applicable"), "Not applicable"), (BLANK, "Not answered")],
)  # fmt: skip
def test_an_answer_is_shown_in_one_line(answer, shown):
    assert show_answer(HOURS, answer) == shown


def test_a_paste_with_a_header_may_have_its_columns_in_any_order():
    paste = parse_table_paste(
        SITES, "Country\tSite\tSeats now\nDominican Republic\tZona Naco\t1,200\nLV\tRīga\t\n\n"
    )
    assert paste.faults == ()
    assert paste.rows == (
        {"country": "DO", "site": "Zona Naco", "seats_now": "1200"},
        {"country": "LV", "site": "Rīga", "seats_now": ""},
    )


def test_a_paste_without_a_header_follows_the_order_of_the_question():
    paste = parse_table_paste(SITES, "Cebu\tPH\tPrimary\t40\tflood; storm\tyes\n")
    assert paste.rows == (
        {"site": "Cebu", "country": "PH", "role": "primary", "seats_now": "40",
         "hazards": ["flood", "storm"], "generator": "yes"},
    )  # fmt: skip


def test_a_row_that_happens_to_hold_the_name_of_a_column_is_no_header():
    assert parse_table_paste(SITES, "Site\tPH\tother\t5").rows == (
        {"site": "Site", "country": "PH", "role": "other", "seats_now": "5"},
    )


def test_an_empty_first_cell_keeps_its_place():
    assert parse_table_paste(SITES, "\tPH\tother").rows == (
        {"site": "", "country": "PH", "role": "other"},
    )


@pytest.mark.parametrize("separator", [",", ";"])
def test_separated_values_with_quotes_are_read(separator):
    text = separator.join(["site", "country", "role"]) + "\n"
    text += separator.join(['"Park, hall; 2"', "PH", "primary"])
    assert parse_table_paste(SITES, text).rows == (
        {"site": "Park, hall; 2", "country": "PH", "role": "primary"},
    )


def test_an_unreadable_cell_stays_as_pasted_and_its_row_and_column_are_named():
    paste = parse_table_paste(SITES, "Cebu\tPH\tmain\tforty\train\nRīga\tLatvija\n", "en")
    assert paste.rows[0]["seats_now"] == "forty"
    assert paste.rows[0]["hazards"] == ["rain"]
    assert paste.rows[1]["country"] == "Latvija"
    assert [fault.path for fault in paste.faults] == [
        Cell(0, "role"), Cell(0, "seats_now"), Cell(0, "hazards"), Cell(1, "country"),
    ]  # fmt: skip


def test_names_are_understood_in_the_readers_language():
    assert parse_table_paste(SITES, "Rīga\tLatvija\n", "lv").rows[0]["country"] == "LV"


def test_what_does_not_fit_the_table_is_said():
    paste = parse_table_paste(SITES, "Site\tCountry\tMoat\nCebu\tPH\tdeep\tand wide")
    assert paste.faults == ()
    assert paste.notices == (
        "No column is called “Moat”; it was left out.",
        "Row 1 has more cells than there are columns (3); left out: “and wide”.",
    )
    assert paste.rows == ({"site": "Cebu", "country": "PH"},)
    assert parse_table_paste(SITES, " \n ").faults[0].sentence == "Nothing was pasted."
    assert parse_table_paste(SITES, "a\x00b").rows == ()


def test_only_as_many_rows_are_taken_as_a_table_holds():
    paste = parse_table_paste(SITES, "Cebu\tPH\n" * 205)
    assert len(paste.rows) == 200
    assert "205 rows were pasted" in paste.notices[0]
    assert paste.faults == ()


def test_pasted_rows_are_read_by_the_form_as_they_stand():
    paste = parse_table_paste(SITES, "Cebu\tPH\tPrimary\t40\tflood; storm\tyes\n")
    value = KINDS["table"].parse(SITES, list(paste.rows))
    assert KINDS["table"].to_raw(SITES, value) == list(paste.rows)
