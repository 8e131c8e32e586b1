"""Whether a nearshore option is the middle way that it is meant to be (claim C25, brief 5.5).

Only those who pass are held against each other. It is shown, and moves nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from questionnaire.core.phrases import say
from questionnaire.core.report import laying, naming, words
from questionnaire.core.report.blocks import Cell, Head, Table, Value
from questionnaire.core.report.matter import Judged, Matter

Measure = Callable[[Judged], Decimal | None]


def tables(matter: Matter) -> Iterator[Table]:
    """Nothing without a nearshore vendor that passes."""
    near = _of(matter, "nearshore")
    if near:
        yield _panel(matter, near)


def _of(matter: Matter, kind: str) -> list[Judged]:
    found = (one for one in matter.eligible if naming.kind(one) == kind)
    return sorted(found, key=lambda one: (one.name.casefold(), one.code))


def _quality(one: Judged) -> Decimal | None:
    return words.known(one.verdict.quality.quality)


def _cost(one: Judged) -> Decimal | None:
    return words.known(one.verdict.cost.adjusted)


def _panel(matter: Matter, near: Sequence[Judged]) -> Table:
    language = matter.language
    heads = [
        Head(say(language, "Nearshore vendor")),
        Head(say(language, "Quality less that of the best onshore"), "score"),
        Head(say(language, "Quality less that of the best offshore"), "score"),
        Head(say(language, "In quality")),
    ]
    rows = [[Cell(one.name), *_held(matter, one, _quality, max)] for one in near]
    if matter.prices_open:
        c = matter.currency
        heads += [
            Head(say(language, "Cost less that of the cheapest onshore, {c}", c=c), "amount"),
            Head(say(language, "Cost less that of the cheapest offshore, {c}", c=c), "amount"),
            Head(say(language, "In cost")),
        ]
        rows = [
            [*row, *_held(matter, one, _cost, min)] for row, one in zip(rows, near, strict=True)
        ]
    note = say(
        language,
        "Nearshore is meant to mix the quality of onshore with the cost of offshore; that is a "
        "tendency, so it is tested here. Only vendors that pass are compared.",
    )
    if matter.prices_open:
        note += " " + say(
            language, "Cost is that of a resolved contact with the loss of customers."
        )
    title = say(language, "Is nearshore the middle way?")
    return Table("middle-way", title, tuple(heads), tuple(map(tuple, rows)), note)


def _held(
    matter: Matter,
    one: Judged,
    measure: Measure,
    best: Callable[[Sequence[Decimal]], Decimal],
) -> tuple[Cell, Cell, Cell]:
    """The distances to the best of both sides, and in words between which of them it lies."""
    own, ends = measure(one), []
    for kind in ("onshore", "offshore"):
        known = [figure for figure in map(measure, _of(matter, kind)) if figure is not None]
        ends.append(best(known) if known else None)
    apart: list[Value] = [
        laying.NOTHING if end is None else None if own is None else own - end for end in ends
    ]
    return Cell(apart[0]), Cell(apart[1]), Cell(_where(matter, own, ends))


def _where(matter: Matter, own: Decimal | None, ends: Sequence[Decimal | None]) -> str | None:
    language, known = matter.language, [end for end in ends if end is not None]
    if len(known) < len(ends):
        return say(language, "nothing on one side to compare with")
    if own is None:
        return None
    if own > max(known):
        return say(language, "above both")
    return say(language, "below both") if own < min(known) else say(language, "in between")
