"""The parts of a call's way at one vendor: what there is of each, and whether it stands twice.

A part counts as doubled only where the answers say so and no finding speaks against it. What a
finding shows to fall together is doubled in part; what nobody can tell is not known, and no pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.parts import cell, number, played, rows
from questionnaire.core.phrases import say
from questionnaire.core.pictures.doubling import (
    ALONE,
    DOUBLED,
    PARTLY,
    UNKNOWN,
    Part,
    drilled,
    held_against,
    named,
    not_known,
)
from questionnaire.core.pictures.places import centres, sites
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.texts import same_text
from questionnaire.core.truth import Unsure


def parts(seen: Seen) -> tuple[Part, ...]:
    """Sites, power, circuits, platform, data centres and callers, in the order of a call's way."""
    return (
        sites(seen), _power(seen), _circuits(seen), _platform(seen), centres(seen),
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
        c=drilled(trial, language) if trial else say(language, "not known"),
    )


def _power(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Power")
    first = rows("sites.primary", seen.case)
    if isinstance(first, Unsure):
        return not_known(seen, title, first)
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
    good = say(language, "The fuel lasts for as long as the promised recovery takes.")
    return held_against(seen, title, tuple(pieces), ("fuel-shorter-than-rto",), good)


def _circuits(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Circuits")
    found = rows("carriers", seen.case)
    if isinstance(found, Unsure):
        return not_known(seen, title, found)
    pieces = _different(named(seen, "carriers.name", row) for row in found)
    if len(pieces) < 2:
        why = say(language, "One carrier brings every call.")
        return Part(title, pieces, ALONE, why)
    switching = [cell("carriers.switches", row, seen.case) for row in found]
    by_hand = all(one is False for one in switching)
    good = say(language, "Several carriers on ways of their own.")
    part = held_against(seen, title, pieces, ("two-contracts-one-cable",), good)
    if part.state == PARTLY:
        return _sharing(seen, part, found, by_hand=by_hand)
    if part.state != DOUBLED or True in switching:
        return part
    if by_hand:
        why = say(language, "Several carriers, and somebody has to switch by hand.")
        return Part(title, pieces, PARTLY, why)
    why = say(language, "Whether calls switch to another carrier by themselves is not known.")
    return Part(title, pieces, UNKNOWN, why)


def _sharing(seen: Seen, part: Part, found: Iterable[Mapping[str, Any]], *, by_hand: bool) -> Part:
    """Carriers that share something: alone where one cut silences them all."""
    lines = list(found)
    same = [
        len(_different(str(cell(role, row, seen.case) or "") for row in lines)) == 1
        for role in ("carriers.parent", "carriers.entry")
    ]
    if by_hand:
        hand = say(seen.language, "None switches by itself.")
        return Part(part.title, part.pieces, ALONE, f"{part.why} {hand}")
    return Part(part.title, part.pieces, ALONE if all(same) else PARTLY, part.why)


def _platform(seen: Seen) -> Part:
    language, title = seen.language, say(seen.language, "Call platform")
    code = played("platform", seen.case)
    if isinstance(code, Unsure):
        return not_known(seen, title, code)
    called = seen.called("platform", code)
    alone = any(
        seen.means(role, code) for role in ("platform.one_at_site", "platform.one_in_cloud")
    )
    state = ALONE if alone else DOUBLED
    pieces = (say(language, "one"),) if alone else (say(language, "one"), say(language, "another"))
    return Part(title, pieces, state, f"{called}.")


def _callers(seen: Seen) -> Part:
    """What callers meet while all of that is down."""
    language, title = seen.language, say(seen.language, "Callers, while it is down")
    codes = played("fallback", seen.case)
    if isinstance(codes, Unsure):
        return not_known(seen, title, codes)
    pieces = tuple(seen.called("fallback", code) for code in codes)
    if any(seen.means("fallback.elsewhere", code) for code in codes):
        return Part(title, pieces, DOUBLED, say(language, "Calls go on to somebody else."))
    if any(seen.means("fallback.call_back", code) for code in codes):
        return Part(title, pieces, PARTLY, say(language, "Callers are called back later."))
    return Part(title, pieces, ALONE, say(language, "Nobody speaks with them."))


def _different(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, however it is written."""
    return tuple({same_text(one): one for one in names}.values())
