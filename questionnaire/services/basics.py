"""An RFI's basics: read from what was typed, with a sentence for everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from question_bank.model import Bank
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import reader, worded
from questionnaire.core.texts import clean
from questionnaire.models import Rfi
from questionnaire.services import posting
from questionnaire.services.faults import Invalid

TITLE_LIMIT = 120
PURPOSE_LIMIT = 2_000
LONGEST_ROUND = timedelta(days=2 * 366)

_REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basics:
    """What a vendor is told first, and which profiles the requirements begin from."""

    title: str
    purpose: str
    reply_to: str
    deadline: datetime
    time_zone: str
    profiles: tuple[str, ...]

    @classmethod
    def of(cls, rfi: Rfi) -> Self:
        return cls(
            rfi.title, rfi.purpose, rfi.reply_to, rfi.deadline, rfi.time_zone, tuple(rfi.profiles)
        )

    def columns(self) -> dict[str, Any]:
        """As columns of an RFI."""
        return {
            "title": self.title,
            "purpose": self.purpose,
            "reply_to": self.reply_to,
            "deadline": self.deadline,
            "time_zone": self.time_zone,
            "profiles": list(self.profiles),
        }


@cache
def time_zones() -> tuple[str, ...]:
    """Every zone that is named by a place, and UTC first."""
    places = sorted(one for one in available_timezones() if one.partition("/")[0] in _REGIONS)
    return ("UTC", *places)


def typed_basics(rfi: Rfi) -> dict[str, Any]:
    """The basics as the page's controls hold them."""
    local = rfi.deadline.astimezone(ZoneInfo(rfi.time_zone))
    return {
        "title": rfi.title,
        "purpose": rfi.purpose,
        "reply_to": rfi.reply_to,
        "deadline_day": local.date().isoformat(),
        "deadline_time": f"{local:%H:%M}",
        "time_zone": rfi.time_zone,
        "base": next((one for one in rfi.profiles), ""),
        "add_ons": list(rfi.profiles[1:]),
    }


def read_basics(typed: Mapping[str, Any], bank: Bank, now: datetime) -> Basics:
    """The basics that the page's controls mean; Invalid with a sentence per control."""
    reader = _Reader(typed)
    title = reader.text(
        "title", TITLE_LIMIT, worded("Give the RFI a title that vendors will recognise.")
    )
    purpose = reader.text("purpose", PURPOSE_LIMIT, None)
    reply_to = reader.address("reply_to")
    deadline, zone = read_deadline(typed, now, reader.faults)
    profiles = _profiles(typed, bank, reader.faults)
    if reader.faults or deadline is None:
        raise Invalid(reader.faults)
    return Basics(title, purpose, reply_to, deadline, zone, profiles)


class _Reader:
    def __init__(self, typed: Mapping[str, Any]) -> None:
        self.typed = typed
        self.faults: dict[str, str] = {}

    def text(self, name: str, limit: int, empty: str | None) -> str:
        try:
            text = clean(self.typed.get(name) or "", limit, reader(), lines=empty is None)
        except AnswerFault as fault:
            self.faults[name] = fault.sentence
            return ""
        if not text and empty:
            self.faults[name] = empty
        return text

    def address(self, name: str) -> str:
        try:
            return posting.address(str(self.typed.get(name) or ""), name)
        except Invalid:
            self.faults[name] = worded(
                "Vendors' questions go to this address. Write one like name@company.example."
            )
            return ""


def read_deadline(
    typed: Mapping[str, Any], now: datetime, faults: dict[str, str]
) -> tuple[datetime | None, str]:
    """Date, time and zone as one moment in UTC; what is wrong goes into `faults`."""
    zone = str(typed.get("time_zone") or "")
    if zone not in time_zones():
        faults["time_zone"] = worded("Choose a time zone from the list.")
    day = _day(str(typed.get("deadline_day") or ""), faults)
    clock = _time(str(typed.get("deadline_time") or ""), faults)
    if day is None or clock is None or zone not in time_zones():
        return None, zone
    local = datetime.combine(day, clock, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        faults["deadline_time"] = worded("Clocks go forward over that time. Choose another time.")
    elif moment <= now:
        faults["deadline_day"] = worded(
            "The deadline has passed already. Choose a later day or time."
        )
    elif moment - now > LONGEST_ROUND:
        faults["deadline_day"] = worded("The deadline is more than two years away. Check the year.")
    return moment, zone


def _day(text: str, faults: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        faults["deadline_day"] = worded(
            "Write the day of the deadline as year-month-day: 2026-11-23."
        )
        return None
    if not 2000 <= day.year <= 2200:
        faults["deadline_day"] = worded("Check the year of the deadline.")
        return None
    return day


def _time(text: str, faults: dict[str, str]) -> time | None:
    try:
        return datetime.strptime(text.strip()[:5], "%H:%M").replace(tzinfo=UTC).time()
    except ValueError:
        faults["deadline_time"] = worded(
            "Write the time of the deadline as hours and minutes: 17:00."
        )
        return None


def _profiles(typed: Mapping[str, Any], bank: Bank, faults: dict[str, str]) -> tuple[str, ...]:
    """One base profile first, then the add-ons, each by its id."""
    bases = {one.id for one in bank.profiles if not one.add_on}
    add_ons = [one.id for one in bank.profiles if one.add_on]
    base = str(typed.get("base") or "")
    chosen: Sequence[str] = typed.get("add_ons") or ()
    if base not in bases:
        faults["base"] = worded("Choose the one profile that describes your business best.")
    return (base, *(one for one in add_ons if one in chosen))
