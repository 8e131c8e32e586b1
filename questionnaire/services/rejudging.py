"""What a judging does to flags: raised, re-opened, closed, or left as people decided; pure.

A decision stands while its basis stands. A flag whose gap is gone is closed; one whose gap is
there again opens again, with what changed as its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from questionnaire.core import gaps
from questionnaire.db import new_id
from questionnaire.services.flag_rows import SEVERITY_RANKS, Change, FlagRow
from questionnaire.services.resting import Ground, differences

_REPLIED = "The vendor has replied."
_AGAIN = "It was met and is not any more."


class Standing(Protocol):
    """The assessment that is judged."""

    @property
    def id(self) -> UUID: ...
    @property
    def organisation_id(self) -> UUID: ...
    @property
    def rfi_id(self) -> UUID: ...
    @property
    def ground(self) -> Ground: ...
    @property
    def asked(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """New flags and changes of old ones; false when there is neither."""

    raised: Sequence[Change]
    changes: Sequence[Change]

    def __bool__(self) -> bool:
        return bool(self.raised or self.changes)


def steps(
    judged: Standing,
    found: Sequence[gaps.Judgement],
    flags: Mapping[str, FlagRow],
    accepted: frozenset[str],
    now: datetime,
) -> Steps:
    """What has to happen to the assessment's flags now that `found` is what judging says."""
    raised: list[FlagRow] = []
    changes: list[Change | None] = []
    for one in found:
        flag = flags.get(one.requirement.id)
        if one.is_gap:
            fresh = _fresh(judged, one, now)
            if flag is None:
                raised.append(fresh)
            else:
                changes.append(_gap(judged, flag, fresh))
        elif flag is not None:
            changes.append(_no_gap(flag, one, accepted))
    known = {one.requirement.id for one in found}
    changes += [
        _closed(flag, "dropped", "The requirement is no longer part of the set.")
        for flag in flags.values()
        if flag.requirement_id not in known
    ]
    places = {id_: place for place, id_ in enumerate(judged.ground.bank.questions)}
    raised.sort(key=lambda flag: places[flag.question_id])
    new = [flag.but(id=new_id()) for flag in raised]
    return Steps(
        [Change(flag.but(version=0), flag, "raised", flag.explanation) for flag in new],
        [one for one in changes if one is not None],
    )


def _fresh(judged: Standing, one: gaps.Judgement, now: datetime) -> FlagRow:
    """The flag that this gap would raise if there were none."""
    requirement = one.requirement
    return FlagRow(
        id=judged.id,
        organisation_id=judged.organisation_id,
        rfi_id=judged.rfi_id,
        assessment_id=judged.id,
        requirement_id=requirement.id,
        question_id=requirement.question,
        section_id=judged.ground.bank.questions[requirement.question].section,
        severity=requirement.severity,
        severity_rank=SEVERITY_RANKS[requirement.severity],
        never_waivable=requirement.never_waivable,
        status=one.status,
        explanation=one.explanation,
        state="open",
        decision=None,
        basis=judged.ground.basis(requirement, one.status),
        reopened_why=None,
        assignee_id=None,
        waived_until=None,
        proposed_action=None,
        proposed_by=None,
        proposed_reason=None,
        proposed_until=None,
        version=1,
        raised_at=now,
    )


def _gap(judged: Standing, flag: FlagRow, fresh: FlagRow) -> Change | None:
    """The gap is there, and so is a flag about it."""
    why = differences(flag.basis, fresh.basis)
    now = _judged_anew(flag, fresh)
    if flag.state == "closed":
        return Change(flag, now.open_again(why or _AGAIN), "reopened", why or _AGAIN)
    if not flag.is_open:
        return Change(flag, now.open_again(why), "reopened", why) if why else None
    if flag.state == "clarifying" and flag.question_id not in judged.asked:
        return Change(flag, now.open_again(why or _REPLIED), "replied", why or _REPLIED)
    if flag.proposed_action and why:
        return Change(flag, now.open_again(why), "proposal_fell", why)
    # A basis that differs in numbers of versions alone is the same ground.
    same = not why and now.but(basis=flag.basis) == flag
    return None if same else Change(flag, now, "rejudged", why)


def _judged_anew(flag: FlagRow, fresh: FlagRow) -> FlagRow:
    judged: dict[str, Any] = {
        "status": fresh.status,
        "explanation": fresh.explanation,
        "severity": fresh.severity,
        "severity_rank": fresh.severity_rank,
        "never_waivable": fresh.never_waivable,
        "basis": fresh.basis,
    }
    return flag.but(**judged)


def _no_gap(flag: FlagRow, one: gaps.Judgement, accepted: frozenset[str]) -> Change | None:
    """The gap is gone; an accepted *not applicable* stays on record as what made it go."""
    if flag.decision == "not_applicable" and flag.question_id in accepted:
        return None
    return _closed(flag, "closed", one.explanation)


def _closed(flag: FlagRow, action: str, why: str) -> Change | None:
    if flag.state == "closed":
        return None
    return Change(flag, flag.open_again(None).but(state="closed"), action, why)
