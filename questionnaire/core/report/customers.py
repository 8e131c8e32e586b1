"""Part 2: what customers would get, before any figure of the buyer's (claims C53, C55, C56)."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Table
from questionnaire.core.report.matter import Matter


def blocks(matter: Matter) -> Iterator[Block]:
    yield _expected(matter)


def _expected(matter: Matter) -> Table:
    """Customers first: how satisfied they are and how often they are helped at once."""
    language, basis = matter.language, matter.basis
    inhouse = (
        Cell(say(language, "Your own team")),
        Cell(basis.measured_csat if basis.measured_csat is not None else laying.NOTHING),
        Cell(words.known(basis.number("inhouse.csat"))),
        Cell(matter.own_trial.fcr if matter.own_trial else laying.NOTHING),
        Cell(words.known(basis.number("inhouse.fcr"))),
    )
    rows = [inhouse]
    for one in matter.vendors:
        trial = one.trial
        rows.append((
            Cell(one.name),
            Cell(trial.csat if trial else say(language, "no trial")),
            Cell(laying.claimed(one, "work.satisfaction")),
            Cell(trial.fcr if trial else say(language, "no trial")),
            Cell(laying.claimed(one, "work.resolution")),
        ))  # fmt: skip
    return Table(
        "customers-expect",
        say(language, "What customers can expect"),
        (
            Head(say(language, "Option")),
            Head(say(language, "Satisfied, in the trial"), "percent"),
            Head(say(language, "Satisfied, as stated"), "percent"),
            Head(say(language, "Helped at the first contact, in the trial"), "percent"),
            Head(say(language, "Helped at the first contact, as stated"), "percent"),
        ),
        tuple(rows),
        say(language, "Your own team’s stated figures are those of your brief."),
    )
