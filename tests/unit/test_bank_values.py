"""Value types shared by answers, rules and findings."""

from __future__ import annotations

import copy
import pickle
from datetime import date, time
from decimal import Decimal

import pytest

from question_bank.values import (
    UNKNOWN,
    Money,
    Unknown,
    add_months,
    clean_text,
    months_before,
    parse_time_of_day,
)

pytestmark = pytest.mark.sqlite_only


def test_unknown_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)


def test_there_is_one_unknown_however_it_is_copied() -> None:
    assert Unknown() is UNKNOWN
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert copy.copy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN


def test_unknown_is_not_zero_not_no_and_not_empty() -> None:
    assert all(other != UNKNOWN for other in (0, False, None, "", []))


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_money_needs_a_finite_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal(amount), "USD")


@pytest.mark.parametrize("currency", ["usd", "US", "USDX", ""])
def test_money_needs_a_currency_code(currency: str) -> None:
    with pytest.raises(ValueError, match="currency code"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 25, date(2023, 12, 15)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_months_forward_end_with_the_month() -> None:
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 30), 1) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("22:00", time(22)), (" 6.30 ", time(6, 30)), ("24:00", time(0)), ("00:00", time(0))],
)
def test_a_time_of_day_is_read(text: str, expected: time) -> None:
    assert parse_time_of_day(text) == expected


@pytest.mark.parametrize("text", ["", "noon", "25:00", "24:01", "12:60", "8", "-1:00"])
def test_what_is_no_time_of_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="08:30"):
        parse_time_of_day(text)


def test_text_is_composed_and_has_plain_line_ends() -> None:
    assert clean_text("Ri\u0304ga\r\nA\rB") == "R\u012bga\nA\nB"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\udfff"])
def test_text_that_nothing_can_keep_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Type the text again"):
        clean_text(text)
