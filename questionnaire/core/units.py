"""Units beside numbers, in the words and plural forms of the reader's language (CLDR)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.units import format_unit

from question_bank.model import Wording

#: The bank's English word for a unit -> what CLDR calls it.
_CLDR = {
    "hours": "duration-hour",
    "minutes": "duration-minute",
    "seconds": "duration-second",
    "days": "duration-day",
    "months": "duration-month",
}
_NUMBER = re.compile(r"^[-\d\s.,]+")
_SEVERAL = Decimal(2)


def unit_words(unit: str | Wording | None, language: str) -> str:
    """The unit as it stands beside a box: `hours`; an empty text for None."""
    if unit is None:
        return ""
    if _english(unit) in _CLDR:
        return _counted(_CLDR[_english(unit)], _SEVERAL, language)
    return unit if isinstance(unit, str) else unit.text(language)


def unit_behind(number: Decimal, unit: str | Wording | None, language: str) -> str:
    """The unit as it stands behind this number: `hour` behind 1, `stundas` behind 24."""
    if unit is None:
        return ""
    if _english(unit) in _CLDR:
        return _counted(_CLDR[_english(unit)], number, language)
    words = unit_words(unit, language)
    # Others have one plural in the bank: agents, seats, contacts, working days.
    if language == "en" and number == 1 and words.endswith("s") and "(" not in words:
        return words.removesuffix("s")
    return words


def _english(unit: str | Wording) -> str:
    return unit if isinstance(unit, str) else unit.en


@lru_cache(2_000)
def _counted(name: str, number: Decimal, language: str) -> str:
    return _NUMBER.sub("", str(format_unit(number, name, "long", locale=language)))
