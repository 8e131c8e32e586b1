"""The redundancy picture (brief 5.9 part 6; C44-C48): what stands twice and what falls alone."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.charting import fitted, wrapped
from questionnaire.core.phrases import say
from questionnaire.core.pictures.doubling import (
    ALONE,
    DOUBLED,
    PARTLY,
    SIGNS,
    UNKNOWN,
    Part,
    word,
)
from questionnaire.core.pictures.drawn import WIDTH, Chart, Figures, NoChart
from questionnaire.core.pictures.redundant import parts, recovery
from questionnaire.core.pictures.seen import Seen

#: How many boxes stand in one row; more are counted in words.
_BOXES = 3
_TOP, _ROW = 6, 80
_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A part where it is drawn. `links` are the places between boxes that are tied."""

    title: str
    y: int
    boxes: tuple[Box, ...]
    links: tuple[float, ...]
    state: str
    said: str
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Redundancy(Chart):
    lines: tuple[Row, ...]
    #: What was promised, tested and measured about recovery, in lines.
    recovery: tuple[str, ...]


def picture(seen: Seen, *, id: str = "") -> Redundancy | NoChart:
    """The picture of one vendor; NoChart when nothing of it was asked."""
    language, found = seen.language, parts(seen)
    title = say(language, "What stands twice at {vendor}", vendor=seen.name)
    if all(one.state == UNKNOWN and not one.pieces for one in found):
        why = found[0].why
        return NoChart(title, say(language, "Nothing of it is known. {why}", why=why))
    lines = tuple(_row(n, one, language) for n, one in enumerate(found))
    return Redundancy(
        id=id or f"redundancy-{seen.verdict.code}",
        template="charts/redundancy.svg",
        title=title,
        desc=" ".join(
            (
                *(f"{one.title}: {word(one.state, language)}. {one.why}" for one in found),
                recovery(seen),
            )
        ),
        height=_TOP + _ROW * len(lines) + 34,
        figures=Figures(
            (
                say(language, "Part"),
                say(language, "What there is"),
                say(language, "State"),
                say(language, "Why"),
            ),
            tuple(
                (
                    one.title,
                    ", ".join(one.pieces) or "–",
                    f"{SIGNS[one.state]} {word(one.state, language)}",
                    one.why,
                )
                for one in found
            ),
        ),
        lines=lines,
        recovery=wrapped(recovery(seen), WIDTH - 24.0, 11),
    )


def _row(place: int, part: Part, language: str) -> Row:
    shown = part.pieces[:_BOXES]
    left = len(part.pieces) - len(shown)
    texts = [*shown, say(language, "+ {n}", n=left)] if left else [*shown]
    if part.state == ALONE and len(texts) < 2:
        texts.append("–")
    if not texts:
        texts = ["?"]
    room = WIDTH - 24.0
    width = min((room - _GAP * (len(texts) - 1)) / len(texts), 150.0)
    boxes = tuple(
        Box(round(12 + n * (width + _GAP), 1), round(width, 1), fitted(text, width - 10, 12))
        for n, text in enumerate(texts)
    )
    tied = part.state in (DOUBLED, PARTLY)
    return Row(
        title=part.title,
        y=_TOP + _ROW * place,
        boxes=boxes,
        links=tuple(round(one.x - _GAP, 1) for one in boxes[1:]) if tied else (),
        state=part.state,
        said=f"{SIGNS[part.state]} {word(part.state, language)}",
        why=wrapped(part.why, room, 11, most=2),
    )
