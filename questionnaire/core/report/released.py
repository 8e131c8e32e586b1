"""Hours that outsourcing gives back to the buyer's own people, and the way to a site (claim C02).

Hours of own agents on today's contacts, less what managing the vendor takes; the tables of policy
say how much that is. No price takes part.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from questionnaire.core.basis import Basis
from questionnaire.core.cost import MONTH_HOURS
from questionnaire.core.numbers import number_of
from questionnaire.core.phrases import say
from questionnaire.core.shore import Shore
from questionnaire.core.truth import Unsure

Figure = Decimal | Unsure
_MONTHS = 12


def assumed(basis: Basis, table: str, name: str) -> Figure:
    """A number of a policy table; Unsure in an edition that was made before there was one."""
    held = basis.bank.policy.get(table)
    found = number_of(held.get(name)) if isinstance(held, Mapping) else None
    if found is None:
        return Unsure(say(basis.language, "this edition has no table for it"))
    return found


def travel(basis: Basis, shore: Shore) -> Figure:
    """Estimated hours from the buyer's main office to the site, one way."""
    if isinstance(shore.km, Unsure):
        return shore.km
    km, figures = Decimal(str(shore.km)), []
    for name in (
        "most_km_by_road", "km_an_hour_by_road", "km_an_hour_by_air", "hours_besides_the_flight",
    ):  # fmt: skip
        figure = assumed(basis, "travel", name)
        if isinstance(figure, Unsure):
            return figure
        figures.append(figure)
    most, road, air, besides = figures
    return km / road if km <= most else km / air + besides


def own_hours(basis: Basis) -> Figure:
    """Productive hours a month that own agents spend on the contacts of the brief."""
    contacts, seconds, busy = (
        basis.number(name) for name in ("monthly_contacts", "inhouse.aht", "inhouse.occ")
    )
    if isinstance(contacts, Unsure) or isinstance(seconds, Unsure) or isinstance(busy, Unsure):
        text = "your brief does not state contacts a month, handling time and occupancy"
        return Unsure(say(basis.language, text))
    if not busy:
        return Unsure(say(basis.language, "it would be divided by nothing"))
    return contacts * seconds / 3600 / busy


def management(basis: Basis, shore: Shore) -> Figure:
    """Hours a month that the buyer's own people spend on managing a vendor at that place."""
    way, figures = travel(basis, shore), []
    if isinstance(way, Unsure):
        return way
    for name in ("posts", "visits_a_year", "hours_of_a_visit"):
        figure = assumed(basis, "vendor_management", name)
        if isinstance(figure, Unsure):
            return figure
        figures.append(figure)
    posts, visits, hours = figures
    return posts * MONTH_HOURS + visits * (hours + 2 * way) / _MONTHS


def released(basis: Basis, shore: Shore) -> Figure:
    """Hours a month of own people that an option gives back; below zero it takes more."""
    today, managing = own_hours(basis), management(basis, shore)
    if isinstance(today, Unsure):
        return today
    return managing if isinstance(managing, Unsure) else today - managing
