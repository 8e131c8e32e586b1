"""The parts of a call's way at one vendor: what there is of each, and whether it stands twice.

A part counts as doubled only where the answers say so and no finding speaks against it. What a
finding shows to fall together is doubled in part; what nobody can tell is not known, and no pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionnaire.core.codes import country_name
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.parts import cell, number, played, rows
from questionnaire.core.phrases import say
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.texts import same_text
from questionnaire.core.truth import Unsure

DOUBLED, PARTLY, ALONE, UNKNOWN = "doubled", "partly", "alone", "unknown"
#: A sign beside each word, so that the word is found again at a glance.
SIGNS: Mapping[str, str] = {DOUBLED: "=", PARTLY: "≈", ALONE: "!", UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a call needs: what there is of it, its state, and why in a sentence."""

    title: str
    pieces: tuple[str, ...]
    state: str
    why: str


def word(state: str, language: str) -> str:
    words = {
        DOUBLED: say(language, "doubled"),
        PARTLY: say(language, "doubled in part"),
        ALONE: say(language, "falls alone"),
        UNKNOWN: say(language, "not known"),
    }
    return words[state]


def parts(seen: Seen) -> tuple[Part, ...]:
    """Sites, power, circuits, platform, data centres and callers, in the order of a call's way."""
    return (
        _sites(seen), _power(seen), _circuits(seen), _platform(seen), _centres(seen),
        _callers(seen),
    )  # fmt: skip


def recovery(seen: Seen) -> str:
    """`Back after: 4 h promised, 3.2 h in its last test, 3 h in your drill.`"""
    language, trial = seen.language, seen.offer.trial

    def hours(figure: object) -> str:
        found = None if isinstance(figure, Unsure) else number_of(figure)
        return (
            say(language, "not known")
            if found is None
            else say(language, "{n} h", n=show_number(tenth(found), language))
        )

    return say(
        language,
        "Back after: promised {a}, its last test {b}, your drill {c}.",
        a=hours(number("recovery.promised", seen.case)),
        b=hours(number("recovery.achieved", seen.case)),
        c=_drilled(trial.drill_hours, language) if trial else say(language, "not known"),
    )


def _drilled(hours: Decimal | None, language: str) -> str:
    """What the trial says of the drill; without hours it was refused or not done."""
    if hours is None:
        return say(language, "refused or not done")
    return say(language, "{n} h", n=show_number(tenth(hours), language))


