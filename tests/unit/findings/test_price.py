"""Warnings about price, alone and beside the other options; and what only a comparison shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from question_bank.findings.given import DatedRate, Option
from question_bank.values import Money
from tests.unit.findings.kit import BLANK, DONT_KNOW, OTHER, OWN, fired, judged, usd

TURNOVER = {"people.staff": [{"role": "agent", "attrition_pct": 58}]}
CHEAP = replace(OWN, hour=usd("8.90"), adjusted=usd("4.72"))
QUETZAL = Option("Quetzal Bridge", "nearshore", True, "recommended", Decimal(79),
                 usd("19.80"), usd("4.01"))  # fmt: skip
ONSHORE = Option("Prairie Bell", "onshore", True, "recommended", Decimal(85), usd(20), usd(4))
PUNE = {"company.sites": [{"site": "Pune", "country": "IN", "role": "primary", "seats": 900}]}
EUROS = replace(OWN, hour=Money(Decimal(25), "EUR"))


@pytest.mark.parametrize(
    ("name", "changes", "given", "severity", "text"),
    [
        ("low-price-high-attrition", TURNOVER, {"own": CHEAP}, "warning",
         "USD\u00a08.90 an hour with 58 % attrition."),
        ("abnormally-low-price", PUNE, {"own": replace(OWN, hour=usd("4.89"))}, "warning",
         "USD\u00a04.89 an hour is below the plausible floor of USD\u00a04.90."),
        ("abnormally-low-price", {}, {"own": CHEAP}, "warning",
         "USD\u00a08.90 an hour is below the plausible floor of USD\u00a015."),
        ("hidden-extras", {"price.included": ["team_lead", "quality"]}, {}, "warning",
         "Not included: forecasting and scheduling and training of replacements for leavers."),
        ("over-budget", {}, {"own": replace(OWN, hour=usd("24.01"))}, "warning",
         "USD\u00a024.01 an hour against a ceiling of USD\u00a024."),
        ("cheap-hour-dear-resolution", {},
         {"own": CHEAP, "others": (QUETZAL, replace(QUETZAL, name="Dearer", adjusted=usd("4.5")))},
         "warning", "USD\u00a08.90 an hour, but USD\u00a04.72 per resolved contact with customer "
         "loss; Quetzal Bridge asks USD\u00a019.80 an hour and comes to USD\u00a04.01."),
        ("price-only-order", {}, {"own": replace(CHEAP, tier="conditional"), "preferred": True,
         "others": (QUETZAL,)}, "warning", "You are about to choose on price alone."),
        ("price-only-order", {}, {"own": replace(QUETZAL, tier="not_eligible"), "preferred": True,
         "others": (QUETZAL,)}, "warning", "You are about to choose on price alone."),
        ("nearshore-not-middle", {}, {"others": (replace(OTHER, quality=Decimal(81)),)}, "info",
         "This nearshore option is worse than an offshore one."),
        ("nearshore-not-middle", {}, {"others": (ONSHORE,)}, "info",
         "This nearshore option is dearer than an onshore one."),
        ("nearshore-not-middle", {}, {"others": (ONSHORE, replace(OTHER, quality=Decimal(81)))},
         "info", "This nearshore option is worse than an offshore one and dearer than an onshore "
         "one."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, given, severity, text):
    assert fired(judged(name, changes, given=given)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes", "given"),
    [
        ("low-price-high-attrition", TURNOVER, {"own": replace(OWN, hour=usd("20.40"))}),
        ("low-price-high-attrition", {}, {"own": replace(OWN, hour=None)}),
        ("abnormally-low-price", PUNE, {"own": replace(OWN, hour=usd("4.90"))}),
        ("hidden-extras", {"price.included": ["team_lead", "quality", "planning"]}, {}),
        ("over-budget", {}, {"own": replace(OWN, hour=usd(24))}),
        ("cheap-hour-dear-resolution", {}, {"own": CHEAP, "others": ()}),
        ("cheap-hour-dear-resolution", {},
         {"own": CHEAP, "others": (replace(QUETZAL, adjusted=usd("4.72")),)}),
        ("cheap-hour-dear-resolution", {},
         {"own": CHEAP, "others": (replace(QUETZAL, hour=usd("11.12"), adjusted=None),)}),
        ("price-only-order", {},
         {"own": replace(CHEAP, tier="conditional"), "preferred": False, "others": (QUETZAL,)}),
        ("price-only-order", {},
         {"own": replace(OWN, tier="conditional"), "preferred": True, "others": (QUETZAL,)}),
        ("price-only-order", {}, {"own": CHEAP, "preferred": True, "others": (QUETZAL,)}),
        ("nearshore-not-middle", {}, {"others": ()}),
        ("nearshore-not-middle", {}, {"own": replace(OWN, shore="offshore"), "others": (ONSHORE,)}),
        ("nearshore-not-middle", {},
         {"others": (replace(OTHER, quality=Decimal(99), eligible=False),)}),
        ("nearshore-not-middle", {},
         {"own": replace(OWN, eligible=False), "others": (replace(OTHER, quality=Decimal(99)),)}),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes, given):
    assert judged(name, changes, given=given).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "given", "reason"),
    [
        ("low-price-high-attrition", TURNOVER, {"own": EUROS}, "no dated rate from EUR to USD"),
        ("low-price-high-attrition", {"people.staff": BLANK}, {"own": CHEAP}, "not known"),
        ("abnormally-low-price", {}, {"own": CHEAP, "labour_floors": {}},
         "no labour cost for United States"),
        ("abnormally-low-price", {"company.sites": DONT_KNOW}, {}, "not known"),
        ("hidden-extras", {"price.included": DONT_KNOW}, {}, "not known"),
        ("hidden-extras", {"price.included": []}, {"prices_open": False}, "sealed"),
        ("over-budget", {}, {"own": replace(OWN, hour=None)}, "productive hour is not known"),
        ("over-budget", {}, {"own": EUROS}, "no dated rate from EUR to USD"),
        ("cheap-hour-dear-resolution", {}, {"others": None}, "the other options are not known"),
        ("cheap-hour-dear-resolution", {},
         {"own": CHEAP, "others": (replace(QUETZAL, adjusted=None),)}, "resolved contact"),
        ("price-only-order", {},
         {"own": replace(CHEAP, tier="conditional"), "preferred": None, "others": (QUETZAL,)},
         "which option you prefer"),
        ("price-only-order", {}, {"own": replace(CHEAP, tier=None), "preferred": True,
         "others": (QUETZAL,)}, "the tier of an option"),
        ("nearshore-not-middle", {}, {"own": replace(OWN, shore=None), "others": (ONSHORE,)},
         "the shore type"),
        ("nearshore-not-middle", {}, {"own": replace(OWN, quality=None)}, "the score"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, given, reason):
    finding = judged(name, changes, given=given)
    assert finding.status == "undetermined"
    assert reason in finding.because


def rate(value: str, on: date, into: str = "USD") -> DatedRate:
    return DatedRate("EUR", into, Decimal(value), on)


@pytest.mark.parametrize(
    ("rates", "status"),
    [
        ((rate("0.9", date(2026, 11, 1)),), "does_not_fire"),
        ((rate("0.9", date(2026, 11, 1)), rate("1.1", date(2026, 11, 2))), "fires"),
        ((rate("1.1", date(2026, 11, 24)),), "undetermined"),
        ((rate("1.1", date(2026, 11, 1), "GBP"),), "undetermined"),
        ((rate("0", date(2026, 11, 1)),), "undetermined"),
    ],
)
def test_two_currencies_are_compared_at_the_newest_rate_that_is_dated(rates, status):
    assert judged("over-budget", given={"own": EUROS, "rates": rates}).status == status
