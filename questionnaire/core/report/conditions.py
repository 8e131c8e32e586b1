"""Part 13: what has to stand in the contract with each vendor that passes (brief 5.4)."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.counting import Subject
from questionnaire.core.phrases import say
from questionnaire.core.report import laying
from questionnaire.core.report.blocks import Block, Heading, Line, Listing, Paragraph
from questionnaire.core.report.matter import Judged, Matter


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    if not matter.eligible:
        yield Paragraph(
            say(language, "No vendor passes, so there is nothing to put into a contract.")
        )
        return
    for one in matter.eligible:
        yield Heading(one.name)
        tier = one.verdict.tier
        if tier.conditions:
            yield Paragraph(say(language, "Conditions:"))
            yield Listing(tuple(laying.condition_lines(one)))
        if tier.majors:
            text = say(
                language,
                "What of these {n} major gaps is still open when you sign goes into the contract, "
                "each with the day by which it is closed and the evidence for it:",
                n=len(tier.majors),
            )
            yield Paragraph(text)
            yield Listing(tuple(line for at in tier.majors for line in _lines(matter, one, at)))
        if not tier.conditions and not tier.majors:
            yield Paragraph(say(language, "No condition: there is no major gap."))


def _lines(matter: Matter, one: Judged, at: Subject) -> Iterator[Line]:
    if at.findings:
        yield from (Line(text) for text in at.texts)
    for gap in () if at.findings else at.gaps:
        requirement = gap.requirement
        yield Line(gap.explanation, matter.about(one, requirement.question, requirement.id))
