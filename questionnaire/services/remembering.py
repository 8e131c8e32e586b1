"""What was worked out before, by everything that it depends on: so it can never be out of date."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Memory(Generic[Made]):
    """Results of pure functions by the whole of their arguments; when it is full it begins anew."""

    def __init__(self, most: int) -> None:
        self._kept: dict[Hashable, Made] = {}
        self._most = most
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives; it is called at the first asking for this key."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                if len(self._kept) >= self._most:
                    self._kept.clear()
                self._kept[key] = found
        return found
