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
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.findings.given import Trial
from question_bank.model import Bank, Requirement
from questionnaire.core import gaps
from questionnaire.core.answers import Answers
from questionnaire.core.conditions import open_case
from questionnaire.db import run
from questionnaire.models import Assessment, Flag, Rfi, Vendor
from questionnaire.models import Trial as TrialRow
from questionnaire.services import auditing, finding, flagging, judgements, tallying
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.questionnaires import asked_of
from questionnaire.services.reading import HeldAnswer, before_asking, held, reviewed, typed
from questionnaire.services.rejudging import Steps, steps
from questionnaire.services.resting import Ground

#: Raised by hand when judging finds something else in the same answers: what was judged by lower
#: numbers is judged again by the worker. 1: findings raise flags.
RULES = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """The assessment that is judged, and where it stands."""

    id: UUID
    organisation_id: UUID
    rfi_id: UUID
    vendor: str
    profiles: tuple[str, ...]
    in_house: bool
    question_ids: frozenset[str]
    ground: Ground
    answers: Answers
    #: What its trial measured; None before one was held.
    trial: Trial | None
    #: The rules that it was last judged by.
    rules: int
    #: Questions that wait for the vendor's reply.
    asked: frozenset[str]


def judge(session: Session, clock: Clock, assessment_id: UUID) -> None:
    """Judge the assessment as of today (UTC) and bring judgements and flags into step.

    Whoever calls it has stored the change that makes it necessary. Judging twice without a change
    between writes nothing. Missing for an unknown assessment.
    """
    now = clock()
    judged = _judged(session, assessment_id, now)
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
    demanded = _demanded(judged)
    found = gaps.hold(demanded, case)
    findings = finding.find(judged, demanded, case)
    changed = judgements.store(session, judged, found, now)
    done = steps(judged, found, findings, flags, accepted, now)
    _apply(session, judged, done, now)
    if changed or done or judged.rules != RULES:
        _audit(session, judged, found, done, now)
        tallying.tell(session, judged.id, judged.ground.bank, found, case, RULES)


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


def _its_trial() -> sa.ColumnElement[bool]:
    """The trial of an assessment; that of the own team names none."""
    of_own_team = sa.and_(
        Assessment.in_house,
        TrialRow.rfi_id == Assessment.rfi_id,
        TrialRow.assessment_id.is_(None),
    )
    return sa.or_(TrialRow.assessment_id == Assessment.id, of_own_team)


# Built once: every judging asks it.
_ASSESSED: Final = (
    sa.select(
        Assessment.organisation_id,
        Assessment.rfi_id,
        Assessment.in_house,
        Assessment.rules,
        Vendor.name,
        Rfi.profiles,
        Rfi.question_ids,
        Rfi.brief,
        Rfi.edition_digest,
        TrialRow.id,
    )
    .join(Rfi, Rfi.id == Assessment.rfi_id)
    .join(Vendor, Vendor.id == Assessment.vendor_id)
    .outerjoin(TrialRow, _its_trial())
    .where(Assessment.id == sa.bindparam("this"))
    .order_by(TrialRow.repeat_of.is_(None))
)


def _judged(session: Session, assessment_id: UUID, now: datetime) -> Judged:
    flagging.lock(session, [assessment_id])
    rows: Any = run(session, _ASSESSED, {"this": assessment_id}).all()
    if not rows:
        raise Missing(assessment_id)
    organisation_id, rfi_id, in_house, rules, vendor, profiles, question_ids, *rest = rows[0]
    brief, digest, _trial_id = rest
    bank = bank_of(session, digest)
    waiting = before_asking(session, assessment_id)
    answers = reviewed(session, assessment_id, held(session, assessment_id) | waiting)
    demanded = frozen_set(session, rfi_id, bank)
    trial = finding.measured(session, bank, [row[-1] for row in rows])
    kept = _unsealed(bank, answers)
    return Judged(
        id=assessment_id,
        organisation_id=organisation_id,
        rfi_id=rfi_id,
        vendor=vendor,
        profiles=tuple(profiles),
        in_house=in_house,
        question_ids=asked_of(bank, question_ids, in_house=in_house) - bank.sealed_questions,
        ground=Ground(bank, demanded, brief, kept, now.date(), finding.told(trial)),
        answers=typed(bank, kept),
        trial=trial,
        rules=rules,
        asked=frozenset(waiting),
    )


def _unsealed(bank: Bank, answers: Mapping[str, HeldAnswer]) -> dict[str, HeldAnswer]:
    return {id_: one for id_, one in answers.items() if id_ not in bank.sealed_questions}


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
