"""Dates and times of day as people write them in three languages, and as they are shown."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say

FIRST_YEAR, LAST_YEAR = 1900, 2200

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{4})\.?")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
#: Words and abbreviations that stand in dates besides day, month and year.
_FILLERS = frozenset({"de", "del", "gada", "gads", "g", "the", "of"})


def parse_date(text: str, language: str = "en") -> date:
    """`2026-11-23`, or the notation of `language`: 23.11.2026, 23/11/2026, 23 November 2026.

    AnswerFault when it is no date, when day and month could be swapped (English only: Latvian
    and Spanish put the day first), or when the year cannot be meant.
    """
    typed = text.strip()
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(typed):
        day, month, year = _day_first(found, typed, language)
    else:
        day, month, year = _in_words(typed, language)
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise _no_date(language) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise AnswerFault(say(language, "Check the year of “{typed}”.", typed=typed))
    return parsed


def _day_first(found: re.Match[str], typed: str, language: str) -> tuple[int, int, int]:
    first, second, year = (int(part) for part in found.groups())
    if language != "en" or first == second or first > 12:
        return first, second, year
    if second > 12:
        return second, first, year
    raise AnswerFault(
        say(
            language,
            "“{typed}” can be {first} and {second}. Write the date as year-month-day, for "
            "example {example}.",
            typed=typed,
            first=show_date(date(2000, second, first), language).rpartition(" ")[0],
            second=show_date(date(2000, first, second), language).rpartition(" ")[0],
            example=f"{year:04}-{second:02}-{first:02}",
        )
    )


def _in_words(typed: str, language: str) -> tuple[int, int, int]:
    """A date with the month's name in `language` or English, in any order."""
    words = [word for word in re.split(r"[\s.,]+", typed.casefold()) if word]
    numbers = [int(word) for word in words if re.fullmatch("[0-9]{1,2}|[0-9]{4}", word)]
    names = [w for w in words if not w.isdecimal() and w not in _FILLERS]
    if len(numbers) != 2 or len(names) != 1 or len(words) > 6:
        raise _no_date(language)
    day, year = sorted(numbers)
    month = _month(names[0], language) or _month(names[0], "en")
    if month is None:
        raise _no_date(language)
    return day, month, year


@cache
def _month_names(language: str) -> tuple[str, ...]:
    wide = Locale.parse(language).months["format"]["wide"]
    return tuple(str(wide[month]).casefold() for month in range(1, 13))


def _month(word: str, language: str) -> int | None:
    """By its name, three letters of it or more, or (Latvian) one of its cases."""
    for number, name in enumerate(_month_names(language), start=1):
        in_another_case = language == "lv" and word.startswith(name[:-2])
        if len(word) >= 3 and (name.startswith(word) or in_another_case):
            return number
    return None


def _no_date(language: str) -> AnswerFault:
    return AnswerFault(
        say(
            language, "Write a date as year-month-day, for example {example}.", example="2026-11-23"
        )
    )


@lru_cache(maxsize=4096)
def show_date(day: date, language: str = "en") -> str:
    """23 November 2026, 2026. gada 23. novembris, 23 de noviembre de 2026."""
    if language == "en":
        return f"{day.day} {Locale.parse('en').months['format']['wide'][day.month]} {day.year}"
    return str(format_date(day, format="long", locale=language))


def parse_time(text: str, language: str = "en") -> time:
    """`22:00` or `6.30` on the 24-hour clock; `24:00` is midnight."""
    found = _CLOCK.fullmatch(text.strip())
    if found is not None:
        hour, minute = int(found[1]), int(found[2])
        if (hour, minute) == (24, 0):
            return time(0, 0)
        if hour <= 23 and minute <= 59:
            return time(hour, minute)
    raise AnswerFault(
        say(
            language,
            "Write a time between 00:00 and 24:00 as hours and minutes, for example {example}.",
            example="08:30",
        )
    )
