"""Part 5: whether the vendor suits the buyer, out of its list of clients (claims C58 to C64)."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.chapters import CLIENT_FINDINGS, SECTOR, SIZE
from questionnaire.core import parts
from questionnaire.core.phrases import say
from questionnaire.core.pictures import seats
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    needed = words.known(matter.basis.number("seats_needed"))
    if needed is None:
        yield Paragraph(say(language, "Your brief does not state how many seats you need."))
    else:
        text = say(
            language,
            "You need {n} seats. Your share is these seats among all that the vendor would then "
            "serve; your rank is your place among its current clients by seats, counted with you.",
            n=words.figure(needed, language, 0),
        )
        yield Paragraph(text)
    yield Table(
        "client-fit",
        say(language, "You among the vendor’s clients"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Seats it bills today"), "whole"),
            Head(say(language, "Current clients listed"), "whole"),
            Head(say(language, "Companies like you")),
            Head(say(language, "Your share of its seats"), "percent"),
            Head(say(language, "Your rank by seats")),
        ),
        tuple(_row(matter, one) for one in matter.by_name),
        say(
            language,
            "A company like you is a current client of your sector or of the sizes that your "
            "brief names.",
        ),
    )
    yield from laying.charts(seats.among_clients(one) for one in matter.seen)
    ids = laying.findings_in(matter, CLIENT_FINDINGS)
    yield from laying.per_vendor(
        matter,
        lambda one: laying.finding_lines(matter, one, ids),
        say(language, "No finding about clients or competitors"),
    )


def _row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    verdict, language = one.verdict, matter.language
    rank: Value = None
    if not isinstance(verdict.rank, Unsure):
        place, among = verdict.rank
        rank = say(language, "{place} of {n}", place=place, n=among)
    current = parts.rows("clients.current", one.case)
    listed = None if isinstance(current, Unsure) else len(current)
    return (
        Cell(one.name),
        Cell(words.known(parts.number("clients.seats_in_all", one.case))),
        Cell(listed),
        Cell(_alike(matter, one)),
        Cell(words.known(verdict.seat_share)),
        Cell(rank),
    )


def _alike(matter: Matter, one: Judged) -> str | None:
    """Current clients that share the buyer's sector or a size band: n of N (brief 3.3)."""
    current = parts.rows("clients.current", one.case)
    sector, sizes = (matter.basis.case.stated(name) for name in (SECTOR, "size_band_list"))
    if isinstance(current, Unsure) or (isinstance(sector, Unsure) and isinstance(sizes, Unsure)):
        return None
    bands = sizes if isinstance(sizes, tuple) else ()
    alike = sum(row.get(SECTOR) == sector or row.get(SIZE) in bands for row in current)
    return say(matter.language, "{n} of {all}", n=alike, all=len(current))
