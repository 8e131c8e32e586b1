"""Part 5: whether the vendor suits the buyer, out of its list of clients (claims C58 to C64)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from question_bank.chapters import CLIENT_FINDINGS, SECTOR, SIZE
from questionnaire.core import parts
from questionnaire.core.phrases import say
from questionnaire.core.pictures import seats
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure

#: So many characters of a vendor's own words stand in a cell; the answer itself has them all.
_MOST_TOLD = 240


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
    if matter.vendors:
        yield _histogram(matter)
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


def _histogram(matter: Matter) -> Table:
    """Current clients by size and by sector, and whom the vendor calls its best (C61, C62)."""
    language = matter.language
    sizes, sectors = (_choices(matter, role) for role in ("clients.size", "clients.sector"))
    rows = []
    for one in matter.by_name:
        lines = parts.rows("clients.current", one.case)
        known = None if isinstance(lines, Unsure) else lines
        rows.append((
            Cell(one.name),
            *(
                Cell(None if known is None else sum(line.get(SIZE) == code for line in known))
                for code in sizes
            ),
            Cell(None if known is None else _counted(known, sectors)),
            Cell(_best(one)),
        ))  # fmt: skip
    return Table(
        "client-sizes",
        say(language, "Whom the vendor serves today"),
        (
            Head(say(language, "Vendor")),
            *(Head(title, "whole") for title in sizes.values()),
            Head(say(language, "Sectors, by number of clients")),
            Head(say(language, "Its best clients, in its own words")),
        ),
        tuple(rows),
        say(language, "Current clients by the size of their company, as the vendor lists them."),
    )


def _choices(matter: Matter, role: str) -> dict[str, str]:
    """The choices of a column of the list, code -> title, in the order of the form."""
    bank = matter.bank
    if role not in bank.roles:
        return {}
    part = bank.part(role)
    column = bank.questions[part.question].column(part.column or "")
    found = column.choices if column else ()
    return {one.code: one.label.text(matter.language) for one in found}


def _counted(lines: Sequence[Mapping[str, object]], titles: Mapping[str, str]) -> str:
    """`Retail 3, Travel 1`, the most frequent first."""
    counts = {code: sum(line.get(SECTOR) == code for line in lines) for code in titles}
    found = sorted((code for code in titles if counts[code]), key=lambda code: -counts[code])
    return ", ".join(f"{titles[code]} {counts[code]}" for code in found) or laying.NOTHING


def _best(one: Judged) -> str | None:
    said = parts.played("clients.best", one.case)
    if not isinstance(said, str):
        return None
    return f"“{shorten(said, _MOST_TOLD, placeholder=' …')}”"


def _alike(matter: Matter, one: Judged) -> str | None:
    """Current clients that share the buyer's sector or a size band: n of N (brief 3.3)."""
    current = parts.rows("clients.current", one.case)
    sector, sizes = (matter.basis.case.stated(name) for name in (SECTOR, "size_band_list"))
    if isinstance(current, Unsure) or (isinstance(sector, Unsure) and isinstance(sizes, Unsure)):
        return None
    bands = sizes if isinstance(sizes, tuple) else ()
    alike = sum(row.get(SECTOR) == sector or row.get(SIZE) in bands for row in current)
    return say(matter.language, "{n} of {all}", n=alike, all=len(current))
