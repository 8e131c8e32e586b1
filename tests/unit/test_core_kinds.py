"""How each kind of question reads, keeps, puts back and shows an answer."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal

import pytest

from question_bank.model import COLUMN_KINDS, Column, Wording
from question_bank.model import KINDS as NAMES
from question_bank.values import Money
from questionnaire.core.faults import AnswerFault, Cell
from questionnaire.core.kinds import CELLS, KINDS, show_rows
from tests.harness.every_kind import (
    DAY,
    FILE,
    LONG,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    PLACES,
    SHARE,
    SITES,
    TEXT,
    YES_NO,
)

ROW = {
    "site": "Zona Naco", "country": "DO", "role": "primary", "seats": 40, "hazards": ["storm"],
    "generator": True, "limit": 2000000, "expiry": "2027-03-01", "opens": "22:00", "since": 2016,
    "language": "es", "share": 12.5, "scope": ["Zona Naco"],
}  # fmt: skip


def parse(of, raw, language="en"):
    return KINDS[of.kind].parse(of, raw, language)


def from_json(of, value):
    return KINDS[of.kind].from_json(of, value)


def test_every_kind_of_question_and_of_column_has_its_class():
    assert set(KINDS) == set(NAMES)
    assert set(CELLS) == set(COLUMN_KINDS)


@pytest.mark.parametrize("of", [YES_NO, NUMBER, SHARE, DAY, TEXT, LONG, FILE, ONE])
@pytest.mark.parametrize("raw", [None, "", "  \n "])
def test_an_empty_box_is_no_answer(of, raw):
    assert parse(of, raw) is None


@pytest.mark.parametrize(
    ("of", "raw"),
    [(MONEY, {"amount": " ", "currency": "USD"}), (MONEY, None), (MANY, None), (PLACES, None),
     (MANY, [""]), (SITES, None), (SITES, [{}]), (SITES, [{"site": " ", "hazards": []}])],
)  # fmt: skip
def test_untouched_boxes_are_no_answer(of, raw):
    assert parse(of, raw) is None


@pytest.mark.parametrize("of", [MANY, PLACES, SITES])
def test_an_empty_list_is_an_answer_of_its_own(of):
    assert parse(of, []) == ()
    assert from_json(of, []) == ()
    assert KINDS[of.kind].to_json(()) == []
    assert KINDS[of.kind].show(of, ()) != ""


@pytest.mark.parametrize(
    ("of", "raw", "value", "stored", "shown"),
    [
        (YES_NO, "yes", True, True, "Yes"),
        (YES_NO, "no", False, False, "No"),
        (NUMBER, "0", Decimal(0), 0, "0\u00a0hours"),
        (NUMBER, "1", Decimal(1), 1, "1\u00a0hour"),
        (NUMBER, "12.50", Decimal("12.5"), 12.5, "12.5\u00a0hours"),
        (SHARE, "82 %", Decimal(82), 82, "82\u00a0%"),
        (MONEY, {"amount": "13.2", "currency": ""}, Decimal("13.2"), 13.2, "13.2"),
        (MONEY, {"amount": "1,300", "currency": "eur"}, Money(Decimal(1300), "EUR"),
         {"amount": 1300, "currency": "EUR"}, "EUR\u00a01,300"),
        (MONEY, "13.2 USD", Money(Decimal("13.2"), "USD"),
         {"amount": 13.2, "currency": "USD"}, "USD\u00a013.20"),
        (DAY, "23 Nov 2026", date(2026, 11, 23), "2026-11-23", "23 November 2026"),
        (TEXT, " A\u0301 b\n", "Á b", "Á b", "Á b"),
        (LONG, "a\r\nb", "a\nb", "a\nb", "a\nb"),
        (FILE, "matrix.pdf", "matrix.pdf", "matrix.pdf", "matrix.pdf"),
        (ONE, "warm", "warm", "warm", "Warm"),
        (MANY, ["blue", "red", "blue"], ("red", "blue"), ["red", "blue"], "Red and Blue"),
        (PLACES, ["ph", "Costa Rica"], ("CR", "PH"), ["CR", "PH"], "Costa Rica and Philippines"),
    ],
)  # fmt: skip
def test_an_answer_goes_from_the_form_to_the_store_and_to_the_page(of, raw, value, stored, shown):
    assert parse(of, raw) == value
    assert KINDS[of.kind].to_json(value) == stored
    assert from_json(of, stored) == value
    assert KINDS[of.kind].show(of, value) == shown


@pytest.mark.parametrize(
    ("of", "raw", "sentence"),
    [
        (YES_NO, "perhaps", "Choose yes or no"),
        (NUMBER, "many", "Write a number"),
        (NUMBER, "-1", "The least that can be answered is 0"),
        (NUMBER, "101", "The most that can be answered is 100"),
        (MONEY, {"amount": "5", "currency": "dollars"}, "three letters"),
        (MONEY, "$5", "Write a number"),
        (DAY, "next week", "Write a date"),
        (TEXT, "x" * 501, "has 501 characters; at most 500 fit. Shorten it by 1"),
        (LONG, "x" * 5001, "at most 5000 fit"),
        (TEXT, "a\x00b", "cannot be kept"),
        (TEXT, "a\ud800b", "cannot be kept"),
        (FILE, "../etc/passwd", "no folders"),
        (ONE, "boiling", "“boiling” is not offered. Choose from “Cold”, “Warm” or “Hot”"),
        (MANY, ["none", "red"], "“None” stands alone"),
        (PLACES, ["Atlantis"], "“Atlantis” is no country"),
        (SITES, "many", "list of rows"),
        (SITES, [{"seats": str(n)} for n in range(201)], "has 201 rows; at most 200 fit"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(of, raw, sentence):
    with pytest.raises(AnswerFault, match=sentence.replace(".", r"\.")):
        parse(of, raw)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (YES_NO, "yes"), (YES_NO, 1), (NUMBER, "5"), (NUMBER, True), (NUMBER, 0.1 + 0.2),
        (NUMBER, float("nan")), (MONEY, {"amount": 5}), (MONEY, {"amount": 5, "currency": "usd"}),
        (DAY, "23.11.2026"), (DAY, 20261123), (TEXT, 5), (ONE, "Warm"), (ONE, ["warm"]),
        (MANY, "red"), (MANY, ["pink"]), (MANY, [["red"]]), (PLACES, ["ph"]), (PLACES, [None]),
        (SITES, {}), (SITES, [5]), (SITES, [{"seats": "5"}]), (SITES, [{"moat": 5}]),
    ],
)  # fmt: skip
def test_json_is_checked_strictly(of, value):
    with pytest.raises(AnswerFault):
        from_json(of, value)


@pytest.mark.parametrize("of", [YES_NO, NUMBER, MONEY, DAY, TEXT, ONE, MANY, PLACES, SITES])
def test_null_is_no_answer(of):
    assert from_json(of, None) is None
    assert KINDS[of.kind].to_json(None) is None
    assert KINDS[of.kind].show(of, None) == ""


def test_a_label_is_understood_like_its_code():
    assert parse(ONE, "HOT ") == "hot"
    assert parse(YES_NO, "Jā", "lv") is True


def test_a_table_goes_from_json_to_typed_cells_and_back():
    value = from_json(SITES, [ROW])
    assert value is not None
    assert value[0]["opens"] == time(22, 0)
    assert value[0]["share"] == Decimal("12.5")
    assert json.loads(json.dumps(KINDS["table"].to_json(value))) == [ROW]


def test_a_cell_that_is_absent_is_empty():
    assert from_json(SITES, [{"site": "A"}])[0]["seats"] is None


def test_nothing_chosen_in_a_cell_is_an_empty_cell():
    assert from_json(SITES, [{"site": "A", "hazards": []}])[0]["hazards"] is None
    assert parse(SITES, [{"site": "A", "hazards": []}])[0]["hazards"] is None


def test_every_fault_of_a_table_names_its_row_and_column():
    rows = [{}, {"site": "A", "seats": "many", "country": "XX"}, {"site": "B", "since": "16"}]
    with pytest.raises(AnswerFault) as caught:
        parse(SITES, rows)
    assert [fault.path for fault in caught.value.faults] == [
        Cell(1, "country"), Cell(1, "seats"), Cell(2, "since"),
    ]  # fmt: skip
    assert caught.value.sentence.startswith("Row 2, “Country”: “XX” is no country.")


def test_a_table_is_shown_cell_by_cell():
    value = from_json(SITES, [ROW])
    assert show_rows(SITES, value) == (
        ("Zona Naco", "Dominican Republic", "Primary", "40", "Storm", "Yes", "2,000,000",
         "1 March 2027", "22:00", "2016", "Spanish", "12.5\u00a0%", "Zona Naco"),
    )  # fmt: skip
    assert KINDS["table"].show(SITES, value) == "1 row"
    assert KINDS["table"].show(SITES, ()) == "We have no site"


def test_an_empty_name_is_no_choice_from_another_table():
    named = Column("scope", "multi_choice", Wording("Scope"), choices_from="a.sites.site")
    kind = CELLS["multi_choice"]
    assert kind.parse(named, ["Riga", " "]) == ("Riga",)
    with pytest.raises(AnswerFault):
        kind.from_json(named, ["Riga", " "])
