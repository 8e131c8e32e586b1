"""All options side by side, the own team first, then by shore type (brief 5.5): in three tables.

The same rows in the same order each time: what the option is worth, where it is and where data
goes, what it gives back and costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from questionnaire.core.offered import site_of
from questionnaire.core.parts import number
from questionnaire.core.phrases import say
from questionnaire.core.pictures.customers import MET, UNKNOWN, View, view
from questionnaire.core.report import hours, laying, naming, reached, released, words
from questionnaire.core.report.blocks import Cell, Head, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.report.scores import interval
from questionnaire.core.truth import Unsure


def tables(matter: Matter) -> Iterator[Table]:
    yield _worth(matter)
    yield _places(matter)
    yield hours.table(matter)


# -- what it is worth --------------------------------------------------------------------------


def _worth(matter: Matter) -> Table:
    language = matter.language
    met = _needs_met(matter)
    own: Sequence[Cell] = [Cell(laying.NOTHING)] * 8
    if matter.own is not None:
        own = _worth_of(matter, matter.own, met)
    return Table(
        "options",
        say(language, "All options by shore type"),
        (
            *naming.heads(matter),
            Head(say(language, "Tier")),
            Head(say(language, "Mandatory gaps"), "whole"),
            Head(say(language, "Major gaps"), "whole"),
            Head(say(language, "Quality, of 100"), "score"),
            Head(say(language, "Quality lies between")),
            Head(say(language, "Customers’ needs met")),
            Head(say(language, "Trial")),
            Head(say(language, "Days’ notice to end the contract"), "whole"),
        ),
        (
            (*naming.own_team(matter), *own),
            *(
                (*naming.named(matter, one), *_worth_of(matter, one, met))
                for one in naming.placed(matter)
            ),
        ),
        _about_own(matter),
    )


def _worth_of(matter: Matter, one: Judged, met: dict[str, str]) -> Sequence[Cell]:
    """Who is not eligible has gaps and no score; the own team has a score and no tier."""
    language, verdict = matter.language, one.verdict
    own = one is matter.own
    scored = own or one.eligible
    tier = Cell(laying.NOTHING)
    notice: Value = laying.NOTHING
    if not own:
        tier = Cell(words.tier(verdict.tier.name, language), mark=f"tier-{verdict.tier.name}")
        notice = words.known(number("exit.notice", one.case))
    return (
        tier,
        Cell(len(verdict.tier.mandatory)),
        Cell(len(verdict.tier.majors)),
        Cell(words.known(verdict.quality.quality) if scored else laying.NOTHING),
        Cell(interval(matter, one) if scored else laying.NOTHING),
        Cell(met.get(one.code, laying.NOTHING)),
        Cell(words.trial_result(verdict.trial.result, language)),
        Cell(notice),
    )


def _needs_met(matter: Matter) -> dict[str, str]:
    """By option: how many of what customers need is met, and of how many nobody knows."""
    found: View | None = view([matter.seen_as(one) for one in matter.options])
    if found is None:
        return {}
    language, told = matter.language, {}
    for n, one in enumerate(matter.options):
        states = [row.cells[n].state for row in found.rows]
        told[one.code] = say(language, "{met} of {n}", met=states.count(MET), n=len(states))
        if UNKNOWN in states:
            told[one.code] += " " + say(language, "({n} not known)", n=states.count(UNKNOWN))
    return told


def _about_own(matter: Matter) -> str:
    language = matter.language
    text = say(
        language,
        "Your own team is what you have today: it has a list of things to put right and no tier.",
    )
    if matter.own is not None:
        return text
    if matter.own_state:
        more = say(language, "It was asked and has not handed its answers in.")
    else:
        more = say(
            language,
            "It was not asked: your brief tells its satisfaction, first-contact resolution and "
            "handling time.",
        )
        if not matter.prices_open:
            more += " " + say(language, "Its cost is shown once prices are open.")
    return f"{text} {more}"


# -- where it is -------------------------------------------------------------------------------


def _places(matter: Matter) -> Table:
    language = matter.language
    own = (
        *naming.own_team(matter),
        *[Cell(laying.NOTHING)] * 5,
        Cell(_countries(matter, matter.own)),
    )
    return Table(
        "options-places",
        say(language, "Where they are, and where your data would be"),
        (
            *naming.heads(matter),
            Head(say(language, "Distance, km"), "whole"),
            Head(say(language, "Hours on the way, estimated"), "score"),
            Head(say(language, "Hours ahead, January"), "score"),
            Head(say(language, "Hours ahead, July"), "score"),
            Head(say(language, "Site in the EEA")),
            Head(say(language, "Countries of your data")),
        ),
        (
            own,
            *((*naming.named(matter, one), *_place(matter, one)) for one in naming.placed(matter)),
        ),
        _about_places(matter),
    )


def _about_places(matter: Matter) -> str:
    """What the countries are taken from, and what the way is assumed to take."""
    language, names = (
        matter.language,
        ("km_an_hour_by_road", "most_km_by_road", "km_an_hour_by_air", "hours_besides_the_flight"),
    )
    text = say(
        language,
        "Countries are those of the sites, the data centres, the subprocessors and the vendor’s "
        "own statement.",
    )
    figures = [released.assumed(matter.basis, "travel", name) for name in names]
    road, most, air, besides = (
        None if isinstance(at, Unsure) else words.figure(at, language) for at in figures
    )
    if road is None or most is None or air is None or besides is None:
        return text
    way = say(
        language,
        "Hours on the way are one way from your main office, and an assumption for every vendor "
        "alike: {road} km an hour by road up to {most} km, else {air} km an hour by air and "
        "{besides} hours besides the flight.",
        road=road,
        most=most,
        air=air,
        besides=besides,
    )
    return f"{text} {way}"


def _place(matter: Matter, one: Judged) -> Sequence[Cell]:
    shore = one.verdict.shore
    hours: tuple[Value, Value] = (None, None)
    if not isinstance(shore.hours, Unsure):
        january, july = (Decimal(str(apart)) for apart in shore.hours)
        hours = january, july
    return (
        Cell(None if isinstance(shore.km, Unsure) else Decimal(str(shore.km))),
        Cell(words.known(released.travel(matter.basis, shore))),
        Cell(hours[0]),
        Cell(hours[1]),
        Cell(_in_eea(matter, one)),
        Cell(_countries(matter, one)),
    )


def _in_eea(matter: Matter, one: Judged) -> str | None:
    country, _city = site_of(one.offer, one.case)
    listed = matter.bank.policy.get("eea")
    if not country or not isinstance(listed, (list, tuple, frozenset)):
        return None
    language = matter.language
    return say(language, "yes") if country in listed else say(language, "no")


def _countries(matter: Matter, one: Judged | None) -> str | None:
    return laying.NOTHING if one is None else reached.told(one.case)
