"""A vendor about whom nothing is found, and what a finding says when something is changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from question_bank.findings.given import BestClient, Given, Option, Trial
from question_bank.findings.outcome import Finding
from question_bank.findings.rules import RULES
from question_bank.loader import load_bank
from question_bank.model import Bank
from question_bank.values import Money
from questionnaire.core.answers import Answer, kept_answer
from questionnaire.core.findings import find

ON = date(2026, 11, 23)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DONT_KNOW = Answer("dont_know")
BLANK = Answer("blank")


@cache
def bank() -> Bank:
    return load_bank()


def usd(amount: str | int) -> Money:
    return Money(Decimal(amount), "USD")


def shift(start: str, end: str, days: list[str] | None = None, agents: int | None = 10) -> dict:
    return {"shift": f"{start} on", "start": start, "end": end, "days": days or WEEK,
            "agents": agents, "supervisor_present": True}  # fmt: skip


def client(name: str | None, seats: int | None, **cells: Any) -> dict:
    return {"client": name, "coded": False, "sector": "travel", "size_band": "mid",
            "seats": seats, "status": "current", **cells}  # fmt: skip


def site(name: str, role: str | None, **cells: Any) -> dict:
    return {"site": name, "country": "US", "role": role, "seats": 300, "hazards": ["tornado"],
            "grid": name, "km_from_primary": 0 if role == "primary" else 265, "generator": True,
            "fuel_h": 48, "refuel_h": 6, **cells}  # fmt: skip


def paper(standard: str | None, **cells: Any) -> dict:
    return {"standard": standard, "edition": "2022", "scope_sites": ["Omaha"],
            "covers_contact_service": True, "issuer": "Auditor", "accredited": True,
            "issued": "2026-01-01", "expires_or_period_end": "2028-01-01",
            "status": "issued", **cells}  # fmt: skip


OMAHA, SIOUX_FALLS = site("Omaha", "primary"), site("Sioux Falls", "alternate")
CLIENTS = [client("Northwind", 60), client("Tailspin", 50), client("Fabrikam", 45),
           client("Contoso", 40), client("Litware", 35)]  # fmt: skip
CENTRE = {"provider": "Cloud", "country": "US", "role": "primary", "km_from_primary": 100}
PARTNER = {"name": "Cloud", "service": "platform", "country": "US"}
CIRCUIT = {"carrier": "A", "parent_carrier": "A", "entry_point": "North"}

BRIEF: Mapping[str, Any] = {
    "profiles": ["R", "P"], "currency": "USD", "sector": "retail", "size": "mid",
    "home_market": "US", "jurisdictions": ["us"], "service_lines": ["inbound_care"],
    "coverage": "x16", "coverage_hours": 112, "seats_needed": 45, "complexity": "medium",
    "languages": [{"language": "en", "min_spoken": "B2", "agents_needed": 30}],
    "competitors": ["Maple & Main Home", "Larkspur Living"], "data_classes": ["pii", "card"],
    "permitted_countries": ["US", "CA"], "contract_start": "2027-03-01", "medicare": False,
    "us_communications_provider": False, "inhouse": {"rate": 34}, "budget_rate": 24,
    "min_share": 2, "max_share": 35,
}  # fmt: skip

ANSWERS: Mapping[str, Any] = {
    "company.sites": [OMAHA, SIOUX_FALLS],
    "services.hours": "x16",
    "services.shifts": [shift("06:00", "14:00"), shift("14:00", "22:00")],
    "clients.list": CLIENTS,
    "clients.total-seats": 250,
    "clients.best-clients": "Northwind",
    "clients.competitors": "no",
    "clients.our-rank": "top5",
    "language.languages": [{"language": "en", "agents": 90, "hours": "x16"}],
    "language.voice-alteration": False,
    "language.repeat-rate": 2,
    "culture.hours": 24,
    "culture.attitude-complaints": 4,
    "scripting.freedom": "guided",
    "people.staff": [{"role": "agent", "attrition_pct": 30, "headcount": 90}],
    "people.home-working": "no",
    "resilience.alternate-site": "hot",
    "resilience.rto": 8,
    "resilience.last-test": "2026-09-01",
    "resilience.achieved-hours": 6,
    "resilience.carriers": [CIRCUIT, {**CIRCUIT, "carrier": "B", "parent_carrier": "B",
                                      "entry_point": "South"}],
    "resilience.data-centres": [CENTRE, {**CENTRE, "role": "secondary", "km_from_primary": 900}],
    "resilience.outages": [{"date": "2026-01-19", "minutes": 50}],
    "security.certifications": [paper("iso27001")],
    "security.leaver-hours": 4,
    "security.recordings": "buyer_keys",
    "security.recording-days": 90,
    "security.ai-use": ["transcribe"],
    "privacy.countries": ["US"],
    "privacy.subprocessors": [PARTNER],
    "privacy.transfer-tool": "scc_tia",
    "privacy.offshore-attestation": True,
    "payments.method": "dtmf",
    "payments.stored-codes": "no_scanned",
    "price.included": ["team_lead", "quality", "planning", "refill_training"],
    "contract.subcontracting": "consent",
    "quality.csat": 90,
    "quality.fcr": 80,
    "quality.aht": 400,
}  # fmt: skip

OWN = Option("This one", shore="nearshore", eligible=True, tier="recommended",
             quality=Decimal(80), hour=usd(22), adjusted=usd(4))  # fmt: skip
OTHER = Option("Another", shore="offshore", eligible=True, tier="conditional",
               quality=Decimal(70), hour=usd(15), adjusted=usd(5))  # fmt: skip
GIVEN = Given(
    vendor="Prairie Bell",
    papers=(),
    evidenced=frozenset(("quality.csat", "quality.fcr", "language.repeat-rate",
                         "culture.attitude-complaints")),
    trial=Trial(completed=True, fcr=Decimal(79), csat=Decimal(89), aht=Decimal(410)),
    best_clients=(BestClient("Northwind", "retail", "mid", ("inbound_care",)),),
    no_conflict=None,
    own=OWN,
    others=(OTHER,),
    preferred=False,
    labour_floors={"US": usd(15)},
    prices_open=True,
)  # fmt: skip


def answers_with(changes: Mapping[str, Any]) -> dict[str, Answer]:
    """The good vendor's answers with some changed; None takes one away."""
    told = {**ANSWERS, **changes}
    return {
        name: value
        if isinstance(value, Answer)
        else kept_answer(bank().questions[name], "answered", value)
        for name, value in copy.deepcopy(told).items()
        if value is not None
    }


def all_findings(
    changes: Mapping[str, Any] | None = None,
    *,
    brief: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    **options: Any,
) -> dict[str, Finding]:
    """Every finding about the good vendor after these changes, by id."""
    found = find(
        bank(),
        {**BRIEF, **(brief or {})},
        answers_with(changes or {}),
        on=options.pop("on", ON),
        extra=replace(GIVEN, **(given or {})),
        **options,
    )
    return {one.id: one for one in found}


def judged(name: str, changes: Mapping[str, Any] | None = None, **options: Any) -> Finding:
    """One finding about the good vendor after these changes."""
    return all_findings(changes, **options)[name]


def fired(finding: Finding) -> tuple[str, str]:
    """Its severity and its text; the test fails here when it does not fire."""
    assert finding.status == "fires", (finding.status, finding.because)
    assert set(finding.figures) in RULES[finding.id].gives.values()
    assert "…" not in finding.text
    return finding.severity, finding.text
