"""What a browser that has entered a code carries: by thing, which link let it in and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from flask import session

from questionnaire import edge

#: So long after the last code a browser may go on; every request within it is checked anew.
LASTS = timedelta(hours=12)
#: A cookie is small: the things that were opened longest ago are asked for a code again.
_MOST = 20


class Expired(Exception):
    """This browser was let in once, too long ago; `link_id` says by which link."""

    def __init__(self, link_id: UUID) -> None:
        super().__init__(link_id)
        self.link_id = link_id


@dataclass(frozen=True, slots=True)
class Keys:
    """The entries of one sort of things in the session cookie, under `cookie`."""

    cookie: str

    def give(self, thing_id: UUID, link_id: UUID) -> None:
        """Remember in this browser that the code was right."""
        until = int((edge.now() + LASTS).timestamp())
        entries = dict(session.get(self.cookie, {}))
        entries[thing_id.hex] = [link_id.hex, until]
        newest = sorted(entries.items(), key=lambda one: one[1][1])[-_MOST:]
        session[self.cookie] = dict(newest)
        session.permanent = True

    def forget(self) -> None:
        """Let this browser in to nothing of this sort any more."""
        session.pop(self.cookie, None)

    def link_to(self, thing_id: UUID) -> UUID | None:
        """By which link this browser was let in to the thing, however long ago."""
        entry = self._entry(thing_id)
        return None if entry is None else UUID(hex=cast(str, entry[0]))

    def last(self, thing_id: UUID) -> bool:
        """Whether the browser may go on without another code."""
        entry = self._entry(thing_id)
        if entry is None:
            return False
        return datetime.fromtimestamp(float(cast(int, entry[1])), UTC) > edge.now()

    def opens(self, thing_id: UUID, link_id: UUID) -> bool:
        """Whether it may, and came by this very link."""
        return self.link_to(thing_id) == link_id and self.last(thing_id)

    def _entry(self, thing_id: UUID) -> list[object] | None:
        return cast("list[object] | None", session.get(self.cookie, {}).get(thing_id.hex))
