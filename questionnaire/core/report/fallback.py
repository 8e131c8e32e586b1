"""Part 12: what to do when the first choice fails, or when nobody passes (brief 5.8, its order)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questionnaire.core import curing
from questionnaire.core.exclusions import Exclusion
from questionnaire.core.ladder import Rung
from questionnaire.core.missing_out import Gap, Miss
from questionnaire.core.overspend import Overspend
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Notice,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Matter
from questionnaire.core.searching import Search


def blocks(matter: Matter) -> Iterator[Block]:
    language, found = matter.language, matter.fallback
    if found.state == "nothing":
        yield Paragraph(say(language, "Nobody has submitted yet."))
        return
    if found.headline:
        yield Notice(found.headline, "danger" if found.state == "nobody" else "")
    for sentence in found.risk:
        yield Paragraph(sentence)
    if found.over_budget:
        text = say(language, "Your budget does not buy the service that you require.")
        yield Notice(text, "warning")
    for rung in found.ladder:
        yield from _rung(matter, rung)
    if found.over and not any(rung.over for rung in found.ladder):
        yield _over(matter, "over-budget", found.over)
    if found.unsaid:
        yield Paragraph(found.unsaid)
    if found.state not in ("nobody", "one"):
        yield from _first_fails(matter)
    yield from _misses(matter)
    if found.exclusions:
        yield _excluded(matter, found.exclusions)
    if found.search is not None:
        yield from _search(matter, found.search)


def _search(matter: Matter, found: Search) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "Search again"))
    yield Listing(tuple(Line(words.one_stop(step)) for step in found.steps))
    yield Paragraph(
        say(language, "A message that you can send, about: {subject}", subject=found.subject)
    )
    for paragraph in found.message.split("\n\n"):
        lead, *facts = paragraph.split("\n- ")
        yield Paragraph(lead)
        if facts:
            yield Listing(tuple(Line(one) for one in facts))


def _rung(matter: Matter, rung: Rung) -> Iterator[Block]:
    language = matter.language
    titles = {
        "onshore": say(language, "A dearer onshore provider"),
        "in_house": say(language, "In-house"),
        "hybrid": say(language, "A part of the service"),
    }
    yield Heading(titles[rung.kind])
    if rung.taken:
        yield Paragraph(say(language, "This is what is advised."))
    for sentence in rung.sentences:
        yield Paragraph(sentence)
    if rung.fixes:
        yield Paragraph(say(language, "What your own team has to fix:"))
        yield Listing(tuple(Line(one.text) for one in rung.fixes))
    if rung.over:
        yield _over(matter, "onshore-cost", rung.over)


def _first_fails(matter: Matter) -> Iterator[Block]:
    """Somebody passes: whom to turn to, and whom not, if the first choice falls away."""
    language = matter.language
    onshore = [one.name for one in matter.eligible if one.verdict.shore.type == "onshore"]
    if onshore:
        text = say(
            language,
            "Onshore vendors that pass, and that you can turn to even where they cost more: "
            "{names}",
            names=listed(onshore, language),
        )
    else:
        text = say(
            language,
            "No onshore vendor passes. The way back is your own team: keep it able to take the "
            "calls until the vendor has proved itself.",
        )
    yield Paragraph(words.stop(text))
    out = [one.name for one in matter.by_name if not one.eligible]
    if out:
        text = say(
            language,
            "Not to be turned to on these answers, whatever they cost: {names}",
            names=listed(out, language),
        )
        more = say(language, "Part 4 says what each would have to put right.")
        yield Paragraph(f"{words.stop(text)} {more}")


def _over(matter: Matter, name: str, over: Sequence[Overspend]) -> Table:
    language, currency = matter.language, matter.currency
    return Table(
        name,
        say(language, "What it costs beyond your budget and your own team, in {c}", c=currency),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Productive hour"), "amount"),
            Head(say(language, "Over the ceiling, an hour"), "amount"),
            Head(say(language, "Over the ceiling, a month"), "whole"),
            Head(say(language, "More than your own team, a month"), "whole"),
        ),
        tuple(
            (
                Cell(one.name),
                *(
                    Cell(words.known(figure))
                    for figure in (one.hour, one.over_hour, one.over_month, one.beyond_own)
                ),
            )
            for one in over
        ),
        say(language, "Below zero it costs less."),
    )


def _misses(matter: Matter) -> Iterator[Block]:
    """By name and without a rank: what each would have to cure, how, by when, who pays."""
    language, found = matter.language, matter.fallback
    if not found.missed:
        return
    title = say(language, "The nearest misses")
    if found.state == "one":
        title = say(language, "The runners-up")
    yield Heading(title)
    yield Paragraph(say(language, "In the order of their names: these are gaps, not a ranking."))
    for number, miss in enumerate(found.missed, start=1):
        yield _gaps(matter, f"cures-{number}", _cures_title(matter, miss), miss.gaps)


def _cures_title(matter: Matter, miss: Miss) -> str:
    return say(matter.language, "{vendor}: what closes its gaps", vendor=miss.name)


def _gaps(matter: Matter, name: str, title: str, gaps: Sequence[Gap]) -> Table:
    language, start = matter.language, matter.basis.contract_start
    return Table(
        name,
        title,
        (
            Head(say(language, "Gap")),
            Head(say(language, "Curable before the start")),
            Head(say(language, "How")),
            Head(say(language, "Evidence")),
            Head(say(language, "By when")),
            Head(say(language, "Who pays")),
        ),
        tuple(
            (
                Cell(gap.about),
                Cell(curing.answer(gap.remedy, language)),
                Cell(curing.how(gap.remedy, language)),
                Cell(curing.evidence(gap.remedy, language) or laying.NOTHING),
                Cell(curing.by_when(gap.remedy, start, language) or laying.NOTHING),
                Cell(curing.payer(gap.remedy, language) or laying.NOTHING),
            )
            for gap in gaps
        ),
    )


def _excluded(matter: Matter, exclusions: Sequence[Exclusion]) -> Table:
    """What kept vendors out, and for whom it alone did; never said of what the law demands."""
    language = matter.language
    return Table(
        "excluded",
        say(language, "What kept vendors out"),
        (
            Head(say(language, "Requirement or finding")),
            Head(say(language, "Vendors"), "whole"),
            Head(say(language, "Which")),
            Head(say(language, "If it were major, these would pass")),
            Head(say(language, "Why it is mandatory")),
            Head(say(language, "Who would have to approve")),
        ),
        tuple(
            (
                Cell(one.demand or one.about),
                Cell(len(one.vendors)),
                Cell(listed(one.vendors, language)),
                Cell(_opens(matter, one)),
                Cell(one.rationale or laying.NOTHING),
                Cell(one.approver or laying.NOTHING),
            )
            for one in exclusions
        ),
        say(language, "For information: no requirement is proposed to be dropped."),
    )


def _opens(matter: Matter, one: Exclusion) -> str:
    language = matter.language
    if one.legal:
        return say(language, "not said: the law or the card schemes demand it")
    if one.opens is None:
        return laying.NOTHING
    return listed(one.opens, language) or say(language, "nobody")
