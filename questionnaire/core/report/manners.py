"""Part 8: how agents speak with customers, what they are trained for, and how new they are."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.chapters import MANNERS
from questionnaire.core import standing
from questionnaire.core.phrases import say
from questionnaire.core.pictures import disconnects
from questionnaire.core.report import chapters, laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Table
from questionnaire.core.report.matter import Matter


def blocks(matter: Matter) -> Iterator[Block]:
    """Part 8 (claims C32 to C42)."""
    found = disconnects.chart([matter.seen_as(one) for one in matter.options])
    if found is not None and matter.vendors:
        yield _disconnects(matter, found)
    if matter.vendors:
        yield _newness(matter)
    yield from chapters.how_they_stand(matter, MANNERS)
    yield from laying.of_sections(matter, MANNERS)


def _newness(matter: Matter) -> Table:
    """How many of the agents who answer are new, of everybody and not only where it is a gap."""
    language = matter.language
    return Table(
        "new-starters",
        say(language, "How many agents are new"),
        (
            Head(say(language, "Option")),
            Head(say(language, "Agents who leave in a year"), "percent"),
            Head(say(language, "Agents with under three months’ service"), "percent"),
        ),
        tuple(
            (
                Cell(one.name),
                Cell(words.known(standing.leaving(one.case))),
                Cell(words.known(standing.new_starters(one.case))),
            )
            for one in matter.options
        ),
        say(
            language,
            "An estimate: a quarter of those who leave in a year, taking it that each is replaced "
            "and needs three months to full skill.",
        ),
    )


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
