"""What a new version of the requirements does to everybody: tiers, statuses, flags.

Told as JSON that stays with the version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from questionnaire.core.basis import Basis
from questionnaire.core.gaps import Judgement
from questionnaire.core.verdict import Verdict
from questionnaire.core.whatif import Moved, moved
from questionnaire.services.judging import Prepared


def own_moved(before: Basis, after: Basis, old: Verdict, new: Verdict) -> Moved:
    """What changes with the own team, which is held against what it is asked alone."""
    (found,) = moved(before.of_own_team, after.of_own_team, [old], [new])
    return found


def told(found: Iterable[Moved], own: Moved | None = None) -> dict[str, Any]:
    """What changes with each vendor and with the own team, as JSON; nothing about flags."""
    effects: dict[str, Any] = {"vendors": [_vendor(one) for one in found]}
    return effects if own is None else effects | {"own_team": _vendor(own)}


def told_with_flags(
    found: Iterable[Moved], own: Moved | None, judged: Mapping[UUID, Prepared]
) -> dict[str, Any]:
    """The same, with which flags of each are raised, opened again, or closed."""
    effects: dict[str, Any] = {"vendors": [_with_flags(one, judged) for one in found]}
    return effects if own is None else effects | {"own_team": _with_flags(own, judged)}


def _with_flags(one: Moved, judged: Mapping[UUID, Prepared]) -> dict[str, Any]:
    return _vendor(one) | {"flags": _turned(judged[UUID(one.after.code)])}


def _vendor(one: Moved) -> dict[str, Any]:
    return {
        "assessment": one.after.code,
        "vendor": one.after.name,
        "tier": [one.before.tier.name, one.after.tier.name],
        "turns": [
            {
                "requirement": turn.requirement_id,
                "before": _status(turn.before),
                "after": _status(turn.after),
            }
            for turn in one.turns
        ],
        "findings": [[at.id, at.status, at.severity] for at in one.findings],
        "sunk": list(one.sunk),
        "risen": list(one.risen),
    }


def _status(judgement: Judgement | None) -> dict[str, str] | None:
    if judgement is None:
        return None
    return {
        "status": judgement.status,
        "severity": judgement.requirement.severity,
        "explanation": judgement.explanation,
    }


def _turned(judged: Prepared) -> dict[str, list[str]]:
    """Which flags of one assessment are raised, opened again, or closed."""
    found: dict[str, list[str]] = {"raised": [], "reopened": [], "closed": []}
    for flag in judged.flags_after():
        was = judged.flags.get(flag.about)
        if was is None:
            found["raised"].append(flag.about)
        elif flag.is_open and not was.is_open:
            found["reopened"].append(flag.about)
        elif flag.state == "closed" and was.state != "closed":
            found["closed"].append(flag.about)
    return {action: sorted(names) for action, names in found.items()}
