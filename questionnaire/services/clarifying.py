"""Asking the vendor: one question is open again until its reply, or until it is taken back.

Every open flag on that question waits meanwhile. Staff keep seeing the answer as it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.texts import clean
from questionnaire.db import new_id
from questionnaire.models import Assessment, Clarification, Flag
from questionnaire.services import flagging, inviting, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.flag_rows import Change, FlagRow
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, held
from questionnaire.services.restoring import restore
from questionnaire.services.reviewing import Stale, one
from questionnaire.services.ruling import ASKED, PROPOSED

REMARK_LIMIT = 2_000
#: How long the link works at least after a question was sent by it.
TIME_TO_REPLY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenClarification:
    """A question to the vendor that waits for its reply; `before` is the answer as it stood."""

    id: UUID
    question_id: str
    remark: str
    before: HeldAnswer
    asked_at: datetime


def open_clarifications(session: Session, assessment_id: UUID) -> list[OpenClarification]:
    """What an assessment's vendor is asked at the moment, oldest first."""
    query = (
        sa.select(
            Clarification.id,
            Clarification.question_id,
            Clarification.remark,
            Clarification.before,
            Clarification.asked_at,
        )
        .where(
            Clarification.assessment_id == assessment_id,
            Clarification.answered_at.is_(None),
            Clarification.cancelled_at.is_(None),
        )
        .order_by(Clarification.id)
    )
    return [
        OpenClarification(id_, question_id, remark, HeldAnswer.from_json(before), asked_at)
        for id_, question_id, remark, before, asked_at in session.execute(query)
    ]


def ask(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    flag_id: UUID,
    seen: int,
    remark: str,
) -> UUID:
    """Open the flag's question for the vendor again and mail the remark; gives the clarification.

    Invalid without a remark, Stale when the flag has changed since version `seen`, Refused when
    the question is open already, by whichever of its flags, or the RFI is withdrawn.
    """
    flag = one(session, actor.organisation_id, flag_id)
    cleaned = _remark(remark)
    if flag.version != seen:
        raise Stale
    _refuse_when_decided(flag)
    # A second one would keep as `before` what the vendor is still writing, and never be closed.
    if any(
        waiting.question_id == flag.question_id
        for waiting in open_clarifications(session, flag.assessment_id)
    ):
        raise Refused(ASKED)
    assessment = session.get_one(Assessment, flag.assessment_id)
    if assessment.rfi.state == "withdrawn":
        raise Refused("The RFI was withdrawn: its vendors are not asked anything any more.")
    clarification = Clarification(
        id=new_id(),
        organisation_id=flag.organisation_id,
        assessment_id=flag.assessment_id,
        question_id=flag.question_id,
        remark=cleaned,
        before=held(session, flag.assessment_id).get(flag.question_id, UNTOUCHED).to_json(),
        asked_by=actor.id,
        asked_at=clock(),
    )
    session.add(clarification)
    session.flush()
    _let_wait(session, clock, actor, clarification)
    _mail(session, clock, links, actor, assessment, clarification)
    return clarification.id


def _remark(text: str) -> str:
    try:
        cleaned = clean(text, REMARK_LIMIT)
    except AnswerFault as fault:
        raise Invalid({"remark": fault.sentence}) from fault
    if not cleaned:
        raise Invalid({"remark": "Write what the vendor should tell you: it is mailed as it is."})
    return cleaned


def _refuse_when_decided(flag: FlagRow) -> None:
    if flag.state == "clarifying":
        raise Refused(ASKED)
    if flag.proposed_action:
        raise Refused(PROPOSED)
    if flag.state != "open":
        raise Refused("This was decided already. Re-open it before you ask the vendor.")


def _let_wait(session: Session, clock: Clock, actor: Actor, asked: Clarification) -> None:
    """Every open flag on the question waits for the one reply."""
    waiting = flagging.rows(
        session,
        Flag.assessment_id == asked.assessment_id,
        Flag.question_id == asked.question_id,
        Flag.state == "open",
        Flag.proposed_action.is_(None),
    )
    changes = [
        Change(flag, flag.but(state="clarifying", reopened_why=None), "asked", asked.remark)
        for flag in waiting
    ]
    flagging.write(session, actor, clock(), changes)


def _mail(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    asked: Clarification,
) -> None:
    """The remark by mail, with the vendor's own link, which is made anew where it had ended."""
    invitation = inviting.active(session, assessment.id)
    if invitation is None:
        invitation = inviting.invite(session, clock, links, actor, assessment, mail=False)
    invitation.expires_at = max(invitation.expires_at, clock() + TIME_TO_REPLY)
    rfi = assessment.rfi
    questionnaire = questionnaire_of(session, rfi.id, rfi.version)
    question = questionnaire.bank.questions[asked.question_id]
    posting.post(
        session,
        clock,
        organisation_id=assessment.organisation_id,
        kind="clarification",
        to_address=invitation.email,
        to_name=invitation.name,
        language=assessment.language,
        reply_to=rfi.reply_to,
        rfi_id=rfi.id,
        assessment_id=assessment.id,
        once=f"clarification:{asked.id}",
        context={
            "organisation": questionnaire.organisation,
            "title": rfi.title,
            "vendor": assessment.vendor.name,
            "contact": invitation.name,
            "question": question.text.text(assessment.language),
            "remark": asked.remark,
            "link": links.vendor(invitation.id),
        },
    )


def cancel(session: Session, clock: Clock, actor: Actor, clarification_id: UUID) -> None:
    """Take a question back: its flags are open again, the answer stands as it was before.

    What the vendor was still writing stays in the history of the answer. Refused when the vendor
    has replied; taken back twice has one effect.
    """
    mine = (
        Clarification.id == clarification_id,
        Clarification.organisation_id == actor.organisation_id,
    )
    assessment_id = session.scalar(sa.select(Clarification.assessment_id).where(*mine))
    if assessment_id is None:
        raise Missing(clarification_id)
    flagging.lock(session, [assessment_id])
    asked = session.scalars(
        sa.select(Clarification).where(*mine).execution_options(populate_existing=True)
    ).one()
    if asked.answered_at is not None:
        raise Refused("The vendor has replied meanwhile. Look at the new answer.")
    if asked.cancelled_at is None:
        asked.cancelled_at = clock()
        restore(session, clock(), actor, asked)
        _end_waiting(session, clock, actor, asked)


def _end_waiting(session: Session, clock: Clock, actor: Actor, asked: Clarification) -> None:
    waiting = flagging.rows(
        session,
        Flag.assessment_id == asked.assessment_id,
        Flag.question_id == asked.question_id,
        Flag.state == "clarifying",
    )
    changes = [Change(flag, flag.but(state="open"), "asking_withdrawn") for flag in waiting]
    flagging.write(session, actor, clock(), changes)
