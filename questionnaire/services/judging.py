"""Judging one assessment: every frozen requirement against the answers, and the flags from it.

Sealed questions get neither a judgement nor a flag, and their answers are not even read by the
rules here, so that no explanation can tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.core import gaps
from questionnaire.core.conditions import open_case
from questionnaire.db import new_id
from questionnaire.models import Assessment, Flag, Judgement, Rfi
from questionnaire.services import auditing, flagging, tallying
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


@dataclass(frozen=True, slots=True)
class Judged:
    """The assessment that is judged, and where it stands."""

    id: UUID
    organisation_id: UUID
    rfi_id: UUID
    question_ids: frozenset[str]
    ground: Ground
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
        flag.requirement_id: flag
        for flag in flagging.rows(session, Flag.assessment_id == assessment_id)
    }
    accepted = _accepted(flags, judged.ground.answers)
    found = _hold(judged, accepted, now)
    changed = _store(session, judged, found, now)
    done = steps(judged, found, flags, accepted, now)
    _apply(session, judged, done, now)
    if changed or done:
        _audit(session, judged, found, done, now)
        _tally(session, judged, found)


def _judged(session: Session, assessment_id: UUID, now: datetime) -> Judged:
    flagging.lock(session, [assessment_id])
    row = session.execute(
        sa.select(
            Assessment.organisation_id,
            Assessment.rfi_id,
            Assessment.in_house,
            Rfi.question_ids,
            Rfi.brief,
            Rfi.edition_digest,
        )
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .where(Assessment.id == assessment_id)
    ).first()
    if row is None:
        raise Missing(assessment_id)
    organisation_id, rfi_id, in_house, question_ids, brief, digest = row
    bank = bank_of(session, digest)
    waiting = before_asking(session, assessment_id)
    answers = reviewed(session, assessment_id, held(session, assessment_id) | waiting)
    demanded = frozen_set(session, rfi_id, bank)
    ground = Ground(bank, demanded, brief, _unsealed(bank, answers), now.date())
    return Judged(
        assessment_id,
        organisation_id,
        rfi_id,
        asked_of(bank, question_ids, in_house=in_house) - bank.sealed_questions,
        ground,
        frozenset(waiting),
    )


def _unsealed(bank: Bank, answers: Mapping[str, HeldAnswer]) -> dict[str, HeldAnswer]:
    return {id_: one for id_, one in answers.items() if id_ not in bank.sealed_questions}


def _accepted(flags: Mapping[str, FlagRow], answers: Mapping[str, HeldAnswer]) -> frozenset[str]:
    """The questions whose *not applicable* a reviewer has accepted, as long as it still says so."""
    return frozenset(
        flag.question_id
        for flag in flags.values()
        if flag.decision == "not_applicable"
        and (answer := answers.get(flag.question_id)) is not None
        and answer.state == "not_applicable"
        and answer.digest == flag.basis.get("answer")
    )


def _hold(judged: Judged, accepted: frozenset[str], now: datetime) -> tuple[gaps.Judgement, ...]:
    """Every requirement on a question that was asked and is not sealed."""
    ground = judged.ground
    wanted = [
        one for one in ground.demanded.requirements.values() if one.question in judged.question_ids
    ]
    return gaps.judge(
        ground.bank,
        wanted,
        ground.brief,
        typed(ground.bank, ground.answers),
        on=now.date(),
        selection=judged.question_ids,
        accepted_not_applicable=accepted,
    )


def _store(
    session: Session, judged: Judged, found: tuple[gaps.Judgement, ...], now: datetime
) -> bool:
    """Write what differs from the judgements as they stand; whether anything did."""
    query = sa.select(
        Judgement.requirement_id,
        Judgement.id,
        Judgement.severity,
        Judgement.status,
        Judgement.explanation,
    ).where(Judgement.assessment_id == judged.id)
    stored = {row[0]: row[1:] for row in session.execute(query)}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for one in found:
        said = (one.requirement.severity, one.status, one.explanation)
        kept = stored.pop(one.requirement.id, None)
        if kept is None:
            new.append(_columns(judged, one, now))
        elif kept[1:] != said:
            names = ("id", "severity", "status", "explanation", "judged_at")
            changed.append(dict(zip(names, (kept[0], *said, now), strict=True)))
    if new:
        session.execute(sa.insert(Judgement), new)
    if changed:
        session.execute(sa.update(Judgement), changed)
    if stored:
        gone = Judgement.id.in_([kept[0] for kept in stored.values()])
        session.execute(
            sa.delete(Judgement).where(gone).execution_options(synchronize_session=False)
        )
    return bool(new or changed or stored)


def _columns(judged: Judged, one: gaps.Judgement, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": judged.organisation_id,
        "assessment_id": judged.id,
        "requirement_id": one.requirement.id,
        "question_id": one.requirement.question,
        "section_id": judged.ground.bank.questions[one.requirement.question].section,
        "severity": one.requirement.severity,
        "status": one.status,
        "explanation": one.explanation,
        "judged_at": now,
    }


def _apply(session: Session, judged: Judged, done: Steps, now: datetime) -> None:
    service = Actor.service(judged.organisation_id)
    flagging.add(session, now, [change.new for change in done.raised])
    if done.raised:
        flagging.tell(session, service, now, done.raised, audited=False)
    flagging.write(session, service, now, done.changes, audited=False)
    if done.raised and not done.changes:
        flagging.recount(session, [judged.id])


def _tally(session: Session, judged: Judged, found: tuple[gaps.Judgement, ...]) -> None:
    """Keep the counts for the board."""
    ground = judged.ground
    answers = typed(ground.bank, ground.answers)
    case = open_case(
        ground.bank, ground.brief, answers, on=ground.on, selection=judged.question_ids
    )
    tallying.tell(session, judged.id, ground.bank, found, case)


def _audit(
    session: Session,
    judged: Judged,
    found: tuple[gaps.Judgement, ...],
    done: Steps,
    now: datetime,
) -> None:
    """One row for the whole judging: how many of each; the flags' histories tell the rest."""
    told = Counter(change.action for change in (*done.raised, *done.changes))
    auditing.append(
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
