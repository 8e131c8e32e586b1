"""What a reviewer does with one flag: decide, agree, assign, note. No answer is edited here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import reader, worded
from questionnaire.core.texts import clean
from questionnaire.db import new_id
from questionnaire.models import Answer, Flag, FlagEvent, Membership, User
from questionnaire.services import flagging, judging
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.flag_rows import Change, FlagRow
from questionnaire.services.ruling import REASON_LIMIT, AnswerFacts, Decision
from questionnaire.services.settling import rule

AnswerKey = tuple[UUID, str]


class Stale(Refused):
    """The flag has changed since the page was made; the page shows what happened meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            worded(
                "This flag has changed since you opened it. Look at what happened meanwhile, then "
                "decide; what you typed is still here."
            )
        )


def decide(
    session: Session, clock: Clock, actor: Actor, flag_id: UUID, seen: int, decision: Decision
) -> UUID:
    """Do one action to one flag that the person saw in version `seen`; gives the batch to undo.

    Missing for a flag of somebody else, Invalid for what was typed, Stale when the flag has
    changed, Refused when the rules forbid it.
    """
    flag = one(session, actor.organisation_id, flag_id)
    made = decision.checked(clock().date())
    if flag.version != seen:
        raise Stale
    if made.action == "assign":
        member_or_missing(session, actor.organisation_id, made.assignee)
    facts = answer_facts(session, [flag])
    ruling = rule(
        flag,
        made,
        actor.id,
        clock().date(),
        facts.get((flag.assessment_id, flag.question_id), AnswerFacts()),
    )
    if ruling.change is None:
        raise Refused(ruling.refused)
    batch = new_id()
    settle(session, clock, actor, [ruling.change], batch=batch)
    return batch


def one(session: Session, organisation_id: UUID, flag_id: UUID) -> FlagRow:
    """A flag of the organisation, locked until the transaction ends; Missing otherwise."""
    found = flagging.rows_locked(
        session, Flag.organisation_id == organisation_id, Flag.id == flag_id
    )
    if not found:
        raise Missing(flag_id)
    return found[0]


def settle(
    session: Session, clock: Clock, actor: Actor, changes: Sequence[Change], *, batch: UUID | None
) -> None:
    """Store decisions, and judge again where accepting *not applicable* began or ended."""
    flagging.write(session, actor, clock(), changes, batch=batch)
    touched = {
        change.new.assessment_id
        for change in changes
        if (change.old.decision == "not_applicable") != (change.new.decision == "not_applicable")
    }
    for assessment_id in sorted(touched):
        judging.judge(session, clock, assessment_id)


def answer_facts(session: Session, flags: Iterable[FlagRow]) -> dict[AnswerKey, AnswerFacts]:
    """What the rules need to know about the answers behind these flags; two statements.

    Nothing where no requirement of the question has a flag: accepting *not applicable* is about
    requirements, and a finding about answers that do not apply is none.
    """
    keys = {(flag.assessment_id, flag.question_id) for flag in flags}
    assessments, questions = {key[0] for key in keys}, {key[1] for key in keys}
    states = session.execute(
        sa.select(Answer.assessment_id, Answer.question_id, Answer.state).where(
            Answer.assessment_id.in_(assessments), Answer.question_id.in_(questions)
        )
    )
    answered = {(assessment, question): state for assessment, question, state in states}
    strictest = session.execute(
        sa.select(
            Flag.assessment_id,
            Flag.question_id,
            sa.func.min(Flag.severity_rank),
            sa.func.max(sa.cast(Flag.never_waivable, sa.Integer)),
        )
        .where(
            Flag.assessment_id.in_(assessments),
            Flag.question_id.in_(questions),
            Flag.requirement_id.is_not(None),
        )
        .group_by(Flag.assessment_id, Flag.question_id)
    )
    return {
        (assessment, question): AnswerFacts(
            answered.get((assessment, question), "blank"), rank == 0, bool(never)
        )
        for assessment, question, rank, never in strictest
        if (assessment, question) in keys
    }


def note(session: Session, clock: Clock, actor: Actor, flag_id: UUID, text: str) -> None:
    """Write a remark into the flag's history; it changes nothing else.

    The same remark by the same person again, with nothing between, is one that was sent twice.
    """
    flag = one(session, actor.organisation_id, flag_id)
    try:
        cleaned = clean(text, REASON_LIMIT, reader())
    except AnswerFault as fault:
        raise Invalid({"note": fault.sentence}) from fault
    if not cleaned:
        raise Invalid({"note": worded("Write the note first.")})
    if _last_event(session, flag_id) != ("noted", actor.id, cleaned):
        flagging.tell(session, actor, clock(), [Change(flag, flag, "noted", cleaned)])


def _last_event(session: Session, flag_id: UUID) -> tuple[str, UUID | None, str] | None:
    row = session.execute(
        sa.select(FlagEvent.action, FlagEvent.by, FlagEvent.reason)
        .where(FlagEvent.flag_id == flag_id)
        .order_by(FlagEvent.id.desc())
        .limit(1)
    ).first()
    return (row.action, row.by, row.reason) if row else None


def reviewers(session: Session, organisation_id: UUID) -> list[tuple[UUID, str]]:
    """Everybody whom a flag can be assigned to: id and name, by name."""
    members = session.execute(
        sa.select(User.id, User.name, Membership.roles)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            User.active.is_(True),
        )
        .order_by(User.name, User.id)
    )
    return [(id_, name) for id_, name, roles in members if "reviewer" in roles]


def member_or_missing(session: Session, organisation_id: UUID, user_id: UUID | None) -> None:
    """Missing unless the person may be assigned flags; nobody (None) always may."""
    if user_id is not None and user_id not in dict(reviewers(session, organisation_id)):
        raise Missing(user_id)


def reopen_lapsed(session: Session, clock: Clock) -> int:
    """Re-open every flag whose waiver has ended (its last day is over); returns how many.

    For the worker's tick: it goes over all organisations and does nothing twice.
    """
    today: date = clock().date()
    lapsed = flagging.rows_locked(session, Flag.state == "waived", Flag.waived_until < today)
    for organisation_id in sorted({flag.organisation_id for flag in lapsed}):
        changes = [
            Change(flag, flag.open_again(_ended(flag)), "lapsed", until=flag.waived_until)
            for flag in lapsed
            if flag.organisation_id == organisation_id
        ]
        flagging.write(session, Actor.service(organisation_id), clock(), changes)
    return len(lapsed)


def _ended(flag: FlagRow) -> str:
    return f"The waiver ended on {flag.waived_until}."
