"""Part 11: all options by where they are; a place earns and costs no point (brief 5.2, 5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.chapters import OPTION_FINDINGS
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures import quality_cost
from questionnaire.core.report import laying, middle, naming, options, own, scores, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.shore import MOST_HOURS, MOST_KM


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    text = say(
        language,
        "Onshore is a site in your home market; nearshore one that is at most {hours} hours away "
        "on the clock in January and July and at most {km} km from your main office; everything "
        "else is offshore. It is computed, not taken from a vendor’s own label, and it earns and "
        "costs no point.",
        hours=words.figure(Decimal(str(MOST_HOURS)), language),
        km=words.shown(Decimal(str(MOST_KM)), "whole", language),
    )
    yield Paragraph(text)
    yield from options.tables(matter)
    if matter.prices_open and matter.eligible:
        verdicts = [one.verdict for one in matter.vendors]
        yield from laying.charts([quality_cost.chart(matter.basis, verdicts)])
        yield from _efficient(matter)
    yield _groups(matter)
    yield from middle.tables(matter)
    yield from _compared(matter)
    yield from own.blocks(matter)
    if matter.eligible:
        yield from scores.blocks(matter)


def _efficient(matter: Matter) -> Iterator[Block]:
    """Whom nobody beats on both quality and cost; and no winner where there is none (5.8)."""
    language = matter.language
    known = {one.code: one.name for one in matter.options}
    names = [known[code] for code in known if code in matter.efficient]
    if names:
        text = say(
            language,
            "Nobody who passes has both a better quality and a lower cost than: {names}",
            names=listed(names, language),
        )
        yield Paragraph(words.stop(text))
    if any(not one.eligible for one in matter.vendors):
        text = say(
            language,
            "Who is not eligible stands hollow, where its answers and its price would put it: that "
            "is no rank and no score, and nothing of it closes a gap.",
        )
        yield Paragraph(text)
    if matter.level:
        text = say(
            language,
            "There is no clear first place: what is measured leaves the values of these too close "
            "to tell apart: {names}",
            names=listed(matter.level, language),
        )
        yield Paragraph(words.stop(text))


def _groups(matter: Matter) -> Table:
    """Per group: how many were looked at, how many pass, the best quality, the lowest cost."""
    language = matter.language
    heads = [
        Head(say(language, "Shore type")),
        Head(say(language, "Vendors looked at"), "whole"),
        Head(say(language, "Pass the gate"), "whole"),
        Head(say(language, "Best quality of those, of 100"), "score"),
    ]
    if matter.prices_open:
        heads.append(Head(say(language, "Lowest cost of those, {c}", c=matter.currency), "amount"))
    rows = []
    for kind in (*naming.ORDER, ""):
        group = [one for one in matter.vendors if naming.kind(one) == kind]
        if group or kind:
            rows.append(_group(matter, kind, group))
    return Table("shore-groups", say(language, "By group"), tuple(heads), tuple(rows))


def _group(matter: Matter, kind: str, group: list[Judged]) -> tuple[Cell, ...]:
    passing = [one for one in group if one.eligible]
    qualities = [words.known(one.verdict.quality.quality) for one in passing]
    costs = [words.known(one.verdict.cost.adjusted) for one in passing]
    cells = [
        Cell(words.shore(kind, matter.language) if kind else None),
        Cell(len(group)),
        Cell(len(passing)),
        Cell(max((at for at in qualities if at is not None), default=laying.NOTHING)),
    ]
    if matter.prices_open:
        cells.append(Cell(min((at for at in costs if at is not None), default=laying.NOTHING)))
    return tuple(cells)


def _compared(matter: Matter) -> Iterator[Block]:
    """What holding the options against each other shows of those who pass."""
    language, ids = matter.language, laying.findings_in(matter, OPTION_FINDINGS)
    if not matter.prices_open:
        text = say(language, "Costs are compared here once prices are open.")
        yield Paragraph(text)
        return
    for one in matter.eligible:
        for line in laying.finding_lines(matter, one, ids):
            yield Paragraph(f"{one.name}: {line.text}")
