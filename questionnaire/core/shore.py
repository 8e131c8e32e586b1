"""Onshore, nearshore or offshore: computed from the map and the clock, relative to the buyer.

Brief 5.2; a vendor's own label is never taken for it. The shore type is shown, and never earns or
costs a point: nothing else in the core looks at it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from questionnaire.core.gazetteer import Place, find_city
from questionnaire.core.phrases import quoted, say
from questionnaire.core.truth import Unsure

TYPES = ("in_house", "onshore", "nearshore", "offshore")
MOST_HOURS, MOST_KM = 4.0, 6000.0
_EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Shore:
    """The type, or why it is not known, with what was measured beside it."""

    type: str | Unsure
    km: float | Unsure
    #: Hours that the site is ahead of the buyer's office (behind: negative), in January and July.
    hours: tuple[float, float] | Unsure


def place_of(country: str | None, city: str | None, language: str = "en") -> Place | Unsure:
    """The city on the map; Unsure when it is not named or not found."""
    if not country or not city:
        return Unsure(say(language, "country and city are not both known"))
    found = find_city(country, city)
    if found is None:
        return Unsure(say(language, "{city} is not on our map", city=quoted(city)))
    return found


def in_house() -> Shore:
    return Shore("in_house", 0.0, (0.0, 0.0))


def shore_of(
    country: str | None,
    site: Place | Unsure,
    office: Place | Unsure,
    home_market: str | None,
    *,
    year: int,
    language: str = "en",
) -> Shore:
    """The type of a site that would carry most of the seats; clocks are compared in `year`."""
    km, hours = _distance(site, office), _difference(site, office, year, language)
    if not country or not home_market:
        kind: str | Unsure = Unsure(say(language, "the site's country or your market is not known"))
    elif country == home_market:
        kind = "onshore"
    elif isinstance(km, Unsure):
        kind = km
    elif isinstance(hours, Unsure):
        kind = hours
    else:
        near = km <= MOST_KM and max(map(abs, hours)) <= MOST_HOURS
        kind = "nearshore" if near else "offshore"
    return Shore(kind, km, hours)


def great_circle_km(one: Place, other: Place) -> float:
    """The shortest way over the globe (haversine)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    apart = math.radians(other.longitude - one.longitude)
    chord = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(apart / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _distance(site: Place | Unsure, office: Place | Unsure) -> float | Unsure:
    if isinstance(site, Unsure):
        return site
    return office if isinstance(office, Unsure) else great_circle_km(site, office)


def _difference(
    site: Place | Unsure, office: Place | Unsure, year: int, language: str
) -> tuple[float, float] | Unsure:
    if isinstance(site, Unsure):
        return site
    if isinstance(office, Unsure):
        return office
    try:
        there, here = ZoneInfo(site.time_zone), ZoneInfo(office.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return Unsure(say(language, "the time zone is not known"))
    return _apart(there, here, year, 1), _apart(there, here, year, 7)


def _apart(there: ZoneInfo, here: ZoneInfo, year: int, month: int) -> float:
    """Hours between two clocks at noon (UTC) on the 15th of a month."""
    noon = datetime(year, month, 15, 12, tzinfo=UTC)
    offsets = [noon.astimezone(zone).utcoffset() for zone in (there, here)]
    ahead, behind = (one.total_seconds() if one else 0.0 for one in offsets)
    return (ahead - behind) / 3600
