"""What a use case can refuse; the edge turns each into a page."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.phrases import worded


class Missing(LookupError):
    """There is no such thing within what the actor may reach: unknown and foreign alike (404)."""


class Refused(ValueError):
    """The rules do not allow it now; `sentence` says why and what to do (409).

    It is made from an English sentence and the figures for its {braces}, and says it in the
    reader's language. What is in that language already passes through.
    """

    def __init__(self, sentence: str, /, **figures: object) -> None:
        self.sentence = worded(sentence, **figures)
        super().__init__(self.sentence)


class Invalid(ValueError):
    """What was typed breaks limits; `faults` maps a field's name to its sentence (422).

    Each sentence is in the reader's language: `worded("Choose one from the list.")`.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = dict(faults)
