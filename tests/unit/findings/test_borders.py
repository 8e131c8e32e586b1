"""The figure at which a finding begins to fire, and the last one at which it does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank.findings.figures import cut, rounded
from tests.unit.findings.kit import (
    CENTRE,
    CLIENTS,
    OMAHA,
    OTHER,
    OWN,
    SIOUX_FALLS,
    client,
    judged,
    shift,
    usd,
)

RUDE = {"culture.hours": 8}
STAFF = [{"role": "agent", "attrition_pct": 41}]


def left(gone: int, stayed: int, day: str = "2026-01-01") -> dict:
    return {"clients.list": [
        *(client(f"Gone {n}", 0, status="ended", ended=day) for n in range(gone)),
        *(client(f"Kept {n}", 10) for n in range(stayed)),
    ]}  # fmt: skip


def apart(*km: int) -> dict:
    return {"resilience.data-centres": [CENTRE | {"km_from_primary": one} for one in km]}


def alternate(**cells) -> dict:
    return {"company.sites": [OMAHA | {"hazards": ["flood"]},
                              SIOUX_FALLS | {"hazards": ["flood"]} | cells]}  # fmt: skip


def named(name: str) -> dict:
    return {"clients.list": [*CLIENTS, client(name, 10)]}


@pytest.mark.parametrize(
    ("name", "fires", "rests"),
    [
        ("one-client-risk", {"clients.total-seats": 199}, {"clients.total-seats": 200}),
        ("clients-leaving", left(13, 38), left(13, 39)),
        ("clients-leaving", left(3, 5, "2024-11-23"), left(3, 5, "2024-11-22")),
        ("client-list-incomplete", {"clients.total-seats": 329}, {"clients.total-seats": 328}),
        ("shared-fate", alternate(km_from_primary=99), alternate(km_from_primary=100)),
        ("shared-fate", alternate(km_from_primary=49, hazards=["tornado"]),
         alternate(km_from_primary=50, hazards=["tornado"])),
        ("data-centres-together", apart(14, 15), apart(0, 30)),
        ("polite-here-rude-there", RUDE | {"culture.attitude-complaints": 10.5},
         RUDE | {"culture.attitude-complaints": 10}),
        ("polite-here-rude-there", {"culture.hours": 15.5, "culture.attitude-complaints": 20},
         {"culture.hours": 16, "culture.attitude-complaints": 20}),
        ("leaver-exposure", {"people.staff": STAFF, "security.leaver-hours": 24.5},
         {"people.staff": STAFF, "security.leaver-hours": 24}),
        ("codes-in-recordings", {"payments.stored-codes": "yes", "security.recording-days": 1},
         {"payments.stored-codes": "yes", "security.recording-days": 0}),
        ("hours-not-rostered", {"services.shifts": [shift("06:00", "21:59", agents=1)]},
         {"services.shifts": [shift("06:00", "22:00", agents=1)]}),
        ("competitor-fuzzy", named("Larkspur Linens"), named("Larkspur Homes")),
        ("competitor-conflict", named("Larkspur S.R.L. de C.V. Living"),
         named("Larkspur de Living")),
    ],
)  # fmt: skip
def test_one_step_further_it_fires(name, fires, rests):
    assert judged(name, fires).fires
    assert judged(name, rests).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "fires", "rests"),
    [
        ("cheap-hour-dear-resolution", replace(OTHER, hour=usd("27.50"), adjusted=usd("3.99")),
         replace(OTHER, hour=usd("27.49"), adjusted=usd("3.99"))),
        ("nearshore-not-middle", replace(OTHER, quality=Decimal("80.1")),
         replace(OTHER, quality=Decimal(80))),
        ("nearshore-not-middle", replace(OTHER, shore="onshore", hour=usd("21.99")),
         replace(OTHER, shore="onshore", hour=usd(22))),
    ],
)  # fmt: skip
def test_one_step_further_another_option_makes_it_fire(name, fires, rests):
    assert judged(name, given={"others": (fires,)}).fires
    assert judged(name, given={"others": (rests,)}).status == "does_not_fire"


def test_a_low_price_needs_more_than_forty_leavers_of_a_hundred():
    cheap = {"own": replace(OWN, hour=usd("20.39"))}
    for rate, fires in ((40, False), (40.5, True)):
        changes = {"people.staff": [{"role": "agent", "attrition_pct": rate}]}
        assert judged("low-price-high-attrition", changes, given=cheap).fires is fires


@pytest.mark.parametrize(("seats", "severity"), [(120, "minor"), (119, "major")])
def test_a_client_of_more_than_half_the_seats_is_a_major_risk(seats, severity):
    assert judged("one-client-risk", {"clients.total-seats": seats}).severity == severity


def test_distances_that_add_up_to_the_limit_are_not_clear():
    assert judged("data-centres-together", apart(15, 15)).status == "undetermined"


@pytest.mark.parametrize(("hours", "status"), [(0, "undetermined"), (168, "fires")])
def test_a_week_has_between_1_and_168_hours(hours, status):
    assert judged("hours-not-rostered", brief={"coverage_hours": hours}).status == status


def test_hours_are_cut_and_never_rounded_up():
    finding = judged("hours-not-rostered", {"services.shifts": [shift("06:00", "21:59")]})
    assert finding.figures["h"] == Decimal("111.8")
    assert cut(Decimal("99.9999"), 3) == Decimal("99.999")


@pytest.mark.parametrize(
    ("figure", "limit", "told"),
    [("69.99", "70", "69.99"), ("1.45", None, "1.4"), ("2", "2", "2"),
     ("30.0000004", "30", "30.0000004")],
)  # fmt: skip
def test_a_rounded_figure_stays_on_its_side_of_the_limit(figure, limit, told):
    found = rounded(Decimal(figure), None if limit is None else Decimal(limit))
    assert found == Decimal(told)
