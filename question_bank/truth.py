"""Yes, no, and unsure with a reason: what a comparison with something unknown comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Unsure:
    """Neither true nor false, because something is not known; `why` says what, in a clause."""

    why: str

    def __bool__(self) -> NoReturn:
        raise TypeError("unsure is neither true nor false; ask isinstance(truth, Unsure)")


Truth = bool | Unsure


def all_true(truths: Iterable[Truth]) -> Truth:
    """False when one is false, else unsure when one is unsure, else true."""
    unsure: Unsure | None = None
    for truth in truths:
        if isinstance(truth, Unsure):
            unsure = truth if unsure is None else unsure
        elif not truth:
            return False
    return True if unsure is None else unsure


def any_true(truths: Iterable[Truth]) -> Truth:
    """True when one is true, else unsure when one is unsure, else false."""
    unsure: Unsure | None = None
    for truth in truths:
        if isinstance(truth, Unsure):
            unsure = truth if unsure is None else unsure
        elif truth:
            return True
    return False if unsure is None else unsure


def opposite(truth: Truth) -> Truth:
    return truth if isinstance(truth, Unsure) else not truth
