"""The disconnect map (brief 3.3, C38): where agents and customers may talk past each other.

The buyer's points against the subjects of each vendor's cultural training, with what callers heard
in the trial beside it. A subject that is only said to be taught is a claim; what was heard is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.core.numbers import show_number
from questionnaire.core.parts import played
from questionnaire.core.phrases import say
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.truth import Unsure

TRAINED, UNTRAINED, UNKNOWN = "trained", "untrained", "unknown"
SIGNS: Mapping[str, str] = {TRAINED: "✓", UNTRAINED: "✕", UNKNOWN: "?"}
POINTS = "disconnect_points"


@dataclass(frozen=True, slots=True)
class Cell:
    state: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """One row a point, one column an option; `heard` and `reviewed` have a text an option.

    `chosen` says whether the buyer chose the points; without a choice all stand here.
    """

    options: tuple[str, ...]
    rows: tuple[Row, ...]
    #: How calls are looked through for such moments, as each option says.
    reviewed: tuple[str, ...]
    heard_title: str
    heard: tuple[str, ...]
    chosen: bool


def chart(options: Sequence[Seen]) -> Map | None:
    """The map; None in an edition that was made before the points were written down."""
    customers = options[0].basis.bank.customers if options else None
    if customers is None:
        return None
    language = options[0].language
    stated = options[0].basis.case.stated(POINTS)
    picked = () if isinstance(stated, Unsure) else stated
    points = [one for one in customers.disconnects if one.id in picked]
    card = options[0].basis.bank.scorecard
    heard = card.criteria_by_id[customers.heard].title.text(language) if card else ""
    return Map(
        options=tuple(one.name for one in options),
        rows=tuple(
            Row(one.title.text(language), tuple(_cell(seen, one.topic) for seen in options))
            for one in points or customers.disconnects
        ),
        reviewed=tuple(_reviewed(one) for one in options),
        heard_title=heard,
        heard=tuple(_heard(one, customers.heard) for one in options),
        chosen=bool(points),
    )


def word(state: str, language: str) -> str:
    words = {
        TRAINED: say(language, "trained"),
        UNTRAINED: say(language, "not trained"),
        UNKNOWN: say(language, "not known"),
    }
    return words[state]


def _cell(seen: Seen, topic: str) -> Cell:
    taught = played("topics", seen.case)
    state = UNKNOWN
    if not isinstance(taught, Unsure):
        state = TRAINED if topic in taught else UNTRAINED
    return Cell(state, SIGNS[state], word(state, seen.language))


def _reviewed(seen: Seen) -> str:
    answer = played("topics.reviewed", seen.case)
    if isinstance(answer, Unsure):
        return f"? {say(seen.language, 'not known')}"
    return f"✓ {say(seen.language, 'yes')}" if answer else f"✕ {say(seen.language, 'no')}"


def _heard(seen: Seen, criterion: str) -> str:
    mean = seen.offer.trial.means.get(criterion) if seen.offer.trial else None
    if mean is None:
        return say(seen.language, "not heard")
    return say(seen.language, "{mean} of 5", mean=show_number(tenth(mean), seen.language))
