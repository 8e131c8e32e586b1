"""Value types that answers, rules and findings share: money, unknown, calendar dates, text."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Final, NoReturn, final

_CURRENCY = re.compile(r"[A-Z]{3}")
_TIME_OF_DAY = re.compile(r"(\d{1,2})[:.](\d{2})")


@final
class Unknown:
    """Not known: neither no, nor zero, nor empty. There is one, :data:`UNKNOWN`.

    It has no truth value, so that nobody takes it for `False` by accident: ask `value is UNKNOWN`.
    """

    __slots__ = ()
    _only: Unknown | None = None

    def __new__(cls) -> Unknown:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> NoReturn:
        raise TypeError("unknown is neither true nor false; compare with `is UNKNOWN`")

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217 code). Amounts of two currencies are never compared."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError("An amount of money is a finite number.")
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"{self.currency!r} is not a currency code of three capital letters.")


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later; the month's last day where there is none."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def months_before(day: date, months: int) -> date:
    """The same day `months` calendar months earlier; the month's last day where there is none."""
    return add_months(day, -months)


def parse_time_of_day(text: str) -> time:
    """`22:00` or `6.30` as a time; `24:00` is midnight. ValueError with a sentence otherwise."""
    found = _TIME_OF_DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("Write a time as hours and minutes, for example 08:30.")
    hour, minute = int(found[1]), int(found[2])
    if (hour, minute) == (24, 0):
        return time(0, 0)
    if hour > 23 or minute > 59:
        raise ValueError("A time lies between 00:00 and 24:00, for example 08:30.")
    return time(hour, minute)


def clean_text(text: str) -> str:
    """The text in Unicode NFC with plain line ends.

    ValueError with a sentence for what no database and no document can keep: NUL characters and
    halves of surrogate pairs.
    """
    if text.isascii() and "\x00" not in text and "\r" not in text:
        return text
    if "\x00" in text:
        raise ValueError("The text holds a NUL character. Type the text again or paste it plain.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("The text holds half a character. Type the text again or paste it plain.")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
