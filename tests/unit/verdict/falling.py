"""Vendors of the demo, and what there is to do when only some of them take part."""

from __future__ import annotations

from functools import cache
from typing import Any

from questionnaire.core.basis import Basis, Offer
from questionnaire.core.fallback import Fallback, fall_back
from questionnaire.core.verdict import Verdict, reach, reach_all
from tests.unit.verdict.cases import basis, changed, offer, vendor, whole


def among(*codes: str) -> list[Offer]:
    return [one for one in whole().offers if one.code in codes]


@cache
def verdicts(*codes: str) -> tuple[Verdict, ...]:
    return reach_all(basis(), among(*codes))


def of(*codes: str, own: Verdict | None = None) -> Fallback:
    return fall_back(basis(), among(*codes), verdicts(*codes), own)


def alone(offer: Offer, on: Basis | None = None) -> Fallback:
    """One vendor takes part."""
    return fall_back(on or basis(), [offer], [reach(on or basis(), offer)])


def only(**answers: Any) -> Offer:
    """The demo's best vendor with something spoiled."""
    return offer(changed(vendor("CR"), **answers))
