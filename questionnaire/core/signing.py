"""Until when a condition has to be met: before the signature, with the day of the contract."""

from __future__ import annotations

from datetime import date

from questionnaire.core.dates import show_date
from questionnaire.core.phrases import say


def signing(start: date | None, language: str) -> str:
    """What stands behind “before”, in one wording wherever it is the same demand.

    The day is left out where the brief states none.
    """
    if start is None:
        return say(language, "you sign the contract")
    day = show_date(start, language)
    return say(language, "you sign the contract that starts on {day}", day=day)
