"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class MovableClock:
    """Call it for the time, like every clock that use cases are given."""

    def __init__(self, start: datetime = START) -> None:
        self.present = start

    def __call__(self) -> datetime:
        return self.present

    def move(self, by: timedelta) -> datetime:
        """Let this much time pass; gives the new present."""
        self.present += by
        return self.present
