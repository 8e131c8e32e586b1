"""Whether the service survives the loss of a site, of power, of a circuit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.findings.kit import (
    ANSWERS,
    BLANK,
    CENTRE,
    CIRCUIT,
    DONT_KNOW,
    OMAHA,
    SIOUX_FALLS,
    fired,
    judged,
    site,
)

ALONE = {"company.sites": [OMAHA], "resilience.alternate-site": "none"}


def omaha(**cells) -> dict:
    return {"company.sites": [OMAHA | cells, SIOUX_FALLS]}


def alternate(**cells) -> dict:
    return {"company.sites": [OMAHA, SIOUX_FALLS | cells]}


def circuits(*rows: dict) -> dict:
    return {"resilience.carriers": [CIRCUIT | row for row in rows]}


def outages(*minutes: int | None, day: str | None = "2026-05-01") -> dict:
    return {"resilience.outages": [{"date": day, "minutes": one, "cause": "power"}
                                   for one in minutes]}  # fmt: skip


def centres(*km: int | None) -> dict:
    return {"resilience.data-centres": [CENTRE | {"km_from_primary": one, "provider": f"DC {n}"}
                                        for n, one in enumerate(km)]}  # fmt: skip


SECOND = {"carrier": "B", "parent_carrier": "B", "entry_point": "South"}


@pytest.mark.parametrize(
    ("name", "changes", "severity", "text"),
    [
        ("no-redundancy", ALONE, "mandatory",
         "One site and no other that is ready to work: any local disaster silences your line."),
        ("no-redundancy", ALONE | {"resilience.alternate-site": "cold"}, "mandatory",
         "One site and no other that is ready to work: any local disaster silences your line."),
        ("shared-fate", alternate(grid="OMAHA "), "major",
         "Sioux Falls and Omaha would be lost in the same event (same power grid)."),
        ("shared-fate", alternate(km_from_primary=49.9, hazards=None), "major",
         "Sioux Falls and Omaha would be lost in the same event (49.9 km apart)."),
        ("shared-fate",
         {"company.sites": [OMAHA | {"hazards": ["flood"]},
                            SIOUX_FALLS | {"hazards": ["flood", "tornado"], "grid": None,
                                           "km_from_primary": 99}]}, "major",
         "Sioux Falls and Omaha would be lost in the same event (same hazard within 99 km)."),
        ("fuel-shorter-than-rto", omaha(fuel_h=4, refuel_h=None), "major",
         "4 h of fuel against 8 h recovery: 4 h without service."),
        ("fuel-shorter-than-rto", omaha(fuel_h=4, refuel_h=4), "major",
         "4 h of fuel against 8 h recovery: 4 h without service."),
        ("fuel-shorter-than-rto", omaha(fuel_h=4, refuel_h=3), "minor",
         "4 h of fuel against 8 h recovery: 4 h without service."),
        ("fuel-shorter-than-rto", omaha(generator=False, fuel_h=None, refuel_h=3), "major",
         "0 h of fuel against 8 h recovery: 8 h without service."),
        ("fuel-shorter-than-rto", omaha(generator=False) | {"resilience.rto": DONT_KNOW}, "major",
         "0 h of fuel, and it is not known how long recovery takes."),
        ("fuel-shorter-than-rto", {"company.sites": [OMAHA | {"fuel_h": 4}, site("New", None)]},
         "major", "4 h of fuel against 8 h recovery: 4 h without service."),
        ("recovery-slower-than-promised", {"resilience.achieved-hours": 9.5}, "major",
         "The last test took 9.5 h, the promise is 8 h."),
        ("home-fallback-not-allowed",
         {"resilience.alternate-site": "home", "payments.method": "pause_auto"}, "major",
         "The only fallback is home working, which your data class forbids."),
        ("two-contracts-one-cable", circuits({}, SECOND | {"parent_carrier": " a "}), "major",
         "Two carrier contracts share one parent carrier."),
        ("two-contracts-one-cable", circuits({}, SECOND | {"entry_point": "NORTH"}), "major",
         "Two carrier contracts share one entry into the building."),
        ("two-contracts-one-cable",
         circuits({}, SECOND | {"entry_point": "north", "parent_carrier": "A"}), "major",
         "Two carrier contracts share one parent carrier and one entry into the building."),
        ("outage-history", outages(1000, 51), "major",
         "1,051 min down in 24 months (99.9 %), longest 1,000 min."),
        ("outage-history", outages(481), "major",
         "481 min down in 24 months (99.954 %), longest 481 min."),
        ("outage-history", outages(481, day="2020-01-01"), "major",
         "0 min down in 24 months (100 %), longest 481 min."),
        ("outage-history", outages(1051, None) | {"resilience.rto": DONT_KNOW}, "major",
         "At least 1,051 min down in 24 months (at most 99.9 %), longest known 1,051 min."),
        ("data-centres-together", centres(0, 0), "major",
         "Primary and second data centre are 0 km apart."),
        ("data-centres-together", centres(5, 9, 3), "major",
         "Primary and second data centre are at most 14 km apart."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, severity, text):
    assert fired(judged(name, changes)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("no-redundancy", ALONE | {"company.sites": [OMAHA, site("Third", "other")],
                                   "resilience.alternate-site": "warm"}),
        ("no-redundancy", {"resilience.alternate-site": "none"}),
        ("no-redundancy", {"resilience.alternate-site": "hot", "company.sites": BLANK}),
        ("shared-fate", {"company.sites": [OMAHA]}),
        ("shared-fate", alternate(km_from_primary=99, hazards=["flood"])),
        ("shared-fate", alternate(km_from_primary=100, hazards=None)),
        ("fuel-shorter-than-rto", omaha(fuel_h=8)),
        ("fuel-shorter-than-rto", {"company.sites": [OMAHA, SIOUX_FALLS | {"generator": False}]}),
        ("recovery-slower-than-promised", {"resilience.achieved-hours": 8}),
        ("home-fallback-not-allowed", {"resilience.alternate-site": "home"}),
        ("home-fallback-not-allowed",
         {"resilience.alternate-site": "warm", "payments.method": BLANK}),
        ("two-contracts-one-cable", circuits({})),
        ("two-contracts-one-cable", {"resilience.carriers": []}),
        ("two-contracts-one-cable", circuits({}, {"parent_carrier": "C", "entry_point": "East"})),
        ("outage-history", outages(480, 480, 90)),
        ("outage-history", {"resilience.outages": [], "resilience.rto": DONT_KNOW}),
        ("outage-history", outages(400, 400, 400, day="2024-11-22")),
        ("data-centres-together", centres(0)),
        ("data-centres-together", {"resilience.data-centres": []}),
        ("data-centres-together", centres(0, 30)),
        ("data-centres-together", centres(0, 5, 60, None)),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes):
    assert judged(name, changes).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "reason"),
    [
        ("no-redundancy", ALONE | {"resilience.alternate-site": DONT_KNOW}, "not known"),
        ("no-redundancy", ALONE | {"company.sites": BLANK}, "not known"),
        ("no-redundancy", ALONE | {"company.sites": []}, "no site is named as the primary"),
        ("no-redundancy", ALONE | {"company.sites": [OMAHA, site("New", None)]}, "“Role” of “New”"),
        ("shared-fate", alternate(grid=None), "“Power grid” of “Sioux Falls”"),
        ("shared-fate", alternate(km_from_primary=None), "Distance from the primary"),
        ("shared-fate", {"company.sites": [SIOUX_FALLS]}, "no site is named as the primary"),
        ("shared-fate", {"company.sites": DONT_KNOW}, "not known"),
        ("fuel-shorter-than-rto", {"company.sites": []}, "no site is named as the primary"),
        ("fuel-shorter-than-rto", omaha(fuel_h=None), "“Generator fuel” of “Omaha”"),
        ("fuel-shorter-than-rto", {"resilience.rto": DONT_KNOW}, "not known"),
        ("recovery-slower-than-promised", {"resilience.achieved-hours": DONT_KNOW}, "not known"),
        ("recovery-slower-than-promised", {"resilience.rto": BLANK}, "not known"),
        ("home-fallback-not-allowed",
         {"resilience.alternate-site": "home", "payments.method": BLANK}, "not known"),
        ("home-fallback-not-allowed",
         {"resilience.alternate-site": DONT_KNOW, "payments.method": "pause_auto"}, "not known"),
        ("two-contracts-one-cable", circuits({}, {"carrier": "B", "parent_carrier": None,
                                                  "entry_point": "East"}), "Parent carrier"),
        ("two-contracts-one-cable", {"resilience.carriers": BLANK}, "not known"),
        ("outage-history", outages(100, None), "“Duration” is not stated"),
        ("outage-history", outages(400, 400, 400, day=None), "“Date” is not stated"),
        ("outage-history", {"resilience.rto": DONT_KNOW}, "not known"),
        ("data-centres-together", centres(20, 40), "how far “DC 0” and “DC 1” are apart"),
        ("data-centres-together", centres(0, None), "Distance from the primary site"),
        ("data-centres-together", {"resilience.data-centres": DONT_KNOW}, "not known"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, reason):
    finding = judged(name, changes)
    assert finding.status == "undetermined"
    assert reason in finding.because


@pytest.mark.parametrize(
    ("profiles", "cards", "severity"),
    [
        (["L"], ["pii"], "mandatory"),
        (["R", "P"], ["pii"], "undetermined"),
        (["R"], ["card"], "major"),
        (["L", "P"], ["card"], "mandatory"),
        (["R"], ["pii"], "does_not_fire"),
    ],
)
def test_home_fallback_is_as_severe_as_the_strictest_profile(profiles, cards, severity):
    finding = judged(
        "home-fallback-not-allowed",
        {"resilience.alternate-site": "home", "payments.method": "heard_recorded"},
        brief={"profiles": profiles, "data_classes": cards},
    )
    assert (finding.severity if finding.fires else finding.status) == severity


def test_a_firing_finding_gives_its_figures_and_what_it_replaces():
    finding = judged("fuel-shorter-than-rto", omaha(fuel_h=4))
    assert finding.figures == {"fuel": Decimal(4), "rto": Decimal(8), "gap": Decimal(4)}
    assert finding.used == ("company.sites", "resilience.rto")
    assert finding.replaces == ("company.sites#3", "company.sites#4")


def test_the_outages_of_exactly_24_months_ago_count():
    assert judged("outage-history", outages(400, 400, 400, day="2024-11-23")).fires


def test_an_achieved_time_that_was_asked_for_while_the_test_is_unknown_counts():
    changes = {"resilience.last-test": DONT_KNOW, "resilience.achieved-hours": 30}
    assert ANSWERS["resilience.rto"] == 8
    assert judged("recovery-slower-than-promised", changes).fires
