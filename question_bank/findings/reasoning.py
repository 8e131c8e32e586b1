"""Not knowing while a finding is worked out: it stops the sentence, not the finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from question_bank.truth import Truth, Unsure

T = TypeVar("T")


class NotKnown(Exception):
    """Something that is needed is not known; `why` says what, in a clause."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def guess(sentence: Callable[..., bool], *about: Any) -> Truth:
    """Whether the sentence is true; unsure when it needs something that is not known."""
    try:
        return sentence(*about)
    except NotKnown as unknown:
        return Unsure(unknown.why)


def perhaps(value: Callable[..., T], *about: Any) -> T | None:
    """The value, or None when it is not known."""
    try:
        return value(*about)
    except NotKnown:
        return None


def sure(truth: Truth) -> bool:
    """The truth as yes or no; NotKnown when it is unsure."""
    if isinstance(truth, Unsure):
        raise NotKnown(truth.why)
    return truth
