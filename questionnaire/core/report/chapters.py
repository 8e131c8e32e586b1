"""Parts 6 and 7: redundancy and security, each out of its sections."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from question_bank import chapters
from questionnaire.core.cost import Figure
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures import redundancy as pictured
from questionnaire.core.pictures.doubling import word
from questionnaire.core.pictures.redundant import parts, recovery
from questionnaire.core.report import flow, laying, unanswered, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.rounding import cut
from questionnaire.core.scoring import floors, raised_floors
from questionnaire.core.truth import Unsure


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
            Head(say(language, "Hours from the end of the fuel to the recovery"), "score"),
            Head(say(language, "Callers left without an answer, estimated"), "whole"),
        ),
        tuple(
            (
                Cell(one.name),
                Cell(recovery(one)),
                Cell(_up(one.verdict.availability)),
                Cell(words.known(unanswered.hours_without_service(one.case))),
                Cell(words.known(unanswered.callers_left(one.case))),
            )
            for one in matter.seen
        ),
        _about_recovery(matter),
    )


def _about_recovery(matter: Matter) -> str:
    """What the figures of the table are made of, with the calls that they begin from."""
    language, calls = matter.language, unanswered.calls_an_hour(matter.basis.case)
    text = say(
        language,
        "Up-time is 100 % less the minutes of the outages that the vendor reports for these "
        "months. Callers left without an answer is an estimate of one power cut: calls of an open "
        "hour × hours from the end of the fuel to the promised recovery × the share of callers "
        "whom nothing catches (assumed: none where calls go on to another site, 30 % where "
        "call-backs are kept, else all). Where recovery takes longer than promised, more can "
        "be left.",
    )
    if isinstance(calls, Unsure):
        return text + " " + say(language, "It is not known here, because {why}.", why=calls.why)
    return (
        text
        + " "
        + say(
            language,
            "By your brief there are {n} contacts in an open hour, each taken for a call.",
            n=words.figure(calls, language),
        )
    )


def _up(share: Figure | None) -> Decimal | None:
    """Cut for spreadsheets too, which would round minutes of outage up to none."""
    known = words.known(share)
    return None if known is None else cut(known, 3)


def security(matter: Matter) -> Iterator[Block]:
    """Part 7 (claims C49 to C52): software, the building, and what the law protects."""
    language = matter.language
    if matter.vendors:
        yield flow.table(matter)
    for title, sections in (
        (say(language, "Software"), chapters.SOFTWARE),
        (say(language, "The building"), chapters.ON_SITE),
        (say(language, "Protected data"), chapters.REGULATED),
    ):
        yield Heading(title)
        tables = list(laying.of_sections(matter, sections))
        if not tables:
            yield Paragraph(say(language, "Nothing of this was asked."))
        yield from how_they_stand(matter, sections)
        yield from tables


def how_they_stand(matter: Matter, sections: Collection[str]) -> Iterator[Block]:
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
