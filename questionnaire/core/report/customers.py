"""Part 2: what a customer would meet, need by need, before any cost (claims C53, C55, C56)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from questionnaire.core.phrases import say
from questionnaire.core.pictures.customers import LEAST_MET, LEAST_PARTLY, SIGNS, Row, View, view
from questionnaire.core.pictures.customers import Cell as Met
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Table
from questionnaire.core.report.matter import Matter


def blocks(matter: Matter) -> Iterator[Block]:
    yield _expected(matter)
    found = view([matter.seen_as(one) for one in matter.options], matter.need_weights)
    if found is None or not matter.vendors:
        return
    yield _needs(matter, found)


def _needs(matter: Matter, found: View) -> Table:
    """One row a need, one column an option; the trial's marks beneath the sign."""
    language = matter.language
    return Table(
        "customers-view",
        say(language, "In the customer’s place"),
        (Head(say(language, "What customers need")), *(Head(name) for name in found.options)),
        tuple(
            (
                Cell(_title(row, language)),
                *(Cell(_cell(cell), mark=_MARKS.get(cell.state, "")) for cell in row.cells),
            )
            for row in found.rows
        ),
        say(
            language,
            "{met} at least {most} % of what the need rests on is met, by severity; {partly} at "
            "least {least} %; {weak} less; {unknown} a mandatory requirement of it is not known. "
            "Beside it the trial’s marks, of 5, and how long its failover drill took. What the "
            "need rests on is what vendors answer and prove; a mark changes no sign, and a "
            "drill can keep one from {met}.",
            met=SIGNS["met"],
            partly=SIGNS["partly"],
            weak=SIGNS["weak"],
            unknown=SIGNS["unknown"],
            most=LEAST_MET,
            least=LEAST_PARTLY,
        ),
    )


def _title(row: Row, language: str) -> str:
    """The need, with what it weighs for the buyer where that was stated."""
    if row.weight is None:
        return row.title
    return say(language, "{need} (weight {weight} of 5)", need=row.title, weight=row.weight)


#: How a page may colour a cell, by its state.
_MARKS = {"met": "met", "weak": "not_met", "unknown": "unknown"}


def _cell(one: Met) -> str:
    return "; ".join((f"{one.sign} {one.word}", *one.heard))


def _own_fcr(matter: Matter) -> Decimal | str | None:
    own = matter.own
    return own.trial.fcr if own and own.trial else say(matter.language, "no trial")


def _expected(matter: Matter) -> Table:
    """Customers first: how satisfied they are and how often they are helped at once."""
    language, basis = matter.language, matter.basis
    no_trial = say(language, "no trial")
    inhouse = (
        Cell(say(language, "Your own team")),
        Cell(basis.measured_csat if basis.measured_csat is not None else no_trial),
        Cell(words.known(basis.number("inhouse.csat"))),
        Cell(_own_fcr(matter)),
        Cell(words.known(basis.number("inhouse.fcr"))),
    )
    rows = [inhouse]
    for one in matter.vendors:
        trial = one.trial
        rows.append((
            Cell(one.name),
            Cell(trial.csat if trial else no_trial),
            Cell(laying.claimed(one, "work.satisfaction")),
            Cell(trial.fcr if trial else no_trial),
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
