"""What a part of a call's way is told with: its state, its reason, and its pieces by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.numbers import show_number
from questionnaire.core.parts import cell
from questionnaire.core.phrases import say
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.trial import Trial
from questionnaire.core.truth import Unsure

DOUBLED, PARTLY, ALONE, UNKNOWN = "doubled", "partly", "alone", "unknown"
#: A sign beside each word, so that the word is found again at a glance.
SIGNS: Mapping[str, str] = {DOUBLED: "=", PARTLY: "≈", ALONE: "!", UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a call needs: what there is of it, its state, and why in a sentence."""

    title: str
    pieces: tuple[str, ...]
    state: str
    why: str


def word(state: str, language: str) -> str:
    words = {
        DOUBLED: say(language, "doubled"),
        PARTLY: say(language, "doubled in part"),
        ALONE: say(language, "falls alone"),
        UNKNOWN: say(language, "not known"),
    }
    return words[state]


def held_against(
    seen: Seen, title: str, pieces: tuple[str, ...], findings: Sequence[str], good: str
) -> Part:
    """Doubled, unless a finding shows otherwise or cannot be worked out."""
    found = [one for name in findings if (one := seen.finding(name)) is not None]
    for one in found:
        if one.fires:
            return Part(title, pieces, PARTLY, one.text)
    for one in found:
        if one.undetermined:
            why = say(seen.language, "It cannot be told: {why}.", why=one.because)
            return Part(title, pieces, UNKNOWN, why)
    if len(found) < len(findings):
        why = say(seen.language, "This edition of the bank does not look at it.")
        return Part(title, pieces, UNKNOWN, why)
    return Part(title, pieces, DOUBLED, good)


def not_known(seen: Seen, title: str, why: object, pieces: tuple[str, ...] = ()) -> Part:
    reason = why.why if isinstance(why, Unsure) else ""
    sentence = f"{reason[:1].upper()}{reason[1:]}." if reason else ""
    return Part(title, pieces, UNKNOWN, sentence)


def named(seen: Seen, role: str, row: Mapping[str, Any]) -> str:
    return str(cell(role, row, seen.case) or say(seen.language, "without a name"))


def drilled(trial: Trial, language: str) -> str:
    """What the trial says of the drill; without hours, what became of it as far as that is told."""
    if trial.drill_hours is not None:
        return say(language, "{n} h", n=show_number(tenth(trial.drill_hours), language))
    match trial.no_drill:
        case "refused":
            return say(language, "refused")
        case "not_done":
            return say(language, "not done")
        case "unknown":
            return say(language, "not known")
    return say(language, "refused or not done")
