"""Calling a colleague to help: the mail with the link, and how many of them may go out."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import say
from questionnaire.models import Invitation, Message
from questionnaire.services import posting
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.links import Links
from questionnaire.services.reaching import Reached

#: So many mails go out for one assessment within a day, and so many to one address.
MOST_MAILS = 100
MOST_MAILS_EACH = 5
WITHIN = timedelta(days=1)
KIND = "handed_over"


def mail_link(
    session: Session,
    clock: Clock,
    links: Links,
    reached: Reached,
    colleague: Invitation,
    *,
    once: str | None = None,
) -> bool:
    """Post the link; Refused when there were too many, False when this one was posted before."""
    _not_too_many(session, clock(), reached, colleague.email)
    posted = posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind=KIND,
        to_address=colleague.email,
        to_name=colleague.name,
        language=colleague.language or reached.language,
        reply_to=reached.email,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        once=once,
        context={
            "organisation": reached.organisation,
            "title": reached.title,
            "vendor": reached.vendor,
            "owner": reached.name or reached.email,
            "name": colleague.name,
            "message": colleague.message or "",
            "deadline": reached.deadline,
            "time_zone": reached.time_zone,
            "link": links.vendor(colleague.id),
        },
    )
    return posted is not None


def _not_too_many(session: Session, now: datetime, reached: Reached, email: str) -> None:
    sent = session.scalars(
        sa.select(Message.to_address).where(
            Message.assessment_id == reached.assessment_id,
            Message.kind == KIND,
            Message.created_at > now - WITHIN,
        )
    ).all()
    if sum(one.casefold() == email.casefold() for one in sent) >= MOST_MAILS_EACH:
        raise Refused(
            say(
                reached.language,
                "{most} mails went to this address within a day, which is the most. Ask your "
                "colleague to look among the spam, or try again tomorrow.",
                most=MOST_MAILS_EACH,
            )
        )
    if len(sent) >= MOST_MAILS:
        raise Refused(
            say(
                reached.language,
                "{most} mails went to colleagues within a day, which is the most. Try again "
                "tomorrow.",
                most=MOST_MAILS,
            )
        )
