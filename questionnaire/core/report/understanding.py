"""How much is understood at all: answered, evidenced, reviewed (claim C52)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from questionnaire.core.answers import BLANK
from questionnaire.core.assurance import level_of
from questionnaire.core.evidence import REVIEWED, SUPPLIED
from questionnaire.core.phrases import say
from questionnaire.core.report import laying
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Table
from questionnaire.core.report.matter import Judged, Matter


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "What is not known"))
    yield Table(
        "understanding",
        say(language, "How much is known of each vendor"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Questions asked"), "whole"),
            Head(say(language, "Answered"), "percent"),
            Head(say(language, "With a document that counts"), "percent"),
            Head(say(language, "Reviewed by you, or better"), "percent"),
            Head(say(language, "Mandatory requirements not known"), "whole"),
            Head(
                say(
                    language,
                    "Findings that nobody could work out, but for those on prices and between "
                    "options",
                ),
                "whole",
            ),
        ),
        tuple(_meter(matter, one) for one in matter.vendors),
        say(
            language,
            "Of the questions that apply to the vendor, without those on prices. What is not "
            "known counts as not met.",
        ),
    )


def _meter(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    answers, sealed = one.offer.answers, matter.bank.sealed_questions
    asked = [id for id in matter.bank.questions if id not in sealed and one.case.shown(id)]
    levels = [level_of(answers.get(id, BLANK), one.case) for id in asked]
    counts = (
        sum(answers.get(id, BLANK).state == "answered" for id in asked),
        sum(level >= SUPPLIED for level in levels),
        sum(level >= REVIEWED for level in levels),
    )
    unknown = sum(
        judgement.status == "unknown" and judgement.requirement.severity == "mandatory"
        for judgement in laying.open_judgements(matter, one)
    )
    undetermined = sum(finding.undetermined for finding in laying.own_findings(matter, one))
    shares = (Cell(Decimal(100 * n) / len(asked) if asked else None) for n in counts)
    return (Cell(one.name), Cell(len(asked)), *shares, Cell(unknown), Cell(undetermined))
