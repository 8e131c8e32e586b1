"""Repeating a trial that was failed: once, after a fix that is written down (brief 4.4)."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import worded
from questionnaire.core.texts import COMMENT_LIMIT, clean
from questionnaire.models import Trial
from questionnaire.services import auditing, locking, trialling, weighing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused


def repeat_of(session: Session, trial_id: UUID) -> UUID | None:
    """The repeat of a trial that the caller reached; None where there is none."""
    return session.scalar(sa.select(Trial.id).where(Trial.repeat_of == trial_id))


def repeat(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    fix: str,
    language: str = "en",
) -> UUID:
    """Begin the one repeat of a failed trial; asked twice it is one. Both results stay.

    Refused unless the trial was failed and is no repeat itself, Invalid without what was fixed.
    """
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if (held := repeat_of(session, trial_id)) is not None:
        return held
    if subject.repeat_of is not None:
        raise Refused("This is the repeat already, and one is all that is allowed.")
    if subject.vendor is None:
        raise Refused("Your own team is the baseline: it can be tried and rated on at any time.")
    locking.refuse_opened(session, rfi_id)
    weighed = weighing.weigh_all(session, rfi, language, only=(trial_id,))[trial_id]
    if weighed.outcome.result != "hard_fail":
        raise Refused("Only a trial that was failed can be repeated.")
    now = clock()
    made = Trial(
        organisation_id=rfi.organisation_id,
        rfi_id=rfi.id,
        assessment_id=subject.assessment_id,
        repeat_of=trial_id,
        fix=_fix(fix, language),
        created_at=now,
    )
    session.add(made)
    session.flush()
    auditing.append(
        session, actor, now, "repeated", "trial", made.id,
        rfi_id=rfi.id, assessment_id=subject.assessment_id, vendor=subject.name,
    )  # fmt: skip
    return made.id


def _fix(typed: str, language: str) -> str:
    try:
        fix = clean(typed, COMMENT_LIMIT, language)
    except AnswerFault as fault:
        raise Invalid({"fix": fault.sentence}) from None
    if not fix:
        raise Invalid(
            {"fix": worded("Write what the vendor has put right since, and how you know.")}
        )
    return fix
