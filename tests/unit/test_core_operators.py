"""Comparisons in three values of truth, and how these combine."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from question_bank.values import UNKNOWN, Money
from questionnaire.core.conditions import open_case
from questionnaire.core.operators import NOTHING, compare
from questionnaire.core.truth import Unsure, all_true, any_true, opposite
from tests.harness.asking import bank, brief_field, column, question

NUMBER = question("a.hours", "number", unit="hours", subject="Recovery time")
LEVEL = question("a.level", "single_choice", "none", "cold", "hot", ordered=True)
MODEL = question("a.model", "single_choice", "cloud", "own")
MANY = question("a.many", "multi_choice", "red", "green", "blue")
RATE = question("p.rate", "money")
SITES = question(
    "a.sites",
    "table",
    columns=(
        column("site", "text"),
        column("role", "choice", "primary", "other"),
        column("country", "country"),
        column("refuel", "number", optional=True),
    ),
)
BANK = bank(
    [NUMBER, LEVEL, MODEL, MANY, RATE, SITES],
    brief=[brief_field("inhouse.rate", "money"), brief_field("lines", "multi_choice", "care")],
    policy={"banned": ("KP", "IR"), "empty": ()},
)
CASE = open_case(BANK, {}, {}, on=date(2026, 11, 23))
UNSURE = Unsure("who knows")


def truth(op, left, right, asked=None, case=CASE):
    found = compare(op, left, right, asked, case)
    return UNKNOWN if isinstance(found, Unsure) else found


@pytest.mark.parametrize(
    ("op", "left", "right", "asked", "expected"),
    [
        ("equals", True, True, None, True),
        ("equals", False, True, None, False),
        ("equals", True, "yes", None, True),
        ("equals", False, 0, None, UNKNOWN),
        ("equals", Decimal("4.0"), 4, None, True),
        ("equals", "HOT", "hot", LEVEL, True),
        ("equals", ("red", "blue"), ("blue", "red"), MANY, True),
        ("at_least", Decimal(8), Decimal(8), NUMBER, True),
        ("at_least", Decimal("7.9"), Decimal(8), NUMBER, False),
        ("at_most", Decimal(8), Decimal(8), NUMBER, True),
        ("at_most", Decimal(9), Decimal(8), NUMBER, False),
        ("at_least", "hot", "cold", LEVEL, True),
        ("at_least", "none", "cold", LEVEL, False),
        ("at_most", "none", "cold", LEVEL, True),
        ("at_least", "hot", "boiling", LEVEL, UNKNOWN),
        ("at_least", "own", "cloud", MODEL, UNKNOWN),
        ("at_least", date(2027, 3, 1), "2027-03-01", None, True),
        ("at_least", date(2027, 2, 28), "2027-03-01", None, False),
        ("at_least", date(2027, 2, 28), "soon", None, UNKNOWN),
        ("at_most", time(8, 0), "08:30", None, True),
        ("at_least", "text", Decimal(8), NUMBER, UNKNOWN),
        ("one_of", "own", ("cloud", "own"), MODEL, True),
        ("one_of", "own", ("cloud",), MODEL, False),
        ("one_of", "own", (), MODEL, UNKNOWN),
        ("not_in", "PH", ("KP", "IR"), None, True),
        ("not_in", "KP", ("KP", "IR"), None, False),
        ("includes_all", ("red", "blue"), ("blue",), MANY, True),
        ("includes_all", ("red",), ("red", "blue"), MANY, False),
        ("includes_all", (), ("red",), MANY, False),
        ("includes_any", ("red",), ("red", "blue"), MANY, True),
        ("includes_any", (), ("red",), MANY, False),
        ("includes_none", (), ("red",), MANY, True),
        ("includes_none", ("red",), ("red",), MANY, False),
        ("only_from", ("red",), ("red", "blue"), MANY, True),
        ("only_from", ("red", "green"), ("red", "blue"), MANY, False),
        ("only_from", (), ("red",), MANY, True),
        ("only_from", ("red",), (), MANY, UNKNOWN),
        ("includes_all", "red", ("red",), MANY, UNKNOWN),
        ("not_older_than", date(2025, 11, 23), 12, None, True),
        ("not_older_than", date(2025, 11, 22), 12, None, False),
        ("not_older_than", date(2026, 11, 24), 12, None, True),
        ("not_older_than", date(2026, 11, 25), 12, None, UNKNOWN),
        ("not_older_than", date(2026, 1, 1), 0, None, UNKNOWN),
        ("not_older_than", date(2026, 1, 1), Decimal("1.5"), None, UNKNOWN),
        ("resembles", "a", "b", None, UNKNOWN),
    ],
)
def test_comparisons(op, left, right, asked, expected):
    assert truth(op, left, right, asked) is expected


def test_months_are_counted_by_the_calendar():
    case = open_case(BANK, {}, {}, on=date(2027, 2, 28))
    assert truth("not_older_than", date(2026, 8, 28), 6, case=case) is True
    assert truth("not_older_than", date(2026, 8, 27), 6, case=case) is False


@pytest.mark.parametrize("op", ["at_least", "equals", "includes_none", "not_in", "not_older_than"])
def test_an_unknown_side_makes_every_comparison_unsure(op):
    assert truth(op, UNSURE, Decimal(1)) is UNKNOWN
    assert truth(op, Decimal(1), UNSURE) is UNKNOWN


def test_a_fact_that_there_is_none_meets_only_what_forbids_something():
    assert truth("at_most", NOTHING, Decimal(8)) is False
    assert truth("equals", NOTHING, Decimal(8)) is False
    assert truth("not_in", NOTHING, ("KP",)) is True


def test_amounts_compare_in_one_currency_only():
    euros = Money(Decimal(20), "EUR")
    assert truth("at_most", Decimal(20), Decimal(24), RATE) is True
    assert truth("at_most", Money(Decimal(20), "USD"), Decimal(24), RATE) is True
    assert truth("at_most", euros, Decimal(24), RATE) is UNKNOWN
    in_euros = open_case(BANK, {"currency": "EUR"}, {})
    assert truth("at_most", euros, Decimal(24), RATE, in_euros) is True
    found = compare("at_most", euros, Money(Decimal(24), "USD"), RATE, CASE)
    assert isinstance(found, Unsure)
    assert "EUR and USD are not compared" in found.why


def test_a_column_with_a_currency_of_its_own_is_read_in_it():
    limit = column("limit", "money", unit="USD")
    case = open_case(BANK, {"currency": "EUR"}, {})
    assert truth("at_least", Decimal(5), Decimal(4), limit, case) is True
    assert truth("at_least", Decimal(5), Money(Decimal(4), "EUR"), limit, case) is UNKNOWN


def test_unsure_has_no_truth_value():
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNSURE)


@pytest.mark.parametrize(
    ("truths", "every", "some"),
    [([], True, False), ([True, UNSURE], UNSURE, True), ([False, UNSURE], False, UNSURE),
     ([UNSURE, UNSURE], UNSURE, UNSURE), ([True, True], True, True)],
)  # fmt: skip
def test_three_values_combine(truths, every, some):
    assert all_true(truths) == every
    assert any_true(truths) == some
    assert opposite(UNSURE) is UNSURE
