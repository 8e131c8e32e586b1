"""What a use case can refuse; the edge turns each into a page."""

from __future__ import annotations

from collections.abc import Mapping


class Missing(LookupError):
    """There is no such thing within what the actor may reach: unknown and foreign alike (404)."""


class Refused(ValueError):
    """The rules do not allow it now; `sentence` says why and what to do (409)."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(ValueError):
    """What was typed breaks limits; `faults` maps a field's name to its sentence (422)."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = dict(faults)
