"""Parts 6 to 8: redundancy, security, and how agents speak, each out of its sections."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from question_bank import chapters
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.scoring import floors


def redundancy(matter: Matter) -> Iterator[Block]:
    """Part 6 (claims C44 to C48)."""
    language = matter.language
    needed = words.known(matter.basis.number("rto_hours"))
    if needed is not None:
        hours = words.figure(needed, language)
        text = say(language, "You need the service back within {hours} hours.", hours=hours)
        yield Paragraph(text)
    yield Table(
        "redundancy",
        say(language, "What exists twice, and how it went"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Sites that it states"), "whole"),
            Head(say(language, "Carriers that it states"), "whole"),
            Head(say(language, "Recovery, as promised (hours)"), "mean"),
            Head(say(language, "Recovery in the drill (hours)"), "mean"),
            Head(say(language, "Up in the last 24 months, %"), "mean"),
        ),
        tuple(_redundancy_row(matter, one) for one in matter.by_name),
        say(
            language,
            "Up-time is 100 % less the minutes of the outages that the vendor reports for these "
            "months.",
        ),
    )
    ids = laying.findings_in(matter, chapters.REDUNDANCY_FINDINGS)
    nothing = say(language, "No finding about redundancy")
    yield from laying.per_vendor(
        matter, lambda one: laying.finding_lines(matter, one, ids), nothing
    )
    yield from laying.of_sections(matter, chapters.REDUNDANCY)


def _redundancy_row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    drill = one.trial.drill_hours if one.trial else None
    tried = say(matter.language, "no trial") if one.trial is None else None
    refused = say(matter.language, "refused or not done")
    return (
        Cell(one.name),
        Cell(_rows(one, chapters.SITES)),
        Cell(_rows(one, chapters.CARRIERS)),
        Cell(_promised(one)),
        Cell(tried or (refused if drill is None else drill)),
        Cell(words.known(one.verdict.availability)),
    )


def _rows(one: Judged, question_id: str) -> int | None:
    value = one.case.known(question_id)
    return len(value) if isinstance(value, tuple) else None


def _promised(one: Judged) -> Decimal | None:
    value = one.case.known(chapters.RECOVERY)
    return value if isinstance(value, Decimal) else None


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
    language, least = matter.language, floors(matter.bank, matter.basis.profiles)
    guarded = [id for id in sections if id in least]
    text = say(language, "Scores, of 100, are those of vendors that pass the gate.")
    if guarded:
        titles = [matter.bank.sections_by_id[id].title.text(language) for id in guarded]
        text += " " + say(
            language,
            "At least {floor} is needed in: {sections}.",
            floor=least[guarded[0]],
            sections=listed(titles, language),
        )
    return text


def manners(matter: Matter) -> Iterator[Block]:
    """Part 8 (claims C32 to C42)."""
    yield from _standing(matter, chapters.MANNERS)
    yield from laying.of_sections(matter, chapters.MANNERS)
