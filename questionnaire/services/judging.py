"""Judging one assessment: every frozen requirement against the answers, what they show together,
and the flags from both.

Sealed questions get neither a judgement nor a flag, and their answers are not even read by the
rules here, so that no explanation can tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Requirement
from questionnaire.core import gaps
from questionnaire.core.case import Case
from questionnaire.core.conditions import open_case
from questionnaire.models import Assessment, Flag
from questionnaire.services import (
    assessing,
    auditing,
    finding,
    flagging,
    judgements,
    tallying,
    worsening,
)
from questionnaire.services.assessing import Judged
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.frozen_sets import RequirementSet
from questionnaire.services.reading import HeldAnswer
from questionnaire.services.rejudging import Steps, steps

#: Raised by hand when judging finds something else in the same answers: what was judged by lower
#: numbers is judged again by the worker. 1: findings raise flags. 2: what became worse is told.
RULES = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """One judging, worked out and not stored yet."""

    judged: Judged
    case: Case
    found: tuple[gaps.Judgement, ...]
    differing: judgements.Differing
    flags: Mapping[str, FlagRow]
    done: Steps

    def flags_after(self) -> list[FlagRow]:
        """The assessment's flags as they will be, by id."""
        kept = {one.id: one for one in self.flags.values()}
        kept |= {one.new.id: one.new for one in (*self.done.changes, *self.done.raised)}
        return [kept[id] for id in sorted(kept)]


def judge(session: Session, clock: Clock, assessment_id: UUID) -> None:
    """Judge the assessment as of today (UTC) and bring judgements and flags into step.

    Whoever calls it has stored the change that makes it necessary. Judging twice without a change
    between writes nothing. Missing for an unknown assessment.
    """
    flagging.lock(session, [assessment_id])
    now = clock()
    store(session, prepare(session, now, assessment_id), now)


def prepare(
    session: Session, now: datetime, assessment_id: UUID, demanded: RequirementSet | None = None
) -> Prepared:
    """Work out the judging without storing or locking anything; Missing for an unknown one.

    `demanded` is what it is held against, where that is not the newest frozen set of its RFI.
    """
    judged = assessing.read(session, assessment_id, now, demanded)
    flags = {
        flag.about: flag for flag in flagging.rows(session, Flag.assessment_id == assessment_id)
    }
    accepted = _accepted(flags, judged.ground.answers)
    case = open_case(
        judged.ground.bank,
        judged.ground.brief,
        judged.answers,
        on=now.date(),
        selection=judged.question_ids,
        accepted=accepted,
    )
    wanted = _demanded(judged)
    found = gaps.hold(wanted, case)
    findings = finding.find(judged, wanted, case)
    worse = worsening.worsened(session, now, judged, wanted, case)
    differing = judgements.differing(session, judged, found, worse)
    done = steps(judged, found, findings, flags, accepted, now)
    return Prepared(judged, case, found, differing, flags, done)


def store(session: Session, prepared: Prepared, now: datetime) -> None:
    """Store what was worked out. The caller holds the assessment, and nothing moved meanwhile."""
    judged, found, done = prepared.judged, prepared.found, prepared.done
    judgements.store(session, judged, prepared.differing, now)
    _apply(session, judged, done, now)
    if prepared.differing or done or judged.rules != RULES:
        _audit(session, judged, found, done, now)
        tallying.tell(session, judged.id, judged.ground.bank, found, prepared.case, RULES)


def again(session: Session, clock: Clock, rfi_id: UUID, assessment_id: UUID | None) -> None:
    """Judge once more what a trial is of, because it shows something else now.

    None names the buyer's own team. Nothing happens before the answers were handed in.
    """
    whose = Assessment.in_house if assessment_id is None else Assessment.id == assessment_id
    submitted = session.scalar(
        sa.select(Assessment.id).where(
            Assessment.rfi_id == rfi_id, Assessment.state == "submitted", whose
        )
    )
    if submitted is not None:
        judge(session, clock, submitted)


def _accepted(flags: Mapping[str, FlagRow], answers: Mapping[str, HeldAnswer]) -> frozenset[str]:
    """The questions whose *not applicable* a reviewer has accepted, as long as it still says so."""
    return frozenset(
        flag.question_id
        for flag in flags.values()
        if flag.decision == "not_applicable"
        and flag.requirement_id is not None
        and (answer := answers.get(flag.question_id)) is not None
        and answer.state == "not_applicable"
        and answer.digest == flag.basis.get("answer")
    )


def _demanded(judged: Judged) -> tuple[Requirement, ...]:
    """Every requirement on a question that was asked and is not sealed."""
    wanted = judged.ground.demanded.requirements.values()
    return tuple(one for one in wanted if one.question in judged.question_ids)


def _apply(session: Session, judged: Judged, done: Steps, now: datetime) -> None:
    service = Actor.service(judged.organisation_id)
    flagging.add(session, now, [change.new for change in done.raised])
    if done.raised:
        flagging.tell(session, service, now, done.raised, audited=False)
    flagging.write(session, service, now, done.changes, audited=False)
    if done.raised and not done.changes:
        flagging.recount(session, [judged.id])


def _audit(
    session: Session,
    judged: Judged,
    found: tuple[gaps.Judgement, ...],
    done: Steps,
    now: datetime,
) -> None:
    """One row for the whole judging: how many of each; the flags' histories tell the rest."""
    told = Counter(change.action for change in (*done.raised, *done.changes))
    auditing.write(
        session,
        Actor.service(judged.organisation_id),
        now,
        "judged",
        "assessment",
        judged.id,
        rfi_id=judged.rfi_id,
        assessment_id=judged.id,
        set=judged.ground.demanded.number,
        **Counter(one.status for one in found),
        flags=dict(told),
    )
