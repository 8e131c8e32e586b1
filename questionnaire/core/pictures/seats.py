"""The buyer among a vendor's clients: seat share and rank, as bars (brief 3.3, C64).

No client is called by its name, so that a picture can be passed on: each is told by its place,
sector and size, which say whether the vendor serves companies like the buyer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from questionnaire.core.charting import Scale, fitted
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.parts import cell, rows
from questionnaire.core.phrases import say
from questionnaire.core.pictures.drawn import WIDTH, Chart, Figures, NoChart
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.truth import Unsure

#: More bars than these say nothing more; the rest is counted.
MOST_BARS = 12
_TOP, _ROW, _FROM, _TO = 6, 36, 12.0, 300.0
_SIZE = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One client, or the buyer (`own`); `width` is None where its seats are not stated."""

    label: str
    said: str
    y: int
    width: float | None
    own: bool


@dataclass(frozen=True, kw_only=True)
class SeatBars(Chart):
    """Clients by seats, the largest first, the buyer among them."""

    bars: tuple[Bar, ...]
    start: float = _FROM
    more: str = ""


@dataclass(frozen=True, slots=True)
class _Client:
    label: str
    seats: Decimal | None
    own: bool = False


def among_clients(seen: Seen, *, id: str = "") -> SeatBars | NoChart:
    """The current clients and the buyer, largest first; NoChart when either is not known."""
    language = seen.language
    title = say(language, "You among the clients of {vendor}", vendor=seen.name)
    needed = number_of(seen.case.stated("seats_needed"))
    current = rows("clients.current", seen.case)
    if needed is None:
        return NoChart(title, say(language, "Your brief does not state how many seats you need."))
    if isinstance(current, Unsure):
        return NoChart(title, say(language, "Not known: {why}.", why=current.why))
    clients = _placed(seen, current, needed)
    drawn = _chosen(clients)
    largest = max((one.seats for one in clients if one.seats is not None), default=needed)
    scale = Scale(Decimal(0), max(largest, Decimal(1)), 0, _TO - _FROM)
    left = len(clients) - len(drawn)
    return SeatBars(
        id=id or f"seats-{seen.verdict.code}",
        template="charts/seats.svg",
        title=title,
        desc=_told(seen, clients),
        height=_TOP + _ROW * len(drawn) + (24 if left else 6),
        figures=Figures(
            (say(language, "Client"), say(language, "Seats")),
            tuple((one.label, _said(one, language)) for one in clients),
        ),
        bars=tuple(_bar(n, one, scale, language) for n, one in enumerate(drawn)),
        more=say(language, "and {n} more clients, not drawn", n=left) if left else "",
    )


def standing(seen: Seen) -> str:
    """Seat share and rank in a sentence each, or why they are not known."""
    language, share, rank = seen.language, seen.verdict.seat_share, seen.verdict.rank
    first = (
        say(language, "Your share of its seats is not known: {why}.", why=share.why)
        if isinstance(share, Unsure)
        else say(
            language,
            "You would hold {share} % of its seats.",
            share=show_number(tenth(share), language),
        )
    )
    second = (
        say(language, "Your rank is not known: {why}.", why=rank.why)
        if isinstance(rank, Unsure)
        else say(language, "By seats you would rank {r} of {n} clients.", r=rank[0], n=rank[1])
    )
    return f"{first} {second}"


def _placed(seen: Seen, current: Sequence[Mapping[str, Any]], needed: Decimal) -> list[_Client]:
    """By seats, the largest first; of equals the buyer stands first, as its rank says."""
    language = seen.language
    clients = [
        _Client(_kind(seen, row), number_of(cell("clients.seats", row, seen.case)))
        for row in current
    ]
    own = _Client(say(language, "You"), needed, own=True)
    placed = sorted(
        [*clients, own],
        key=lambda one: (one.seats is None, -(one.seats or 0), not one.own, one.label.casefold()),
    )
    return [
        one
        if one.own
        else replace(one, label=say(language, "{n}. {kind}", n=number, kind=one.label))
        for number, one in enumerate(placed, 1)
    ]


def _kind(seen: Seen, row: Mapping[str, Any]) -> str:
    """`Travel, Enterprise`: what the vendor says of a client besides its name."""
    parts = [
        seen.called(role, code)
        for role in ("clients.sector", "clients.size")
        if (code := cell(role, row, seen.case)) is not None
    ]
    return ", ".join(parts) or say(seen.language, "a client")


def _chosen(clients: Sequence[_Client]) -> list[_Client]:
    """The bars that are drawn: the largest clients, and the buyer wherever it stands."""
    if len(clients) <= MOST_BARS:
        return list(clients)
    first = [one for one in clients if not one.own][: MOST_BARS - 1]
    return [one for one in clients if one.own or one in first]


def _bar(number: int, client: _Client, scale: Scale, language: str) -> Bar:
    return Bar(
        label=fitted(client.label, WIDTH - 2 * _FROM, _SIZE),
        said=_said(client, language),
        y=_TOP + _ROW * number,
        width=None if client.seats is None else max(scale.at(client.seats), 1.0),
        own=client.own,
    )


def _said(client: _Client, language: str) -> str:
    if client.seats is None:
        return say(language, "not stated")
    return show_number(client.seats, language)


def _told(seen: Seen, clients: Sequence[_Client]) -> str:
    lead = say(
        seen.language,
        "Bars of seats for {n} current clients and you, the largest first.",
        n=len(clients) - 1,
    )
    return f"{lead} {standing(seen)}"
