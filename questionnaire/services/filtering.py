"""What of the queue a reviewer wants to see, and where in it: as an address carries it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from questionnaire.services.flag_rows import SEVERITY_RANKS

#: `open` is everything that still wants somebody; `second` waits for a second person.
STATES: Final = ("open", "clarifying", "second", "gap_confirmed", "accepted", "waived", "closed")
KINDS: Final = ("gaps", "findings")
WHOSE: Final = ("mine", "unassigned")
AGES: Final = (3, 7, 14, 30)
_KEY: Final = re.compile(r"([0-2])_(\d{1,17})_([0-9a-f-]{36})")
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Key:
    """Where a flag stands in the queue."""

    severity_rank: int
    raised_at: datetime
    id: UUID

    def __str__(self) -> str:
        since = (self.raised_at - _EPOCH) // _MICROSECOND
        return f"{self.severity_rank}_{since}_{self.id}"

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The key that an address holds; None when it holds none."""
        found = _KEY.fullmatch(text or "")
        if found is None:
            return None
        try:
            return cls(int(found[1]), _EPOCH + int(found[2]) * _MICROSECOND, UUID(found[3]))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reviewer wants to see; empty fields do not narrow."""

    severity: str = ""
    state: str = "open"
    whose: str = ""
    older: int = 0
    vendor: str = ""
    section: str = ""
    rfi: UUID | None = None
    assessment: UUID | None = None
    requirement: str = ""
    finding: str = ""
    #: `gaps` or `findings` only.
    kind: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> Self:
        """The filter of an address; what cannot be read does not narrow."""
        state, severity = typed.get("state", ""), typed.get("severity", "")
        return cls(
            severity=severity if severity in SEVERITY_RANKS else "",
            state=state if state in STATES else "open",
            whose=typed["whose"] if typed.get("whose") in WHOSE else "",
            older=next((days for days in AGES if typed.get("older") == str(days)), 0),
            vendor=_text(typed, "vendor"),
            section=_text(typed, "section"),
            rfi=id_of(typed.get("rfi")),
            assessment=id_of(typed.get("assessment")),
            requirement=_text(typed, "requirement"),
            finding=_text(typed, "finding"),
            kind=typed["kind"] if typed.get("kind") in KINDS else "",
        )

    def asked(self) -> dict[str, str]:
        """The same as an address carries it: only what narrows."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        if self.state == "open":
            del values["state"]
        return {name: str(value) for name, value in values.items() if value}

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)


def _text(typed: Mapping[str, str], name: str) -> str:
    return typed.get(name, "").replace("\x00", "").strip()[:100]


def id_of(text: str | None) -> UUID | None:
    """The id that an address holds; None when it holds none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
