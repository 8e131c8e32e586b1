"""Where agents work and where things are kept: whether a second place can do what the first does.

A second row in a list doubles nothing by itself. A site must have the seats and the power, and a
data centre must hold what the other one holds, or its backups, and lie apart from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionnaire.core.codes import country_name
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.parts import cell, part_of, played, rows
from questionnaire.core.phrases import quoted, say
from questionnaire.core.pictures.doubling import (
    ALONE,
    DOUBLED,
    PARTLY,
    UNKNOWN,
    Part,
    held_against,
    named,
    not_known,
)
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.truth import Unsure

#: From so many km on, two data centres count as apart (brief 3.1, data-centres-together).
_APART = Decimal(30)


def sites(seen: Seen) -> Part:
    """Doubled only where the other sites have seats and power for the whole of the buyer's team."""
    language, title = seen.language, say(seen.language, "Places to work")
    first, second = rows("sites.primary", seen.case), rows("sites.alternate", seen.case)
    standby = played("standby", seen.case)
    if isinstance(first, Unsure) or isinstance(second, Unsure):
        return not_known(seen, title, first if isinstance(first, Unsure) else second)
    pieces = tuple(named(seen, "sites.name", row) for row in (*first, *second))
    if isinstance(standby, Unsure):
        return not_known(seen, title, standby, pieces)
    if any(seen.means(role, standby) for role in ("standby.nowhere", "standby.empty")):
        called = seen.called("standby", standby)
        why = say(language, "When it fails: {where}.", where=quoted(called))
        return Part(title, pieces, ALONE, why)
    if seen.means("standby.homes", standby):
        homes = say(language, "agents' homes")
        forbidden = seen.finding("home-fallback-not-allowed")
        if forbidden is not None and forbidden.fires:
            return Part(title, (*pieces, homes), ALONE, forbidden.text)
        at_home = say(language, "Agents go home when the site fails; no other site takes over.")
        return Part(title, (*pieces, homes), PARTLY, at_home)
    if not second:
        missing = say(language, "It says that there is another site, and lists none.")
        return Part(title, pieces, UNKNOWN, missing)
    how = quoted(seen.called("standby", standby))
    good = say(language, "Another site takes over: {how}.", how=how)
    part = held_against(seen, title, pieces, ("shared-fate", "no-redundancy"), good)
    return _with_room(seen, part, second) if part.state == DOUBLED else part


def _with_room(seen: Seen, part: Part, second: Sequence[Mapping[str, Any]]) -> Part:
    """The part as it is when the other sites can take the whole team, with power of their own."""
    language, needed = seen.language, seen.basis.stated("seats_needed")
    listed = ", ".join(named(seen, "sites.name", row) for row in second)
    seats = [number_of(cell("sites.seats", row, seen.case)) for row in second]
    power = [cell("sites.generator", row, seen.case) for row in second]
    have = sum((one for one in seats if one is not None), Decimal(0))
    if None not in seats and needed is not None and have < needed:
        short = {"site": listed, "n": show_number(have, language)}
        short["needed"] = show_number(needed, language)
        why = say(language, "{site}: {n} seats, you need {needed}.", **short)
        if False in power:
            why = say(language, "{site}: {n} seats, you need {needed}; no generator.", **short)
        return Part(part.title, part.pieces, PARTLY, why)
    if False in power:
        why = say(language, "{site}: no generator.", site=listed)
        return Part(part.title, part.pieces, PARTLY, why)
    if needed is None:
        why = say(language, "Your brief does not say how many seats you need.")
        return Part(part.title, part.pieces, UNKNOWN, why)
    if None in seats or None in power:
        why = say(language, "{site}: seats or generator are not known.", site=listed)
        return Part(part.title, part.pieces, UNKNOWN, why)
    return part


@dataclass(frozen=True, slots=True)
class _Room:
    """One data centre: what it holds, by code, and how far from the primary site it lies."""

    holds: frozenset[str]
    km: Decimal | None


def centres(seen: Seen) -> Part:
    """Doubled only where routing stands in two places apart, and what is kept has a copy apart."""
    language, title = seen.language, say(seen.language, "Data centres")
    found = rows("centres", seen.case)
    if isinstance(found, Unsure):
        return not_known(seen, title, found)
    pieces = tuple(_centre(seen, row) for row in found)
    if len(pieces) < 2:
        return Part(title, pieces, ALONE, say(language, "There is one place for everything."))
    routing, backups = (part_of(f"centres.{name}", seen.case) for name in ("routing", "backups"))
    held = [cell("centres.holds", row, seen.case) for row in found]
    if isinstance(routing, Unsure) or isinstance(backups, Unsure) or not all(held):
        why = say(language, "It is not known what each of the places holds.")
        return Part(title, pieces, UNKNOWN, why)
    rooms = [
        _Room(frozenset(codes), number_of(cell("centres.km", row, seen.case)))
        for row, codes in zip(found, held, strict=True)
    ]
    state, why = _copies(seen, rooms, str(routing.code), str(backups.code))
    if state != DOUBLED:
        return Part(title, pieces, state, why)
    return held_against(seen, title, pieces, ("data-centres-together",), why)


def _copies(seen: Seen, rooms: Sequence[_Room], routing: str, backups: str) -> tuple[str, str]:
    """Whether routing and data stand twice, and in how many words."""
    language = seen.language
    calls = [one for one in rooms if routing in one.holds]
    kept = frozenset[str]().union(*(one.holds for one in rooms)) - {routing, backups}
    data = [_twice(_holding(rooms, code), _holding(rooms, code, backups)) for code in kept]
    if not calls:
        return UNKNOWN, say(language, "No place is named that holds the call routing.")
    apart = _twice(calls, calls)
    if len(calls) > 1 and apart is not True:
        if apart is None:
            return UNKNOWN, say(language, "How far apart the call routing stands is not known.")
        return PARTLY, say(language, "Call routing stands twice, in places close to each other.")
    if None in data:
        return UNKNOWN, say(language, "How far the copies lie from the first is not known.")
    saved = bool(data) and all(data)
    if apart:
        if data and not saved:
            return PARTLY, say(language, "Call routing stands twice; not all that is kept does.")
        return DOUBLED, say(language, "Routing, and what is kept, stand in places far apart.")
    if saved:
        if all(one.holds == {backups} for one in rooms if one not in calls):
            only = say(language, "Only backups are kept at the second place; routing is not.")
            return PARTLY, only
        return PARTLY, say(language, "What is kept stands twice; routing stands in one place.")
    if any(data):
        return PARTLY, say(language, "Routing and some of what is kept stand in one place.")
    return ALONE, say(
        language, "Nothing stands twice: routing and what is kept each have one place."
    )


def _holding(rooms: Iterable[_Room], *codes: str) -> list[_Room]:
    return [one for one in rooms if one.holds & set(codes)]


def _twice(first: Sequence[_Room], second: Sequence[_Room]) -> bool | None:
    """Whether something in one of the first has its like far away; None when that is not known."""
    found = [_far(one, other) for one in first for other in second if one is not other]
    return True if True in found else None if None in found else False


def _far(one: _Room, other: _Room) -> bool | None:
    """Known are distances from the primary site: between are at least their difference, at most
    their sum.
    """
    if one.km is None or other.km is None:
        return None
    if abs(one.km - other.km) >= _APART:
        return True
    return False if one.km + other.km < _APART else None


def _centre(seen: Seen, row: Mapping[str, Any]) -> str:
    country = cell("centres.country", row, seen.case)
    provider = named(seen, "centres.provider", row)
    return f"{country_name(country, seen.language)}, {provider}" if country else provider
