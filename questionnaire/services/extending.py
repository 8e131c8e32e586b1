"""Moving deadlines, and taking a vendor or a whole RFI out of the round."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.lifecycle import UNFINISHED
from questionnaire.core.phrases import worded
from questionnaire.models import Assessment, Invitation, Organisation, Rfi
from questionnaire.services import auditing, drafting, inviting, listing, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.links import Links

#: What came of another deadline: it was the same, or the vendor was told of it, or it was not.
Extended = Literal["same", "told", "untold"]


def extend_all(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    deadline: datetime,
    time_zone: str,
) -> int:
    """Give the RFI another deadline and tell everybody who has not finished; gives how many.

    A vendor with a deadline of its own keeps it when it is later. The same deadline again has
    no effect.
    """
    rfi = _open(session, actor, rfi_id)
    if (deadline, time_zone) == (rfi.deadline, rfi.time_zone):
        return 0
    _in_future(deadline, clock())
    before, rfi.deadline, rfi.time_zone = rfi.deadline, deadline, time_zone
    session.flush()
    told = 0
    for one in listing.vendors_of(session, rfi):
        if one.due_at is not None and one.due_at <= deadline:
            one.due_at = None
        if one.due_at is None and one.state in UNFINISHED:
            told += _tell(session, clock, links, rfi, one)
    _audit(session, clock, actor, "extended", rfi, None, before=before, deadline=deadline)
    return told


def extend_one(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    assessment_id: UUID,
    deadline: datetime,
) -> Extended:
    """Give one vendor a deadline of its own and tell it, if it has a link to answer by."""
    rfi = _open(session, actor, rfi_id)
    assessment = listing.assessment_of(session, rfi, assessment_id)
    if assessment.state not in (*UNFINISHED, "not_sent"):
        raise Refused("This vendor has finished or is out of the RFI: no deadline concerns it.")
    before = assessment.due_at or rfi.deadline
    if deadline == before:
        return "same"
    _in_future(deadline, clock())
    assessment.due_at = None if deadline == rfi.deadline else deadline
    session.flush()
    told = assessment.state in UNFINISHED and _tell(session, clock, links, rfi, assessment)
    _audit(session, clock, actor, "extended", rfi, assessment, before=before, deadline=deadline)
    return "told" if told else "untold"


def withdraw_one(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, assessment_id: UUID
) -> None:
    """Take one vendor out: its link ends, it is told, and what it answered is kept."""
    rfi = _open(session, actor, rfi_id)
    assessment = listing.assessment_of(session, rfi, assessment_id)
    if assessment.state == "withdrawn":
        return
    if assessment.state == "submitted":
        raise Refused("This vendor has submitted: its answers stay in the comparison.")
    _withdraw(session, clock, actor, rfi, assessment)
    _audit(session, clock, actor, "withdrawn", rfi, assessment)


def withdraw_all(session: Session, clock: Clock, actor: Actor, rfi_id: UUID) -> None:
    """End the whole RFI: links end, who has not finished is told; answers are kept."""
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state == "withdrawn":
        return
    if rfi.state == "draft":
        raise Refused("A draft has not been sent to anybody, so there is nothing to withdraw.")
    for one in listing.vendors_of(session, rfi):
        if one.state in (*UNFINISHED, "not_sent"):
            _withdraw(session, clock, actor, rfi, one)
    rfi.state, rfi.withdrawn_at = "withdrawn", clock()
    session.flush()
    _audit(session, clock, actor, "withdrawn", rfi, None)


def _withdraw(
    session: Session, clock: Clock, actor: Actor, rfi: Rfi, assessment: Assessment
) -> None:
    was_invited = assessment.state != "not_sent"
    inviting.revoke(session, clock, actor, assessment)
    assessment.state = "withdrawn"
    session.flush()
    if was_invited:
        posting.post(
            session,
            clock,
            organisation_id=rfi.organisation_id,
            kind="withdrawn",
            to_address=assessment.contact_email,
            to_name=assessment.contact_name,
            language=assessment.language,
            reply_to=rfi.reply_to,
            rfi_id=rfi.id,
            assessment_id=assessment.id,
            context={"organisation": _organisation(session, rfi), "title": rfi.title},
        )


def _tell(session: Session, clock: Clock, links: Links, rfi: Rfi, assessment: Assessment) -> bool:
    """Mail the new deadline and keep the link alive long enough after it.

    False without a working link: whom the buyer has shut out is not told when to answer.
    """
    invitation: Invitation | None = inviting.active(session, assessment.id)
    if invitation is None:
        return False
    deadline = assessment.due_at or rfi.deadline
    context = {
        "organisation": _organisation(session, rfi),
        "title": rfi.title,
        "vendor": assessment.vendor.name,
        "deadline": deadline,
        "time_zone": rfi.time_zone,
        "link": links.vendor(invitation.id),
    }
    invitation.expires_at = max(invitation.expires_at, inviting.link_end(deadline))
    posted = posting.post(
        session,
        clock,
        organisation_id=rfi.organisation_id,
        kind="deadline_changed",
        to_address=assessment.contact_email,
        to_name=assessment.contact_name,
        language=assessment.language,
        reply_to=rfi.reply_to,
        rfi_id=rfi.id,
        assessment_id=assessment.id,
        context=context,
    )
    return posted is not None


def _open(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state != "open":
        raise Refused("Only an RFI that was sent and not withdrawn can be changed like this.")
    return rfi


def _in_future(deadline: datetime, now: datetime) -> None:
    if deadline <= now:
        raise Invalid(
            {"deadline_day": worded("This moment has passed already. Choose a later one.")}
        )


def _organisation(session: Session, rfi: Rfi) -> str:
    name = session.scalar(
        sa.select(Organisation.name).where(Organisation.id == rfi.organisation_id)
    )
    return name or ""


def _audit(
    session: Session,
    clock: Clock,
    actor: Actor,
    action: str,
    rfi: Rfi,
    assessment: Assessment | None,
    **moments: datetime,
) -> None:
    auditing.append(
        session,
        actor,
        clock(),
        action,
        "assessment" if assessment else "rfi",
        assessment.id if assessment else rfi.id,
        rfi_id=rfi.id,
        assessment_id=assessment.id if assessment else None,
        **({"vendor": assessment.vendor.name} if assessment else {"title": rfi.title}),
        **{name: at.isoformat() for name, at in moments.items()},
    )
