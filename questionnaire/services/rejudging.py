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
from questionnaire.core.phrases import english
from questionnaire.core.raised import Raised, explained
from questionnaire.db import new_id
from questionnaire.services.flag_rows import SEVERITY_RANKS, Change, FlagRow
from questionnaire.services.resting import Ground, differences, finding_status

_REPLIED = english("The vendor has replied.")
_AGAIN = english("It was met and is not any more.")
_SHOWN_AGAIN = english("It had gone, and the answers show it again.")
_GONE = english("The answers do not show it any more.")


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
    findings: Sequence[Raised],
    flags: Mapping[str, FlagRow],
    accepted: frozenset[str],
    now: datetime,
) -> Steps:
    """What has to happen to the assessment's flags now that this is what judging says.

    `findings` are those to decide about; `flags` go by what they are about.
    """
    stands = explained(found, findings)
    fresh = [_of_gap(judged, one, stands, now) for one in found if one.is_gap]
    fresh += [_of_finding(judged, one, stands, now) for one in findings]
    raised = [one for one in fresh if one.about not in flags]
    changes = [_gap(judged, flags[one.about], one) for one in fresh if one.about in flags]
    for one in found:
        if not one.is_gap and (flag := flags.get(one.requirement.id)) is not None:
            changes.append(_no_gap(flag, one, accepted))
    known = {one.requirement.id for one in found} | {one.about for one in fresh}
    changes += [
        _closed(flag, "gone", _GONE)
        if flag.finding_id
        else _closed(flag, "dropped", english("The requirement is no longer part of the set."))
        for flag in flags.values()
        if flag.about not in known
    ]
    places = {id_: place for place, id_ in enumerate(judged.ground.bank.questions)}
    raised.sort(key=lambda flag: places[flag.question_id])
    new = [flag.but(id=new_id()) for flag in raised]
    return Steps(
        [Change(flag.but(version=0), flag, "raised", flag.explanation) for flag in new],
        [one for one in changes if one is not None],
    )


def _of_gap(
    judged: Standing, one: gaps.Judgement, stands: Mapping[str, str], now: datetime
) -> FlagRow:
    """The flag that this gap would raise if there were none."""
    requirement = one.requirement
    return _fresh(
        judged,
        now,
        requirement_id=requirement.id,
        finding_id=None,
        question_id=requirement.question,
        explained_by=stands.get(requirement.id),
        severity=requirement.severity,
        never_waivable=requirement.never_waivable,
        status=one.status,
        explanation=one.explanation,
        basis=judged.ground.basis(requirement, one.status),
    )


def _of_finding(judged: Standing, one: Raised, stands: Mapping[str, str], now: datetime) -> FlagRow:
    """The flag that this finding would raise if there were none."""
    finding = one.finding
    described = next(it for it in judged.ground.bank.findings if it.id == finding.id)
    return _fresh(
        judged,
        now,
        requirement_id=None,
        finding_id=finding.id,
        question_id=one.question,
        explained_by=stands.get(finding.id),
        severity=finding.severity,
        never_waivable=described.never_waivable,
        status=finding_status(finding),
        explanation=finding.text if finding.fires else f"Nobody can tell: {finding.because}.",
        basis=judged.ground.basis_of_finding(one),
    )


def _fresh(judged: Standing, now: datetime, **told: Any) -> FlagRow:
    """An open flag of this assessment, whose id is still to be given."""
    return FlagRow(
        id=judged.id,
        organisation_id=judged.organisation_id,
        rfi_id=judged.rfi_id,
        assessment_id=judged.id,
        section_id=judged.ground.bank.questions[told["question_id"]].section,
        severity_rank=SEVERITY_RANKS[told["severity"]],
        covered=False,
        state="open",
        decision=None,
        reopened_why=None,
        assignee_id=None,
        waived_until=None,
        proposed_action=None,
        proposed_by=None,
        proposed_reason=None,
        proposed_until=None,
        version=1,
        raised_at=now,
        **told,
    )


def _gap(judged: Standing, flag: FlagRow, fresh: FlagRow) -> Change | None:
    """The gap is there, and so is a flag about it."""
    why = differences(flag.basis, fresh.basis)
    now = _judged_anew(flag, fresh)
    if flag.state == "closed":
        why = why or (_SHOWN_AGAIN if flag.finding_id else _AGAIN)
        return Change(flag, now.open_again(why), "reopened", why)
    if not flag.is_open:
        return Change(flag, now.open_again(why), "reopened", why) if why else None
    if flag.state == "clarifying" and judged.asked.isdisjoint(fresh.questions):
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
        "question_id": fresh.question_id,
        "section_id": fresh.section_id,
        "explained_by": fresh.explained_by,
        # What covers it is told by the states of all flags, when they are counted.
        "covered": flag.covered and fresh.explained_by is not None,
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
