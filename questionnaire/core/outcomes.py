"""What verdicts came to, without their words: what has to come out again from the same inputs.

Sentences are left out: a better wording is no other result. Figures are kept to four places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.basis import Basis
from questionnaire.core.cost import Figure
from questionnaire.core.efficiency import efficient, level_at_the_top
from questionnaire.core.overspend import is_over_budget
from questionnaire.core.rounding import rounded
from questionnaire.core.sensitivity import close_call
from questionnaire.core.truth import Unsure
from questionnaire.core.value import TIERS_IN_ORDER, ordered
from questionnaire.core.verdict import Verdict

_PLACES = 4
_COST = ("hour", "contact", "resolved", "loss", "adjusted")
#: The code under which the buyer's own team stands.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise; None: it was not there.

    `vendor` is its code, `own` for the own team, and empty for what is about all of them. `what` is
    a part of the outcome ("requirement", "finding", "tier" ...), `name` what it is called in it.
    """

    vendor: str
    what: str
    name: str
    was: str | None
    now: str | None


def outcome_of(
    basis: Basis, verdicts: Sequence[Verdict], own: Verdict | None = None
) -> dict[str, Any]:
    """The outcome of a round as JSON."""
    opened = basis.prices_open
    options = [one.option for one in verdicts] if opened else []
    passing = [one for one in (*verdicts, own) if one and one.eligible]
    vendors = {one.code: _verdict(one) for one in verdicts}
    return {
        "vendors": vendors | ({OWN: _verdict(own)} if own else {}),
        "round": {
            **{
                f"order of {tier}": _listed(
                    one.code for one in ordered(options, tier, basis.price_weight)
                )
                for tier in TIERS_IN_ORDER
            },
            "close call": _listed(close_call(options, basis.price_weight)),
            "level at the top": _listed(level_at_the_top(options, basis.price_weight)),
            "efficient": _listed(sorted(efficient([one.place for one in passing]))),
            "over budget": _listed(one.code for one in verdicts if is_over_budget(basis, one)),
        },
    }


def differences(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Everything that is not the same in two outcomes, vendor by vendor."""
    return tuple(_differences(was, now))


def _differences(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    for code in _either(was["vendors"], now["vendors"]):
        one, other = was["vendors"].get(code, {}), now["vendors"].get(code, {})
        for what in _either(one, other):
            then, since = one.get(what, {}), other.get(what, {})
            for name in _either(then, since):
                if then.get(name) != since.get(name):
                    yield Difference(code, what, name, then.get(name), since.get(name))
    for name in _either(was["round"], now["round"]):
        if was["round"].get(name) != now["round"].get(name):
            yield Difference("", "round", name, was["round"].get(name), now["round"].get(name))


def _either(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys((*one, *other)))


def _verdict(verdict: Verdict) -> dict[str, dict[str, str | None]]:
    tier, quality = verdict.tier, verdict.quality
    return {
        "verdict": {
            "tier": tier.name,
            "trial": verdict.trial.result,
            "mandatory gaps": str(len(tier.mandatory)),
            "major gaps": str(len(tier.majors)),
            "conditions": _listed(one.kind for one in tier.conditions),
        },
        "requirement": {one.requirement.id: one.status for one in verdict.judgements},
        "finding": {one.id: f"{one.status} ({one.severity})" for one in verdict.findings},
        "score": {
            **{one.section: _figure(one.score) for one in quality.sections},
            "section quality": _figure(quality.section_quality),
            "quality score": _figure(quality.quality),
            "trial": _figure(verdict.trial.score),
            "price utility": _figure(verdict.utility),
            "value": _figure(verdict.value),
        },
        "cost": {name: _figure(getattr(verdict.cost, name)) for name in _COST},
    }


def _figure(figure: Figure | None) -> str | None:
    if figure is None or isinstance(figure, Unsure):
        return None
    return str(rounded(figure, _PLACES))


def _listed(names: Any) -> str:
    return ", ".join(names)
