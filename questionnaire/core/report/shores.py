"""Part 11: all options by where they are; a place earns and costs no point (brief 5.2, 5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.chapters import OPTION_FINDINGS
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures import quality_cost
from questionnaire.core.report import laying, scores, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.shore import MOST_HOURS, MOST_KM
from questionnaire.core.truth import Unsure

_ORDER = ("onshore", "nearshore", "offshore")


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
    yield _options(matter)
    if matter.prices_open and matter.eligible:
        verdicts = [one.verdict for one in matter.vendors]
        yield from laying.charts([quality_cost.chart(matter.basis, verdicts)])
        yield from _efficient(matter)
    yield _groups(matter)
    yield from _compared(matter)
    if matter.eligible:
        yield from scores.blocks(matter)


def _kind(one: Judged) -> str:
    kind = one.verdict.shore.type
    return "" if isinstance(kind, Unsure) else kind


def _placed(matter: Matter) -> list[Judged]:
    def place(one: Judged) -> tuple[int, str]:
        kind = _kind(one)
        return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), one.name.casefold())

    return sorted(matter.vendors, key=place)


def _options(matter: Matter) -> Table:
    language = matter.language
    heads = [
        Head(say(language, "Option")),
        Head(say(language, "Shore type")),
        Head(say(language, "Distance, km"), "whole"),
        Head(say(language, "Hours ahead, January"), "score"),
        Head(say(language, "Hours ahead, July"), "score"),
        Head(say(language, "Tier")),
        Head(say(language, "Mandatory gaps"), "whole"),
        Head(say(language, "Major gaps"), "whole"),
        Head(say(language, "Quality, of 100"), "score"),
    ]
    own = [Cell(say(language, "Your own team")), Cell(say(language, "In-house")), *_own(matter)]
    rows = [own, *(_option(matter, one) for one in _placed(matter))]
    if matter.prices_open:
        heads.append(Head(say(language, "Resolved, with loss, {c}", c=matter.currency), "amount"))
        own.append(Cell(words.known(matter.basis.inhouse_cost.adjusted)))
        for row, one in zip(rows[1:], _placed(matter), strict=True):
            cost: Value = laying.NOTHING
            if one.eligible:
                cost = words.known(one.verdict.cost.adjusted)
            row.append(Cell(cost))
    return Table(
        "options",
        say(language, "All options by shore type"),
        tuple(heads),
        tuple(tuple(row) for row in rows),
        _about_own(matter),
    )


def _about_own(matter: Matter) -> str:
    language = matter.language
    text = say(
        language,
        "Your own team is what you have today: it has a list of things to put right and no tier.",
    )
    if matter.own is not None:
        return text
    if matter.own_state:
        more = say(language, "It was asked and has not handed its answers in.")
    else:
        more = say(
            language,
            "It was not asked: your brief tells its satisfaction, first-contact resolution and "
            "handling time; its cost is shown once prices are open.",
        )
    return f"{text} {more}"


def _own(matter: Matter) -> list[Cell]:
    """The own team's columns after its shore type: it has no distance and no tier."""
    empty = Cell(laying.NOTHING)
    if matter.own is None:
        return [empty] * 7
    verdict = matter.own.verdict
    return [
        *[empty] * 4,
        Cell(len(verdict.tier.mandatory)),
        Cell(len(verdict.tier.majors)),
        Cell(words.known(verdict.quality.quality)),
    ]


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
    if matter.level:
        text = say(
            language,
            "There is no clear first place: what is measured leaves the values of these too close "
            "to tell apart: {names}",
            names=listed(matter.level, language),
        )
        yield Paragraph(words.stop(text))


def _option(matter: Matter, one: Judged) -> list[Cell]:
    verdict, language = one.verdict, matter.language
    shore = verdict.shore
    hours: tuple[Value, Value] = (None, None)
    if not isinstance(shore.hours, Unsure):
        january, july = (Decimal(str(apart)) for apart in shore.hours)
        hours = january, july
    quality = words.known(verdict.quality.quality) if one.eligible else laying.NOTHING
    return [
        Cell(one.name),
        Cell(words.shore(shore.type, language)),
        Cell(None if isinstance(shore.km, Unsure) else Decimal(str(shore.km))),
        Cell(hours[0]),
        Cell(hours[1]),
        Cell(words.tier(verdict.tier.name, language)),
        Cell(len(verdict.tier.mandatory)),
        Cell(len(verdict.tier.majors)),
        Cell(quality),
    ]


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
    for kind in (*_ORDER, ""):
        group = [one for one in matter.vendors if _kind(one) == kind]
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
