"""The demo's buyer and vendors, as the findings see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from question_bank.findings.given import Given, Trial
from question_bank.findings.outcome import Finding
from questionnaire import demo
from questionnaire.core.answers import Answer, kept_answer
from questionnaire.core.findings import find
from tests.unit.findings.kit import GIVEN, ON, bank

VENDORS = ("PH", "IN", "CR", "DO", "US", "LV")


@cache
def case() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(
        (Path(demo.__file__).parent / "case.json").read_text(encoding="utf-8")
    )
    return told


def brief() -> Mapping[str, Any]:
    buyer: Mapping[str, Any] = case()["buyer"]
    return buyer


@cache
def answers(vendor: str) -> Mapping[str, Answer]:
    told = case()["vendors"][vendor]["answers"]
    return {
        name: kept_answer(bank().questions[name], "answered", value)
        for name, value in told.items()
        if value is not None
    }


def given(vendor: str) -> Given:
    """The trial as it went; evidence is accepted, and nothing is known of the other options."""
    told = case()["vendors"][vendor]["trial"]
    measured = (Decimal(str(told[name])) for name in ("fcr", "csat", "aht"))
    return Given(
        vendor=case()["vendors"][vendor]["short"],
        papers=(),
        evidenced=GIVEN.evidenced,
        trial=Trial(True, *measured),
    )


def findings(vendor: str, changed: Mapping[str, Answer] | None = None) -> dict[str, Finding]:
    """Everything that is found about one vendor; with `changed`, after these answers changed."""
    told = {**answers(vendor), **(changed or {})}
    found = find(bank(), brief(), told, on=ON, extra=given(vendor))
    return {one.id: one for one in found}
