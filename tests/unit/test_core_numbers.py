"""Numbers, dates and times in the notation of three languages."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.dates import parse_date, parse_time, show_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import (
    fits,
    json_number,
    number_of,
    parse_number,
    plain_number,
    show_number,
    tidy,
)

LANGUAGES = st.sampled_from(["en", "lv", "es"])
NUMBERS = st.decimals(
    min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False
).map(tidy)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "1 234.5", "1234.5"),
        ("en", "1,234", "1234"),
        ("en", "1.234", "1.234"),
        ("en", "1,5", "1.5"),
        ("en", "1.234,5", "1234.5"),
        ("en", "-7", "-7"),
        ("en", "−7", "-7"),
        ("en", ".5", "0.5"),
        ("en", "1'234'567", "1234567"),
        ("lv", "1 234,5", "1234.5"),
        ("lv", "1\u00a0234,5", "1234.5"),
        ("lv", "1,234", "1.234"),
        ("lv", "0.250", "0.25"),
        ("lv", "12.5", "12.5"),
        ("es", "1.234,5", "1234.5"),
        ("es", "1.234.567", "1234567"),
        ("es", "2,50", "2.5"),
    ],
)
def test_numbers_are_read_in_the_notation_of_the_language(language, typed, meant):
    assert parse_number(typed, language) == Decimal(meant)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("lv", r"„1\.234”.* 1234 .* 1,234\."), ("es", r"«1\.234» .* 1234 .* 1,234\.")],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_both(language, sentence):
    with pytest.raises(AnswerFault, match=sentence):
        parse_number("1.234", language)


@pytest.mark.parametrize(
    "typed", ["", "ten", "1e5", "12,34,567", "12 34", "1.2.3", "5.", "0x10", "９", "NaN", "--1"]
)
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(AnswerFault, match=r"for example 12\.5"):
        parse_number(typed, "en")


@pytest.mark.parametrize("typed", ["1" * 16, "0." + "1" * 15, "9" * 500])
def test_a_number_of_more_than_15_digits_is_refused(typed):
    with pytest.raises(AnswerFault, match="more than 15 digits"):
        parse_number(typed)


def test_trailing_zeros_do_not_count_as_digits():
    assert parse_number("1.50000000000000000000") == Decimal("1.5")


@given(NUMBERS, LANGUAGES)
def test_a_number_put_back_into_a_form_is_read_as_itself(number, language):
    assert parse_number(plain_number(number, language), language) == number


@given(NUMBERS)
def test_a_stored_number_has_no_binary_noise(number):
    stored = json_number(number)
    assert number_of(stored) == number
    assert isinstance(stored, int) == (number == number.to_integral_value())


@pytest.mark.parametrize("value", [True, False, None, "5", float("nan"), float("inf"), [5]])
def test_only_numbers_are_numbers(value):
    assert number_of(value) is None


def test_binary_noise_does_not_fit():
    noisy = number_of(0.1 + 0.2)
    assert noisy is not None
    assert not fits(noisy)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "1,234,567.5"), ("lv", "1\u00a0234\u00a0567,5"), ("es", "1.234.567,5")],
)
def test_numbers_are_shown_in_the_notation_of_the_language(language, shown):
    assert show_number(Decimal("1234567.50"), language) == shown


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2026-11-23"),
        ("en", "23/11/2026"),
        ("en", "11/23/2026"),
        ("en", "23 November 2026"),
        ("en", "Nov 23, 2026"),
        ("lv", "23.11.2026."),
        ("lv", "23. 11. 2026"),
        ("lv", "2026. gada 23. novembrī"),
        ("es", "23/11/2026"),
        ("es", "23 de noviembre de 2026"),
    ],
)
def test_dates_are_read_in_the_notation_of_the_language(language, typed):
    assert parse_date(typed, language) == date(2026, 11, 23)


def test_a_date_whose_day_and_month_can_be_swapped_is_refused_in_english():
    with pytest.raises(AnswerFault, match=r"3 April and 4 March.*2026-04-03"):
        parse_date("03/04/2026", "en")
    assert parse_date("03/04/2026", "es") == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["", "soon", "31 Feb 2026", "2026-02-30", "23.11.26", "11 2026"])
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(AnswerFault, match="2026-11-23"):
        parse_date(typed, "en")


@pytest.mark.parametrize("typed", ["0026-01-01", "1899-12-31", "2201-01-01"])
def test_a_year_that_cannot_be_meant_is_asked_back(typed):
    with pytest.raises(AnswerFault, match="Check the year"):
        parse_date(typed, "en")


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), LANGUAGES)
def test_a_date_as_it_is_shown_is_read_as_itself(day, language):
    assert parse_date(show_date(day, language), language) == day


@pytest.mark.parametrize(
    ("typed", "meant"), [("08:30", (8, 30)), ("6.05", (6, 5)), ("24:00", (0, 0))]
)
def test_times_are_read_on_the_24_hour_clock(typed, meant):
    assert parse_time(typed) == time(*meant)


@pytest.mark.parametrize("typed", ["25:00", "24:01", "8", "8 pm", "12:60", ""])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(AnswerFault, match="for example 08:30"):
        parse_time(typed)
