"""How many callers one power cut would leave without an answer: an estimate (brief 3.3, C46).

Calls of an open hour x hours that the promised recovery takes longer than the fuel lasts x the
share of callers whom nothing catches. Whatever of it is not known leaves the whole not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from questionnaire.core.case import Case
from questionnaire.core.numbers import number_of
from questionnaire.core.parts import cell, number, part_of, played, rows
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure

#: Weeks of a month, as a fraction: a year's weeks by its months.
_WEEKS, _MONTHS = 52, 12
#: The share of callers that is left, by what catches them (brief 3.3); otherwise all are.
_ELSEWHERE, _CALLED_BACK, _ALL = Decimal(0), Decimal("0.3"), Decimal(1)


def calls_an_hour(case: Case) -> Decimal | Unsure:
    """The buyer's contacts of one open hour; every contact is taken for a call."""
    contacts, week = (number_of(case.stated(at)) for at in ("monthly_contacts", "coverage_hours"))
    if contacts is None:
        return Unsure(say(case.language, "your brief states no contacts a month"))
    if week is None or week <= 0:
        return Unsure(say(case.language, "your brief states no hours of service a week"))
    return contacts * _MONTHS / (week * _WEEKS)


def hours_without_service(case: Case) -> Decimal | Unsure:
    """From the last drop of fuel to the promised recovery; the worst primary site decides."""
    promised, sites = number("recovery.promised", case), rows("sites.primary", case)
    if isinstance(promised, Unsure):
        return promised
    if isinstance(sites, Unsure):
        return sites
    if not sites:
        return Unsure(say(case.language, "no primary site is named"))
    lasting = [_fuel(site, case) for site in sites]
    least = promised
    for hours in lasting:
        if isinstance(hours, Unsure):
            return hours
        least = min(least, hours)
    return promised - least


def share_left(case: Case) -> Decimal | Unsure:
    """The share of callers whom nothing catches while the service is down, from 0 to 1."""
    said = played("fallback", case)
    if isinstance(said, Unsure):
        return said
    for role, share in (("elsewhere", _ELSEWHERE), ("call_back", _CALLED_BACK)):
        part = part_of(f"fallback.{role}", case)
        if not isinstance(part, Unsure) and part.code in said:
            return share
    return _ALL


def callers_left(case: Case) -> Decimal | Unsure:
    """Callers whom one such event leaves without an answer."""
    found = Decimal(1)
    for figure in (calls_an_hour(case), hours_without_service(case), share_left(case)):
        if isinstance(figure, Unsure):
            return figure
        found *= figure
    return found


def _fuel(site: Mapping[str, Any], case: Case) -> Decimal | Unsure:
    """Hours that a site's generator runs; without one there are none (brief 3.1)."""
    generator = cell("sites.generator", site, case)
    if generator is False:
        return Decimal(0)
    hours = number_of(cell("sites.fuel", site, case))
    if generator is None or hours is None:
        return Unsure(say(case.language, "how long the fuel of a primary site lasts is not said"))
    return hours
