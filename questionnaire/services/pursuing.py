"""What a new version of the requirements does to everybody: tiers, statuses, flags.

Looked at before and after, and told as JSON that stays with the version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.basis import Basis
from questionnaire.core.gaps import Judgement
from questionnaire.core.verdict import Verdict
from questionnaire.core.whatif import Moved, moved
from questionnaire.models import Assessment, Flag, Rfi
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services import concluding, flagging, judging
from questionnaire.services.clock import Clock
from questionnaire.services.concluding import Conclusion

#: By assessment and requirement or finding: the state of the flag.
_Flags = Mapping[UUID, Mapping[str, str]]


@dataclass
class Followed:
    """The assessments that were judged anew, and what it did to each."""

    judged: Sequence[UUID] = ()
    effects: dict[str, Any] = field(default_factory=dict)


@contextmanager
def following(session: Session, clock: Clock, rfi: Rfi) -> Iterator[Followed]:
    """Within the block the new version is stored; at its end everybody is judged on it.

    Every assessment of the RFI is locked first, also those that nobody has handed in: one that is
    handed in meanwhile waits, and is judged on the new version.
    """
    organisation_id, rfi_id = rfi.organisation_id, rfi.id
    every = session.scalars(sa.select(Assessment.id).where(Assessment.rfi_id == rfi_id))
    flagging.lock(session, list(every))
    before = concluding.conclude(session, organisation_id, rfi_id, clock())
    had = _flags(session, rfi_id)
    followed = Followed()
    yield followed
    followed.judged = _submitted(session, rfi_id)
    for assessment_id in followed.judged:
        judging.judge(session, clock, assessment_id)
    after = concluding.conclude(session, organisation_id, rfi_id, clock())
    followed.effects = _effects(before, after, had, _flags(session, rfi_id))


def _submitted(session: Session, rfi_id: UUID) -> list[UUID]:
    query = sa.select(Assessment.id).where(
        Assessment.rfi_id == rfi_id, Assessment.state == "submitted"
    )
    return list(session.scalars(query.order_by(Assessment.id)))


def _flags(session: Session, rfi_id: UUID) -> _Flags:
    rows = session.execute(
        sa.select(Flag.assessment_id, flagging.ABOUT, Flag.state).where(Flag.rfi_id == rfi_id)
    )
    found: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for assessment_id, name, state in rows:
        found[assessment_id][name] = state
    return found


def _effects(before: Conclusion, after: Conclusion, had: _Flags, has: _Flags) -> dict[str, Any]:
    """By name of the vendor; the same names stay whatever happens to the rows later."""
    old = {one.code: one for one in before.verdicts}
    new = sorted(after.verdicts, key=lambda one: (one.name.casefold(), one.code))
    found = moved(before.basis, after.basis, [old[one.code] for one in new], new)
    effects: dict[str, Any] = {"vendors": [_with_flags(one, had, has) for one in found]}
    if before.inhouse_verdict is not None and after.inhouse_verdict is not None:
        own = own_moved(before.basis, after.basis, before.inhouse_verdict, after.inhouse_verdict)
        effects["own_team"] = _with_flags(own, had, has)
    return effects


def own_moved(before: Basis, after: Basis, old: Verdict, new: Verdict) -> Moved:
    """What changes with the own team, which is held against what it is asked alone."""
    (found,) = moved(before.of_own_team, after.of_own_team, [old], [new])
    return found


def told(found: Iterable[Moved], own: Moved | None = None) -> dict[str, Any]:
    """What changes with each vendor and with the own team, as JSON; nothing about flags."""
    effects: dict[str, Any] = {"vendors": [_vendor(one) for one in found]}
    return effects if own is None else effects | {"own_team": _vendor(own)}


def _with_flags(one: Moved, had: _Flags, has: _Flags) -> dict[str, Any]:
    mine = UUID(one.after.code)
    return _vendor(one) | {"flags": _turned(had.get(mine, {}), has.get(mine, {}))}


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


def _turned(had: Mapping[str, str], has: Mapping[str, str]) -> dict[str, list[str]]:
    """Which flags of one assessment were raised, opened again, or closed."""
    found: dict[str, list[str]] = {"raised": [], "reopened": [], "closed": []}
    for name, state in has.items():
        was = had.get(name)
        if was is None:
            found["raised"].append(name)
        elif state in OPEN_STATES and was not in OPEN_STATES:
            found["reopened"].append(name)
        elif state == "closed" and was != "closed":
            found["closed"].append(name)
    return {action: sorted(names) for action, names in found.items()}
