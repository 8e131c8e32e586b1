"""Asking the vendor: one question is open again until its reply, or until it is taken back.

Every open flag on that question waits meanwhile. Staff keep seeing the answer as it stood.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import english, reader, worded
from questionnaire.core.texts import clean
from questionnaire.models import Assessment, Clarification, Flag
from questionnaire.services import flagging
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.flag_rows import Change, FlagRow
from questionnaire.services.links import Links
from questionnaire.services.reading import before_asking
from questionnaire.services.reopening import Saying, reopen
from questionnaire.services.restoring import restore
from questionnaire.services.reviewing import Stale, one
from questionnaire.services.ruling import ASKED, PROPOSED

REMARK_LIMIT = 2_000
TOLD_TO_ALL = english(
    "Every vendor was told about this question, so it stays open for this one too until it replies."
)


def ask(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    flag_id: UUID,
    seen: int,
    remark: str,
    *,
    question_id: str = "",
) -> UUID:
    """Open the flag's question for the vendor again and mail the remark; gives the clarification.

    A finding rests on several questions: `question_id` chooses one of them. Invalid without a
    remark and for a question that the flag does not rest on, Stale when the flag has changed since
    version `seen`, Refused when the question is open already, by whichever of its flags, or the
    RFI is withdrawn. The same page sent twice asks once.
    """
    flag = one(session, actor.organisation_id, flag_id)
    cleaned = remark_of(remark)
    chosen = question_id or flag.question_id
    if chosen not in flag.questions:
        raise Invalid(
            {"question": worded("Choose one of the questions that this was computed from.")}
        )
    if flag.version != seen:
        if (asked := asked_by(session, actor, flag.assessment_id, chosen, cleaned)) is not None:
            return asked
        raise Stale
    _refuse_when_decided(flag)
    assessment = session.get_one(Assessment, flag.assessment_id)
    return reopen(session, clock, links, actor, assessment, chosen, Saying(cleaned))


def asked_by(
    session: Session, actor: Actor, assessment_id: UUID, question_id: str, remark: str
) -> UUID | None:
    """What this person asks with these words at the moment: the page was sent twice."""
    query = sa.select(Clarification.id).where(
        Clarification.assessment_id == assessment_id,
        Clarification.question_id == question_id,
        Clarification.remark == remark,
        Clarification.asked_by == actor.id,
        Clarification.answered_at.is_(None),
        Clarification.cancelled_at.is_(None),
    )
    return session.scalars(query).first()


def remark_of(text: str) -> str:
    """What was typed for the vendor, cleaned; Invalid where it is nothing or too much."""
    try:
        cleaned = clean(text, REMARK_LIMIT, reader())
    except AnswerFault as fault:
        raise Invalid({"remark": fault.sentence}) from fault
    if not cleaned:
        raise Invalid(
            {"remark": worded("Write what the vendor should tell you: it is mailed as it is.")}
        )
    return cleaned


def _refuse_when_decided(flag: FlagRow) -> None:
    if flag.state == "clarifying":
        raise Refused(ASKED)
    if flag.proposed_action:
        raise Refused(PROPOSED)
    if flag.state != "open":
        raise Refused("This was decided already. Re-open it before you ask the vendor.")


def cancel(session: Session, clock: Clock, actor: Actor, clarification_id: UUID) -> None:
    """Take a question back: its flags are open again, the answer stands as it was before.

    What the vendor was still writing stays in the history of the answer. Refused when the vendor
    has replied, and when all vendors were told what it is about; taken back twice has one effect.
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
        if asked.notice_id is not None:
            raise Refused(TOLD_TO_ALL)
        asked.cancelled_at = clock()
        restore(session, clock(), actor, asked)
        _end_waiting(session, clock, actor, asked)


def _end_waiting(session: Session, clock: Clock, actor: Actor, asked: Clarification) -> None:
    waiting = flagging.rows(
        session,
        Flag.assessment_id == asked.assessment_id,
        sa.or_(Flag.question_id == asked.question_id, Flag.finding_id.is_not(None)),
        Flag.state == "clarifying",
    )
    session.flush()
    still = frozenset(before_asking(session, asked.assessment_id))
    changes = [
        Change(flag, flag.but(state="open"), "asking_withdrawn")
        for flag in waiting
        if asked.question_id in flag.questions and still.isdisjoint(flag.questions)
    ]
    flagging.write(session, actor, clock(), changes)
