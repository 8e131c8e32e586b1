"""Days and times of day."""

from __future__ import annotations

import re
from datetime import date, time

from questionnaire.core.dates import parse_date, parse_time, show_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds.base import Asked, Kind, Raw, is_blank
from questionnaire.core.phrases import say

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")


class Day(Kind[date]):
    """A calendar day."""

    name = "date"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> date | None:
        if is_blank(raw):
            return None
        return parse_date(raw if isinstance(raw, str) else "", language)

    def from_json(self, asked: Asked, value: object, language: str = "en") -> date | None:
        if value is None:
            return None
        if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
            raise AnswerFault(
                say(language, "Expected is a date as year-month-day, for example {example}.",
                    example="2026-11-23")
            )  # fmt: skip
        return parse_date(value, language)

    def to_raw(self, asked: Asked, value: date | None, language: str = "en") -> str:
        return "" if value is None else value.isoformat()

    def show(self, asked: Asked, value: date | None, language: str = "en") -> str:
        return "" if value is None else show_date(value, language)


class TimeOfDay(Kind[time]):
    """Hours and minutes on the 24-hour clock."""

    name = "time"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> time | None:
        if is_blank(raw):
            return None
        return parse_time(raw if isinstance(raw, str) else "", language)

    def from_json(self, asked: Asked, value: object, language: str = "en") -> time | None:
        if value is None:
            return None
        typed = value if isinstance(value, str) and _ISO_TIME.fullmatch(value) else ""
        return parse_time(typed, language)

    def to_raw(self, asked: Asked, value: time | None, language: str = "en") -> str:
        return "" if value is None else f"{value:%H:%M}"

    def show(self, asked: Asked, value: time | None, language: str = "en") -> str:
        return "" if value is None else f"{value:%H:%M}"
