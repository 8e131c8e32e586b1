"""Telling every vendor of an RFI the same about one question, in words that name nobody.

Whoever is still answering reads it at the question and gets a mail; so does whoever is invited
later. Whoever had handed in gets the question open again (brief 5.7: a clarification that changes
what is asked goes to everyone).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.anonymity import Known, named_in
from questionnaire.core.faults import AnswerFault
from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.core.phrases import quoted, worded
from questionnaire.core.texts import clean
from questionnaire.db import new_id
from questionnaire.models import Assessment, Flag, Invitation, Notice, Rfi
from questionnaire.services import (
    auditing,
    clarifying,
    drafting,
    flagging,
    inviting,
    listing,
    locking,
    posting,
    reopening,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reopening import Saying
from questionnaire.services.resuming import answers_to

NOTICE_LIMIT = 2_000


def publish(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    question_id: str,
    text: str,
    *,
    besides: UUID | None = None,
) -> UUID:
    """Tell every vendor; gives the notice. `besides` is an assessment whose question is open.

    Missing for a stranger's RFI, Invalid under `notice` for a text that names a vendor or is
    none, and under `question` for one that is not asked; Refused before it was sent, after it was
    withdrawn and while the review is locked. The same text to a question again has no effect.
    """
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state != "open":
        raise Refused("Only vendors of an RFI that was sent and not withdrawn can be told.")
    asked = questionnaire_of(session, rfi.id, rfi.version)
    if question_id not in asked.questions:
        raise Invalid({"question": worded("Choose one of the questions that are asked.")})
    vendors = listing.vendors_of(session, rfi)
    if any(one.in_house for one in vendors):
        # Made before the notice is there, as it is kept for the version of before.
        questionnaire_of(session, rfi.id, rfi.version, in_house=True)
    cleaned = _neutral(session, vendors, text)
    twice = (Notice.rfi_id == rfi.id, Notice.question_id == question_id, Notice.text == cleaned)
    if (held := session.scalar(sa.select(Notice.id).where(*twice))) is not None:
        return held
    locking.refuse_locked(session, [one.id for one in vendors])
    flagging.lock(session, [one.id for one in vendors])
    notice = _stored(session, clock, actor, rfi.id, question_id, cleaned)
    for one in vendors:
        _tell(session, clock, links, actor, asked, one, notice, reopens=one.id != besides)
    _another_version(session, rfi)
    return notice.id


def _stored(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, question_id: str, text: str
) -> Notice:
    notice = Notice(
        id=new_id(),
        organisation_id=actor.organisation_id,
        rfi_id=rfi_id,
        question_id=question_id,
        text=text,
        published_by=actor.id,
        published_at=clock(),
    )
    session.add(notice)
    session.flush()
    auditing.append(
        session,
        actor,
        clock(),
        "published",
        "notice",
        notice.id,
        rfi_id=rfi_id,
        question=question_id,
    )
    return notice


def ask_and_tell(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    flag_id: UUID,
    seen: int,
    remark: str,
    notice: str,
    *,
    question_id: str = "",
) -> UUID:
    """Ask one vendor about a flag (`clarifying.ask`), and tell all of them what it changes."""
    found = session.execute(
        sa.select(Flag.rfi_id, Flag.assessment_id, Flag.question_id).where(
            Flag.id == flag_id, Flag.organisation_id == actor.organisation_id
        )
    ).one_or_none()
    if found is None:
        raise Missing(flag_id)
    # The RFI before its assessments, as everybody locks them.
    rfi = drafting.locked(session, actor, found.rfi_id)
    # What is wrong with the text is said before anything is asked.
    vendors = listing.vendors_of(session, rfi)
    _neutral(session, vendors, notice)
    flagging.lock(session, [one.id for one in vendors])
    where = (session, clock, links, actor)
    asked = clarifying.ask(*where, flag_id, seen, remark, question_id=question_id)
    about = question_id or found.question_id
    publish(*where, found.rfi_id, about, notice, besides=found.assessment_id)
    return asked


def _neutral(session: Session, vendors: Sequence[Assessment], text: str) -> str:
    """The text, cleaned; Invalid where it is none, too long, or names somebody who was asked."""
    try:
        cleaned = clean(text, NOTICE_LIMIT)
    except AnswerFault as fault:
        raise Invalid({"notice": fault.sentence}) from fault
    if not cleaned:
        raise Invalid({"notice": worded("Write what every vendor is told about this question.")})
    links = session.execute(
        sa.select(
            Invitation.assessment_id, Invitation.name, Invitation.email, Invitation.handed_by
        ).where(Invitation.assessment_id.in_([one.id for one in vendors]))
    )
    names = {one.id: one.vendor.name for one in vendors}
    known = [Known(one.vendor.name, one.contact_name, one.contact_email) for one in vendors]
    # A colleague's name is the vendor's word: it must neither stop a notice nor be told by it.
    known += [Known(names[id], "" if by else name, email) for id, name, email, by in links]
    if named := named_in(cleaned, known):
        raise Invalid(
            {
                "notice": worded(
                    "{name} tells which vendor this is about, and every vendor reads it. Write it "
                    "without names and addresses.",
                    name=quoted(named),
                )
            }
        )
    return cleaned


def _tell(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    asked: Questionnaire,
    assessment: Assessment,
    notice: Notice,
    *,
    reopens: bool,
) -> None:
    """Open the question again for whoever has handed in; a mail to everybody who has a link."""
    if assessment.in_house:
        asked = questionnaire_of(session, asked.rfi_id, asked.version, in_house=True)
    if notice.question_id not in asked.questions:
        return
    if assessment.state in UNFINISHED:
        _mail(session, clock, links, asked, assessment, notice)
    if assessment.state != "submitted":
        return
    if not reopens or notice.question_id in asked.bank.sealed_questions:
        if not reopens:
            reopening.told_too(session, assessment.id, notice.question_id, notice.id)
        _mail(session, clock, links, asked, assessment, notice)
        return
    kept = answers_to(session, assessment.id, asked.triggers)
    if notice.question_id in asked.hidden(kept):
        return
    saying = Saying(notice.text, "notice_reopened", f"notice:{notice.id}:{assessment.id}")
    where = (session, clock, links, actor, assessment, notice.question_id, saying)
    waiting = {one.question_id for one in reopening.open_clarifications(session, assessment.id)}
    if notice.question_id in waiting:
        reopening.add_remark(*where, notice_id=notice.id)
    else:
        reopening.reopen(*where, notice_id=notice.id)


def _mail(
    session: Session,
    clock: Clock,
    links: Links,
    asked: Questionnaire,
    assessment: Assessment,
    notice: Notice,
) -> None:
    invitation = inviting.active(session, assessment.id)
    if invitation is None:
        return
    posting.post(
        session,
        clock,
        organisation_id=asked.organisation_id,
        kind="notice",
        to_address=invitation.email,
        to_name=invitation.name,
        language=assessment.language,
        reply_to=asked.reply_to,
        rfi_id=asked.rfi_id,
        assessment_id=assessment.id,
        once=f"notice:{notice.id}:{assessment.id}",
        context={
            "organisation": asked.organisation,
            "title": asked.title,
            "vendor": assessment.vendor.name,
            "contact": invitation.name,
            "question": asked.questions[notice.question_id].text.text(assessment.language),
            "remark": notice.text,
            "link": links.vendor(invitation.id),
        },
    )


def _another_version(session: Session, rfi: Rfi) -> None:
    """What a process keeps ready of an RFI goes by its version: with a notice it is another."""
    session.execute(
        sa.update(Rfi)
        .where(Rfi.id == rfi.id)
        .values(version=Rfi.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire(rfi)
