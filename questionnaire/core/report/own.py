"""The own team as an option: what was measured of it, and what it has to put right (brief 5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from questionnaire.core.inhouse import must_fix
from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
    Value,
)
from questionnaire.core.report.matter import Matter


def blocks(matter: Matter) -> Iterator[Block]:
    language, own = matter.language, matter.own
    yield Heading(say(language, "Your own team"))
    yield _figures(matter)
    if own is None:
        text = say(
            language,
            "It has not answered the questionnaire, so nobody knows what it would have to put "
            "right. It can answer the same questions as a vendor.",
        )
        yield Paragraph(text)
        return
    fixes = must_fix(own.verdict, matter.bank, language)
    if not fixes:
        yield Paragraph(say(language, "By its answers it has nothing to put right."))
        return
    yield Paragraph(say(language, "By the same requirements it would have to put right:"))
    yield Listing(
        tuple(Line(one.text, matter.about(own, one.question) if one.question else None)
              for one in fixes)
    )  # fmt: skip


def _figures(matter: Matter) -> Table:
    language, basis = matter.language, matter.basis
    trial = matter.own.trial if matter.own else None
    csat = basis.measured_csat
    if csat is None and trial is not None:
        csat = trial.csat

    def stated(name: str, times: int = 1) -> Decimal | None:
        found = words.known(basis.number(f"inhouse.{name}"))
        return None if found is None else found * times

    no_trial: Value = laying.NOTHING
    rows = (
        (say(language, "Satisfied, %"), stated("csat"), no_trial if csat is None else csat),
        (
            say(language, "Helped at the first contact, %"),
            stated("fcr"),
            trial.fcr if trial else no_trial,
        ),
        (
            say(language, "Seconds for a contact"),
            stated("aht"),
            trial.aht if trial else no_trial,
        ),
        (say(language, "Logged-in time on contacts, %"), stated("occ", 100), no_trial),
    )
    return Table(
        "own-team",
        say(language, "What is known of your own team"),
        (
            Head(say(language, "Figure")),
            Head(say(language, "In your brief"), "score"),
            Head(say(language, "In the trial"), "score"),
        ),
        tuple((Cell(what), Cell(brief), Cell(heard)) for what, brief, heard in rows),
    )
