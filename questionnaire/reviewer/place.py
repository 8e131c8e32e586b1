"""Where in the queue a reviewer is: the filter and the page, carried by every address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from flask import request, url_for

from questionnaire.services.filtering import Filter, Key

_NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Place:
    """The filter and the page of the queue that a page was reached from."""

    wanted: Filter
    after: Key | None = None
    before: Key | None = None

    @classmethod
    def here(cls) -> Self:
        """The place that the address of this request names."""
        # Plain, because most fields are not there, and the address's own mapping raises for each.
        typed = request.args.to_dict()
        return cls(Filter.read(typed), Key.read(typed.get("after")), Key.read(typed.get("before")))

    @cached_property
    def asked(self) -> dict[str, str]:
        """The place as an address carries it."""
        keys = {"after": self.after, "before": self.before}
        return self.wanted.asked() | {name: str(key) for name, key in keys.items() if key}

    @cached_property
    def query(self) -> str:
        """With its question mark; empty in the whole queue's beginning."""
        return _query(self.asked)

    @cached_property
    def _flag_parts(self) -> tuple[str, str]:
        # One address is built and cut, because a page has forty of them.
        before, _, after = url_for("reviewer.flag", flag_id=_NOWHERE).partition(str(_NOWHERE))
        return before, after

    def flag(self, flag_id: UUID, **more: object) -> str:
        """The address of a flag's page, from which one comes back here."""
        start, end = self._flag_parts
        query = _query(self.asked | _plain(more)) if more else self.query
        return f"{start}{flag_id}{end}{query}"

    @cached_property
    def _queue(self) -> str:
        return url_for("reviewer.queue")

    def queue(self, **more: object) -> str:
        """The address of this page of the queue."""
        return self._queue + _query(self.asked | _plain(more))

    def narrowed(self, **changes: Any) -> str:
        """The address of the queue's beginning with another filter."""
        return self._queue + _query(self.wanted.but(**changes).asked())

    def turned(self, *, after: Key | None = None, before: Key | None = None) -> str:
        """The address of the next or the previous page."""
        keys = {"after": after} if after else {"before": before}
        return self._queue + _query(self.wanted.asked() | _plain(keys))

    @cached_property
    def _together(self) -> str:
        return url_for("reviewer.together")

    def group(self, *, assessment: UUID, section: str) -> str:
        """The address at which the open flags of a vendor's section are decided together."""
        narrowed = self.wanted.but(assessment=assessment, section=section)
        return self._together + _query(narrowed.asked() | {"group": "section"})

    def alike(self, *, rfi: UUID, requirement: str | None, finding: str | None) -> str:
        """Where one requirement or one finding is decided for several vendors together."""
        narrowed = Filter(rfi=rfi, requirement=requirement or "", finding=finding or "")
        group = "finding" if finding else "requirement"
        return self._together + _query(narrowed.asked() | {"group": group})

    def these(self, ids: Iterable[UUID]) -> str:
        """Where just these flags are decided together."""
        several = [*self.asked.items(), *(("flag", str(one)) for one in ids)]
        return f"{self._together}?{urlencode(several)}"

    def to(self, endpoint: str, **values: Any) -> str:
        """The address of another page that knows the way back."""
        return url_for(endpoint, **(self.asked | values))


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value}


def _query(values: dict[str, str]) -> str:
    return f"?{urlencode(values)}" if values else ""
