"""Opening one question for the vendor again, after everything was handed in.

Every open flag on it waits meanwhile. The vendor is told by mail, with its own link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Clarification, Flag
from questionnaire.services import flagging, inviting, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.flag_rows import Change
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, held
from questionnaire.services.ruling import ASKED

#: How long the link works at least after a question was sent by it.
TIME_TO_REPLY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Saying:
    """What the vendor is told, and by which kind of mail; `once` names a mail that is sent once."""

    remark: str
    kind: str = "clarification"
    once: str | None = None


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


def reopen(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    question_id: str,
    saying: Saying,
    *,
    notice_id: UUID | None = None,
) -> UUID:
    """Open a question for the vendor again, whatever flags it has, and mail it the remark.

    `notice_id` is what all vendors are told, where that is the reason. Whoever calls it has locked
    the assessment. Refused when the question is open already, or the RFI is withdrawn.
    """
    may_reopen(session, assessment, question_id)
    clarification = Clarification(
        id=new_id(),
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        question_id=question_id,
        remark=saying.remark,
        before=held(session, assessment.id, question_id).get(question_id, UNTOUCHED).to_json(),
        asked_by=actor.id,
        asked_at=clock(),
        notice_id=notice_id,
    )
    session.add(clarification)
    session.flush()
    _let_wait(session, clock, actor, clarification)
    _mail(session, clock, links, actor, assessment, clarification, saying)
    return clarification.id


def may_reopen(session: Session, assessment: Assessment, question_id: str) -> None:
    """Refused when the question is open already, or the RFI is withdrawn."""
    # A second one would keep as `before` what the vendor is still writing, and never be closed.
    if any(
        waiting.question_id == question_id
        for waiting in open_clarifications(session, assessment.id)
    ):
        raise Refused(ASKED)
    if assessment.rfi.state == "withdrawn":
        raise Refused("The RFI was withdrawn: its vendors are not asked anything any more.")


def add_remark(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    question_id: str,
    saying: Saying,
    *,
    notice_id: UUID | None = None,
) -> None:
    """Say one thing more about a question that is open already, and mail it.

    `notice_id` is what all vendors are told, where that is it. That there was nothing to add was
    said of less: it is asked anew.
    """
    asked = _waiting(session, assessment.id, question_id)
    asked.remark = f"{asked.remark}\n\n{saying.remark}"
    asked.nothing_to_add = False
    asked.notice_id = notice_id or asked.notice_id
    session.flush()
    _mail(session, clock, links, actor, assessment, asked, saying)


def told_too(session: Session, assessment_id: UUID, question_id: str, notice_id: UUID) -> None:
    """Note that all vendors are told what this one is being asked."""
    _waiting(session, assessment_id, question_id).notice_id = notice_id
    session.flush()


def _waiting(session: Session, assessment_id: UUID, question_id: str) -> Clarification:
    return session.scalars(
        sa.select(Clarification).where(
            Clarification.assessment_id == assessment_id,
            Clarification.question_id == question_id,
            Clarification.answered_at.is_(None),
            Clarification.cancelled_at.is_(None),
        )
    ).one()


def _let_wait(session: Session, clock: Clock, actor: Actor, asked: Clarification) -> None:
    """Every open flag on the question waits for the one reply, findings from its answer too."""
    undecided = flagging.rows(
        session,
        Flag.assessment_id == asked.assessment_id,
        sa.or_(Flag.question_id == asked.question_id, Flag.finding_id.is_not(None)),
        Flag.state == "open",
        Flag.proposed_action.is_(None),
    )
    changes = [
        Change(flag, flag.but(state="clarifying", reopened_why=None), "asked", asked.remark)
        for flag in undecided
        if asked.question_id in flag.questions
    ]
    flagging.write(session, actor, clock(), changes)


def _mail(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    asked: Clarification,
    saying: Saying,
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
        kind=saying.kind,
        to_address=invitation.email,
        to_name=invitation.name,
        language=assessment.language,
        reply_to=rfi.reply_to,
        rfi_id=rfi.id,
        assessment_id=assessment.id,
        once=saying.once or f"{saying.kind}:{asked.id}",
        context={
            "organisation": questionnaire.organisation,
            "title": rfi.title,
            "vendor": assessment.vendor.name,
            "contact": invitation.name,
            "question": question.text.text(assessment.language),
            "remark": saying.remark,
            "link": links.vendor(invitation.id),
        },
    )
