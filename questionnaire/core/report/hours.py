"""What an option gives back in hours, beside what it costs: a price is not all there is (C02)."""

from __future__ import annotations

from decimal import Decimal

from questionnaire.core.phrases import say
from questionnaire.core.report import laying, naming, released, words
from questionnaire.core.report.blocks import Cell, Head, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure


def table(matter: Matter) -> Table:
    """Hours beside the cost, so that a price is not all that is seen of an option (C02)."""
    language = matter.language
    heads = [*naming.heads(matter), Head(say(language, "Own hours released a month"), "whole")]
    own = [*naming.own_team(matter), Cell(laying.NOTHING)]
    rows = [
        [
            *naming.named(matter, one),
            Cell(words.known(released.released(matter.basis, one.verdict.shore))),
        ]
        for one in naming.placed(matter)
    ]
    title = say(language, "Hours released")
    if matter.prices_open:
        title = say(language, "Hours released, and cost in {c}", c=matter.currency)
        heads += [
            Head(say(language, "Productive hour"), "amount"),
            Head(say(language, "Contact"), "amount"),
            Head(say(language, "Resolved contact"), "amount"),
            Head(say(language, "Resolved, with loss"), "amount"),
        ]
        own += _cost(matter, None)
        rows = [
            [*row, *_cost(matter, one)]
            for row, one in zip(rows, naming.placed(matter), strict=True)
        ]
    return Table(
        "options-hours", title, tuple(heads), (tuple(own), *map(tuple, rows)), _about_hours(matter)
    )


def _released(matter: Matter, one: Judged) -> Decimal | None:
    return words.known(released.released(matter.basis, one.verdict.shore))


def _cost(matter: Matter, one: Judged | None) -> list[Cell]:
    """The four figures of an option that may be compared by its price."""
    if one is not None and not one.eligible:
        return [Cell(laying.NOTHING)] * 4
    cost = matter.basis.inhouse_cost if one is None else one.verdict.cost
    figures = (cost.hour, cost.contact, cost.resolved, cost.adjusted)
    return [Cell(words.known(figure)) for figure in figures]


def _about_hours(matter: Matter) -> str:
    language, basis = matter.language, matter.basis
    hours = released.own_hours(basis)
    if isinstance(hours, Unsure):
        return say(language, "Hours are not known, because {why}.", why=hours.why)
    text = say(
        language,
        "Your own agents spend {n} productive hours a month on the contacts of your brief.",
        n=str(words.shown(hours, "whole", language)),
    )
    posts = released.assumed(basis, "vendor_management", "posts")
    visits = released.assumed(basis, "vendor_management", "visits_a_year")
    day = released.assumed(basis, "vendor_management", "hours_of_a_visit")
    if isinstance(posts, Unsure) or isinstance(visits, Unsure) or isinstance(day, Unsure):
        return text
    more = say(
        language,
        "Released is what is left of them when managing the vendor takes {posts} of a full-time "
        "post and {visits} visits a year of {day} hours, with the way there and back: an "
        "assumption for every vendor alike.",
        posts=words.figure(posts, language),
        visits=words.figure(visits, language),
        day=words.figure(day, language),
    )
    return f"{text} {more}"
