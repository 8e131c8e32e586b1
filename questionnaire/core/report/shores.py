"""Part 11: all options by where they are; a place earns and costs no point (brief 5.2, 5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.chapters import OPTION_FINDINGS
from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.scoring import SECTION_SHARE, TRIAL_SHARE
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
    yield _groups(matter)
    yield from _compared(matter)
    if matter.eligible:
        yield from _quality(matter)


def _kind(one: Judged) -> str:
    kind = one.verdict.shore.type
    return "" if isinstance(kind, Unsure) else kind


def _placed(matter: Matter) -> list[Judged]:
    def place(one: Judged) -> tuple[int, str]:
        kind = _kind(one)
        return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), one.name.casefold())

    return sorted(matter.vendors, key=place)


def _options(matter: Matter) -> Table:
    language, empty = matter.language, Cell(laying.NOTHING)
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
    own = [Cell(say(language, "Your own team")), Cell(say(language, "In-house")), *[empty] * 7]
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
        say(
            language,
            "Your own team is the state of today: it is never “not eligible”, and it is not "
            "judged here unless it has answered the questionnaire.",
        ),
    )


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
    ids = laying.findings_in(matter, OPTION_FINDINGS)
    for one in matter.eligible:
        for line in laying.finding_lines(matter, one, ids):
            yield Paragraph(f"{one.name}: {line.text}")


def _quality(matter: Matter) -> Iterator[Block]:
    """The score of each who passes, section by section, so that it can be worked out again."""
    language = matter.language
    yield Heading(say(language, "How the quality scores come about"))
    text = say(
        language,
        "The score of a section is the points of what is met, of all points that apply: 20 for a "
        "mandatory, 10 for a major, 5 for a minor requirement; a waived one earns half. Section "
        "quality is the mean of the sections by their weights. Quality is {sections} % section "
        "quality and {trial} % trial; without a trial it is section quality alone.",
        sections=words.figure(100 * SECTION_SHARE, language),
        trial=words.figure(100 * TRIAL_SHARE, language),
    )
    yield Paragraph(text)
    scores = {
        (one.code, at.section): at for one in matter.eligible for at in one.verdict.quality.sections
    }
    rows = []
    for section in matter.bank.sections:
        found = [scores.get((one.code, section.id)) for one in matter.eligible]
        weights = [at for at in found if at is not None]
        if not weights:
            continue
        floor = weights[0].floor
        rows.append((
            Cell(section.title.text(language)),
            Cell(weights[0].weight),
            Cell(laying.NOTHING if floor is None else floor),
            *(Cell(laying.NOTHING if at is None else at.score) for at in found),
        ))  # fmt: skip
    for title, values in _sums(matter):
        rows.append((Cell(title), Cell(laying.NOTHING), Cell(laying.NOTHING), *values))
    yield Table(
        "section-scores",
        say(language, "Scores of those who pass, of 100"),
        (
            Head(say(language, "Section")),
            Head(say(language, "Weight"), "score"),
            Head(say(language, "Floor"), "whole"),
            *(Head(one.name, "score") for one in matter.eligible),
        ),
        tuple(rows),
    )


def _sums(matter: Matter) -> Iterator[tuple[str, list[Cell]]]:
    language = matter.language
    yield (
        say(language, "Section quality"),
        [Cell(words.known(one.verdict.quality.section_quality)) for one in matter.eligible],
    )
    yield (
        say(language, "Trial"),
        [Cell(one.verdict.trial.score) for one in matter.eligible],
    )
    yield (
        say(language, "Quality"),
        [Cell(words.known(one.verdict.quality.quality)) for one in matter.eligible],
    )
