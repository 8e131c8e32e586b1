"""Parts 6 to 8: redundancy, security, and how agents speak, each out of its sections."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from question_bank import chapters
from questionnaire.core.cost import Figure
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures import disconnects
from questionnaire.core.pictures import redundancy as pictured
from questionnaire.core.pictures.doubling import word
from questionnaire.core.pictures.redundant import parts, recovery
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.rounding import cut
from questionnaire.core.scoring import floors, raised_floors


def redundancy(matter: Matter) -> Iterator[Block]:
    """Part 6 (claims C44 to C48)."""
    language = matter.language
    needed = words.known(matter.basis.number("rto_hours"))
    if needed is not None:
        hours = words.figure(needed, language)
        text = say(language, "You need the service back within {hours} hours.", hours=hours)
        yield Paragraph(text)
    if matter.vendors:
        yield _doubled(matter)
        yield _recovery(matter)
        yield from laying.charts(pictured.picture(one) for one in matter.seen)
    ids = laying.findings_in(matter, chapters.REDUNDANCY_FINDINGS)
    nothing = say(language, "No finding about redundancy")
    yield from laying.per_vendor(
        matter, lambda one: laying.finding_lines(matter, one, ids), nothing
    )
    yield from laying.of_sections(matter, chapters.REDUNDANCY)


def _doubled(matter: Matter) -> Table:
    """Part by part of a call's way: what there is twice, and why it may not help."""
    language = matter.language
    ways = [parts(one) for one in matter.seen]
    return Table(
        "redundancy",
        say(language, "What exists twice on a call’s way"),
        (Head(say(language, "Part")), *(Head(one.name) for one in matter.by_name)),
        tuple(
            (Cell(each[0].title), *(Cell(f"{word(at.state, language)}: {at.why}") for at in each))
            for each in zip(*ways, strict=True)
        ),
    )


def _recovery(matter: Matter) -> Table:
    language = matter.language
    return Table(
        "recovery",
        say(language, "How long it takes to be back, and how often it was down"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Recovery")),
            Head(say(language, "Up in the last 24 months, %"), "uptime"),
        ),
        tuple(
            (Cell(one.name), Cell(recovery(one)), Cell(_up(one.verdict.availability)))
            for one in matter.seen
        ),
        say(
            language,
            "Up-time is 100 % less the minutes of the outages that the vendor reports for these "
            "months.",
        ),
    )


def _up(share: Figure | None) -> Decimal | None:
    """Cut for spreadsheets too, which would round minutes of outage up to none."""
    known = words.known(share)
    return None if known is None else cut(known, 3)


def security(matter: Matter) -> Iterator[Block]:
    """Part 7 (claims C49 to C52): software, the building, and what the law protects."""
    language = matter.language
    for title, sections in (
        (say(language, "Software"), chapters.SOFTWARE),
        (say(language, "The building"), chapters.ON_SITE),
        (say(language, "Protected data"), chapters.REGULATED),
    ):
        yield Heading(title)
        tables = list(laying.of_sections(matter, sections))
        if not tables:
            yield Paragraph(say(language, "Nothing of this was asked."))
        yield from _standing(matter, sections)
        yield from tables


def _standing(matter: Matter, sections: Collection[str]) -> Iterator[Block]:
    """How each vendor stands in these sections: gaps by severity, and the score of who passes."""
    language = matter.language
    titles = [
        (id, matter.bank.sections_by_id[id].title.text(language))
        for id in sections
        if id in matter.bank.sections_by_id and laying.side_by_side(matter, id)
    ]
    if not titles:
        return
    heads = [Head(say(language, "Vendor"))]
    for _id, title in titles:
        heads += [
            Head(say(language, "{section}: met", section=title)),
            Head(say(language, "{section}: score", section=title), "score"),
        ]
    yield Table(
        f"standing-{titles[0][0]}",
        say(language, "How vendors stand here"),
        tuple(heads),
        tuple(
            (Cell(one.name), *(cell for id, _ in titles for cell in _of_section(matter, one, id)))
            for one in matter.by_name
        ),
        _floors(matter, [id for id, _ in titles]),
    )


def _of_section(matter: Matter, one: Judged, section: str) -> tuple[Cell, Cell]:
    found = [
        at.status
        for at in laying.open_judgements(matter, one)
        if at.status != "not_applicable"
        and matter.bank.questions[at.requirement.question].section == section
    ]
    met = say(matter.language, "{met} of {n}", met=found.count("met"), n=len(found))
    scores = {at.section: at.score for at in one.verdict.quality.sections}
    score: Value = laying.NOTHING
    if one.eligible and section in scores:
        score = scores[section]
    return Cell(met if found else laying.NOTHING), Cell(score)


def _floors(matter: Matter, sections: Collection[str]) -> str:
    language, least = (
        matter.language,
        raised_floors(floors(matter.bank, matter.basis.profiles), matter.basis.floors),
    )
    guarded = [id for id in sections if id in least]
    text = say(language, "Scores, of 100, are those of vendors that pass the gate.")
    for floor in sorted({least[id] for id in guarded}):
        titles = [
            matter.bank.sections_by_id[id].title.text(language)
            for id in guarded
            if least[id] == floor
        ]
        text += " " + say(
            language,
            "At least {floor} is needed in: {sections}.",
            floor=floor,
            sections=listed(titles, language),
        )
    return text


def manners(matter: Matter) -> Iterator[Block]:
    """Part 8 (claims C32 to C42)."""
    found = disconnects.chart([matter.seen_as(one) for one in matter.options])
    if found is not None and matter.vendors:
        yield _disconnects(matter, found)
    yield from _standing(matter, chapters.MANNERS)
    yield from laying.of_sections(matter, chapters.MANNERS)


#: How a page may colour what is trained, by its state.
_MARKS = {"trained": "met", "untrained": "not_met", "unknown": "unknown"}


def _worded(text: str) -> str:
    """The words without the sign before them, which not every font has."""
    return text.partition(" ")[2] or text


def _disconnects(matter: Matter, found: disconnects.Map) -> Table:
    """Where agents and customers may misunderstand each other, and who is trained for it (C38)."""
    language = matter.language
    points = [
        (Cell(row.title), *(Cell(at.word, mark=_MARKS.get(at.state, "")) for at in row.cells))
        for row in found.rows
    ]
    beneath = [
        (
            Cell(say(language, "Misunderstandings are reviewed")),
            *(Cell(_worded(at)) for at in found.reviewed),
        ),
        (
            Cell(say(language, "{mark}, in the trial", mark=found.heard_title)),
            *map(Cell, found.heard),
        ),
    ]
    note = say(language, "The points that you chose.")
    if not found.chosen:
        note = say(language, "Your brief chooses no points, so all of them stand here.")
    note += " " + say(language, "Trained and reviewed is what the vendor says.")
    return Table(
        "disconnects",
        say(language, "Where misunderstandings could arise"),
        (Head(say(language, "Point")), *(Head(name) for name in found.options)),
        (*points, *beneath),
        note,
    )
