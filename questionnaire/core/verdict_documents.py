"""Verdicts as JSON: amounts to a hundredth, scores and shares to a tenth, null for unknown.

What is null says why under `unknown`, costs under their own `undetermined`. Two figures are told
to a hundredth that are neither: the mean mark of a trial, from 1 to 5, since it is held against
limits like 3.8, and availability, since a tenth of a percent of two years is 17 hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from questionnaire.core.basis import Basis
from questionnaire.core.certainty import Certainty
from questionnaire.core.cost import Cost, Figure
from questionnaire.core.efficiency import efficient, level_at_the_top
from questionnaire.core.inhouse import must_fix
from questionnaire.core.numbers import json_number
from questionnaire.core.rounding import rounded
from questionnaire.core.sensitivity import close_call
from questionnaire.core.shore import Shore
from questionnaire.core.trial import Outcome
from questionnaire.core.truth import Unsure
from questionnaire.core.value import TIERS_IN_ORDER, ordered
from questionnaire.core.verdict import Verdict

_COST_FIGURES = ("hour", "contact", "resolved", "loss", "adjusted")


def document_of(
    basis: Basis, verdicts: Sequence[Verdict], own_team: Verdict | None = None
) -> dict[str, Any]:
    """The whole result: the buyer's own team, each vendor, and the order inside each tier."""
    options = [one.option for one in verdicts]
    best = efficient([one.place for one in verdicts if one.eligible])
    return {
        "evaluation_date": basis.on.isoformat(),
        "currency": basis.terms.currency,
        "price_weight": json_number(basis.price_weight),
        "inhouse": {"cost": _cost(basis.inhouse_cost)}
        if own_team is None
        else own_team_document(basis, own_team),
        "order": {
            tier: [one.code for one in ordered(options, tier, basis.price_weight)]
            for tier in TIERS_IN_ORDER
        },
        "close_call": list(close_call(options, basis.price_weight)),
        "level_at_the_top": list(level_at_the_top(options, basis.price_weight)),
        "efficient": [one.code for one in verdicts if one.code in best],
        "vendors": {one.code: verdict_document(one) for one in verdicts},
    }


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """One vendor's verdict."""
    tier, quality, trial = verdict.tier, verdict.quality, verdict.trial
    return {
        "name": verdict.name,
        "tier": tier.name,
        "reasons": list(tier.reasons),
        "conditions": [one.text for one in tier.conditions],
        "contract_conditions": _contract_conditions(verdict),
        "mandatory_gaps": len(tier.mandatory),
        "major_gaps": len(tier.majors),
        **_counts(verdict),
        "section_scores": {one.section: _figure(one.score, 1) for one in quality.sections},
        "under_floor": [one.section for one in quality.sections if one.under_floor],
        "section_quality": _figure(quality.section_quality, 1),
        "trial_result": trial.result,
        "trial_reasons": list(trial.reasons),
        "trial_mean": _figure(trial.mean, 2),
        "trial_interval": _figure(trial.interval, 2),
        "trial_score": _figure(trial.score, 1),
        "first_trial": _first_trial(verdict.first_trial),
        "quality_score": _figure(quality.quality, 1),
        "quality_interval": _interval(verdict.certainty),
        "price_utility": _figure(verdict.utility, 1),
        "value": _figure(verdict.value, 1),
        "cost": _cost(verdict.cost),
        "shore": _shore(verdict.shore),
        "seat_share": _figure(verdict.seat_share, 1),
        "rank": None if isinstance(verdict.rank, Unsure) else list(verdict.rank),
        "availability": _figure(verdict.availability, 2),
        "unknown": _unknown(verdict),
        "failed_mandatory": failed_mandatory(verdict),
        "findings": [
            {"id": one.id, "severity": one.severity, "text": one.text}
            for one in verdict.findings
            if one.fires
        ],
        "undetermined": [
            {"id": one.id, "severity": one.severity, "because": one.because}
            for one in verdict.findings
            if one.undetermined
        ],
    }


#: What only vendors have: an order among them, and clients.
_OF_VENDORS = (
    "name", "tier", "reasons", "conditions", "contract_conditions", "price_utility", "value",
    "seat_share", "rank",
)  # fmt: skip


def own_team_document(basis: Basis, verdict: Verdict) -> dict[str, Any]:
    """The verdict on the buyer's own team: what it has to put right, and no tier (brief 5.5)."""
    document = verdict_document(verdict)
    for name in _OF_VENDORS:
        del document[name]
        document["unknown"].pop(name, None)
    return document | {
        "passes": verdict.tier.name == "recommended",
        "must_fix": [one.text for one in must_fix(verdict, basis.bank, basis.language)],
    }


def failed_mandatory(verdict: Verdict) -> list[str]:
    """The questions with a mandatory requirement that is not met, waived or not."""
    gaps = (one.requirement for one in verdict.judgements if one.is_gap)
    return list(dict.fromkeys(one.question for one in gaps if one.severity == "mandatory"))


def _contract_conditions(verdict: Verdict) -> list[str]:
    """Who is eligible takes the major gaps that remain into the contract (brief 5.4)."""
    if not verdict.eligible:
        return []
    return [text for one in verdict.tier.majors for text in one.texts]


def _counts(verdict: Verdict) -> dict[str, int]:
    """How many requirements applied, the price section's with them, and how many were met."""
    applied = [one for one in verdict.judgements if one.status != "not_applicable"]
    met = sum(one.status == "met" for one in applied)
    return {"requirements": len(applied), "met": met}


def _unknown(verdict: Verdict) -> dict[str, str]:
    """Why each figure is null that is null; costs tell it themselves, a trial in its reasons."""
    figures = {
        "price_utility": verdict.utility, "value": verdict.value,
        "seat_share": verdict.seat_share, "rank": verdict.rank,
        "availability": verdict.availability, "shore": verdict.shore.type,
    }  # fmt: skip
    return {name: one.why for name, one in figures.items() if isinstance(one, Unsure)}


def _cost(cost: Cost) -> dict[str, Any]:
    figures: dict[str, Any] = {name: _figure(getattr(cost, name), 2) for name in _COST_FIGURES}
    if cost.parts:
        figures["parts"] = [[model, _figure(part, 2)] for model, part in cost.parts]
    unknown = [getattr(cost, name) for name in _COST_FIGURES]
    reasons = dict.fromkeys(one.why for one in unknown if isinstance(one, Unsure))
    if reasons:
        figures["undetermined"] = list(reasons)
    return figures


def _shore(shore: Shore) -> dict[str, Any]:
    kind, km, hours = shore.type, shore.km, shore.hours
    return {
        "type": None if isinstance(kind, Unsure) else kind,
        "km": None if isinstance(km, Unsure) else round(km),
        "hours": None if isinstance(hours, Unsure) else [_clock(one) for one in hours],
    }


def _first_trial(first: Outcome | None) -> dict[str, Any] | None:
    """What was failed before the repeat: both results stay in the report (brief 4.4)."""
    if first is None:
        return None
    return {
        "result": first.result,
        "reasons": list(first.reasons),
        "mean": _figure(first.mean, 2),
        "score": _figure(first.score, 1),
    }


def _interval(certainty: Certainty | None) -> list[int | float | None] | None:
    if certainty is None:
        return None
    return [_figure(certainty.low, 1), _figure(certainty.high, 1)]


def _clock(hours: float) -> int | float:
    return int(hours) if hours.is_integer() else hours


def _figure(figure: Figure | None, places: int) -> int | float | None:
    if figure is None or isinstance(figure, Unsure):
        return None
    return json_number(rounded(Decimal(figure), places))