def _sites(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Places to work")
    first, second = rows("sites.primary", seen.case), rows("sites.alternate", seen.case)
    standby = played("standby", seen.case)
    if isinstance(first, Unsure) or isinstance(second, Unsure):
        why = first if isinstance(first, Unsure) else second
        return _not_known(seen, title, why)
    pieces = tuple(_named(seen, "sites.name", row) for row in (*first, *second))
    if isinstance(standby, Unsure):
        return _not_known(seen, title, standby, pieces)
    if any(seen.means(role, standby) for role in ("standby.nowhere", "standby.empty")):
        called = seen.called("standby", standby)
        return Part(title, pieces, ALONE, say(language, "When it fails: {where}.", where=called))
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
    good = say(language, "Another site takes over: {how}.", how=seen.called("standby", standby))
    return _held_against(seen, title, pieces, ("shared-fate", "no-redundancy"), good)


def _power(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Power")
    first = rows("sites.primary", seen.case)
    if isinstance(first, Unsure):
        return _not_known(seen, title, first)
    pieces: list[str] = [say(language, "the grid")]
    without = 0
    for row in first:
        if cell("sites.generator", row, seen.case) is False:
            without += 1
            continue
        fuel = number_of(cell("sites.fuel", row, seen.case))
        if cell("sites.generator", row, seen.case) and fuel is not None:
            hours = show_number(tenth(fuel), language)
            pieces.append(say(language, "generator, {n} h", n=hours))
    if without:
        why = say(language, "A primary site has no generator.")
        return Part(title, tuple(pieces), ALONE, why)
    good = say(language, "The fuel lasts for as long as recovery takes.")
    return _held_against(seen, title, tuple(pieces), ("fuel-shorter-than-rto",), good)


def _circuits(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Circuits")
    found = rows("carriers", seen.case)
    if isinstance(found, Unsure):
        return _not_known(seen, title, found)
    pieces = _different(_named(seen, "carriers.name", row) for row in found)
    if len(pieces) < 2:
        why = say(language, "One carrier brings every call.")
        return Part(title, pieces, ALONE, why)
    switching = [cell("carriers.switches", row, seen.case) for row in found]
    by_hand = all(one is False for one in switching)
    good = say(language, "Several carriers on ways of their own.")
    if by_hand:
        good = say(language, "Several carriers, and somebody has to switch by hand.")
    part = _held_against(seen, title, pieces, ("two-contracts-one-cable",), good)
    return Part(title, pieces, PARTLY, part.why) if by_hand and part.state == DOUBLED else part


def _platform(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Call platform")
    code = played("platform", seen.case)
    if isinstance(code, Unsure):
        return _not_known(seen, title, code)
    called = seen.called("platform", code)
    alone = any(
        seen.means(role, code) for role in ("platform.one_at_site", "platform.one_in_cloud")
    )
    state = ALONE if alone else DOUBLED
    pieces = (say(language, "one"),) if alone else (say(language, "one"), say(language, "another"))
    return Part(title, pieces, state, f"{called}.")


def _centres(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Data centres")
    found = rows("centres", seen.case)
    if isinstance(found, Unsure):
        return _not_known(seen, title, found)
    pieces = tuple(_centre(seen, row) for row in found)
    if len(pieces) < 2:
        return Part(title, pieces, ALONE, say(language, "There is one place for everything kept."))
    good = say(language, "What is kept lies in places far apart.")
    return _held_against(seen, title, pieces, ("data-centres-together",), good)


def _callers(seen: Seen) -> Part:
    """What callers meet while all of that is down."""
    language, title = seen.language, say(seen.language, "Callers, while it is down")
    codes = played("fallback", seen.case)
    if isinstance(codes, Unsure):
        return _not_known(seen, title, codes)
    pieces = tuple(seen.called("fallback", code) for code in codes)
    if any(seen.means("fallback.elsewhere", code) for code in codes):
        return Part(title, pieces, DOUBLED, say(language, "Calls go on to somebody else."))
    if any(seen.means("fallback.call_back", code) for code in codes):
        return Part(title, pieces, PARTLY, say(language, "Callers are called back later."))
    return Part(title, pieces, ALONE, say(language, "Nobody speaks with them."))


def _held_against(
    seen: Seen, title: str, pieces: tuple[str, ...], findings: Sequence[str], good: str
) -> Part:
    """Doubled, unless a finding shows otherwise or cannot be worked out."""
    found = [one for name in findings if (one := seen.finding(name)) is not None]
    for one in found:
        if one.fires:
            return Part(title, pieces, PARTLY, one.text)
    for one in found:
        if one.undetermined:
            why = say(seen.language, "It cannot be told: {why}.", why=one.because)
            return Part(title, pieces, UNKNOWN, why)
    if len(found) < len(findings):
        why = say(seen.language, "This edition of the bank does not look at it.")
        return Part(title, pieces, UNKNOWN, why)
    return Part(title, pieces, DOUBLED, good)


def _not_known(seen: Seen, title: str, why: object, pieces: tuple[str, ...] = ()) -> Part:
    reason = why.why if isinstance(why, Unsure) else ""
    sentence = f"{reason[:1].upper()}{reason[1:]}." if reason else ""
    return Part(title, pieces, UNKNOWN, sentence)


def _named(seen: Seen, role: str, row: Mapping[str, Any]) -> str:
    return str(cell(role, row, seen.case) or say(seen.language, "without a name"))


def _centre(seen: Seen, row: Mapping[str, Any]) -> str:
    country = cell("centres.country", row, seen.case)
    provider = _named(seen, "centres.provider", row)
    return f"{country_name(country, seen.language)}, {provider}" if country else provider


def _different(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, however it is written."""
    return tuple({same_text(one): one for one in names}.values())
