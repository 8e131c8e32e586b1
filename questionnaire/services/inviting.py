"""Letting a vendor in: the link into its assessment, mailed, mailed again, replaced, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Invitation, Rfi
from questionnaire.services import auditing, delivering, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.links import Links, hash_of
from questionnaire.services.questionnaires import questionnaire_of

#: Late answers are taken, and a vendor reads its own answers afterwards: so long a link works on.
LINK_LIVES_ON = timedelta(days=180)


def invite(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    *,
    mail: bool = True,
) -> Invitation:
    """Make the link of an assessment's contact and mail it; the one that worked so far ends.

    Without `mail` nothing is posted: the link can still be copied from the board.
    """
    now = clock()
    rfi = _open_rfi(session, assessment)
    _end_active(session, assessment.id, now)
    id = new_id()
    invitation = Invitation(
        id=id,
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        email=assessment.contact_email,
        name=assessment.contact_name,
        token_hash=hash_of(links.token("vendor", id)),
        created_at=now,
        expires_at=link_end(assessment.due_at or rfi.deadline),
    )
    session.add(invitation)
    if assessment.state == "not_sent":
        assessment.state = "sent"
    session.flush()
    _audit(session, actor, now, "invited", assessment, id)
    if mail:
        mail_link(session, clock, links, assessment, invitation)
    return invitation


def reissue(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    *,
    instead_of: UUID | None,
    mail: bool = True,
) -> Invitation | None:
    """Replace the link `instead_of` by a new one into the same draft.

    None when that link is no longer the one that works: a repeated press has no second effect.
    """
    present = active(session, assessment.id)
    if (present.id if present else None) != instead_of:
        return None
    return invite(session, clock, links, actor, assessment, mail=mail)


def revoke(session: Session, clock: Clock, actor: Actor, assessment: Assessment) -> None:
    """End the assessment's link; what was answered stays. With no working link nothing happens."""
    now = clock()
    ended = _end_active(session, assessment.id, now)
    if ended:
        # Nobody whom the contact let in gets in by now either.
        delivering.cancel(session, assessment.id)
    for id in ended:
        _audit(session, actor, now, "revoked", assessment, id)


def resend(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment: Assessment,
    *,
    after: int,
) -> bool:
    """Mail the same link once more; `after` is how many times it was mailed when this was asked.

    A repeated press names the same number and mails nothing: False.
    """
    _open_rfi(session, assessment)
    invitation = active(session, assessment.id)
    if invitation is None:
        raise Refused("There is no working link to send again. Make a new link first.")
    once = f"invitation:{invitation.id}:{after}"
    if not mail_link(session, clock, links, assessment, invitation, once=once):
        return False
    _audit(session, actor, clock(), "resent", assessment, invitation.id)
    return True


def active(session: Session, assessment_id: UUID) -> Invitation | None:
    """The contact's invitation that has not been revoked, expired or not; no colleague's."""
    return session.scalars(
        sa.select(Invitation)
        .where(*_working(assessment_id))
        .order_by(Invitation.id.desc())
        .limit(1)
    ).first()


def link_end(deadline: datetime) -> datetime:
    """Until when a link works whose answers are due at `deadline`."""
    return deadline + LINK_LIVES_ON


def mail_link(
    session: Session,
    clock: Clock,
    links: Links,
    assessment: Assessment,
    invitation: Invitation,
    *,
    once: str | None = None,
) -> bool:
    """Post the invitation with its link; False when a mail of that `once` was posted before."""
    rfi = assessment.rfi
    posted = posting.post(
        session,
        clock,
        organisation_id=assessment.organisation_id,
        kind="invitation",
        to_address=invitation.email,
        to_name=invitation.name,
        language=assessment.language,
        reply_to=rfi.reply_to,
        rfi_id=rfi.id,
        assessment_id=assessment.id,
        once=once,
        context=_context(session, rfi, assessment)
        | {"link": links.vendor(invitation.id), "contact": invitation.name},
    )
    return posted is not None


def _context(session: Session, rfi: Rfi, assessment: Assessment) -> dict[str, Any]:
    """What the invitation tells about the questionnaire."""
    own = assessment.in_house
    questionnaire = questionnaire_of(session, rfi.id, rfi.version, in_house=own)
    return {
        "organisation": questionnaire.organisation,
        "title": rfi.title,
        "purpose": rfi.purpose,
        "vendor": assessment.vendor.name,
        "deadline": assessment.due_at or rfi.deadline,
        "time_zone": rfi.time_zone,
        "questions": len(questionnaire.questions),
        "minutes": questionnaire.minutes,
    }


def _open_rfi(session: Session, assessment: Assessment) -> Rfi:
    rfi = assessment.rfi
    if rfi.state != "open":
        raise Refused("Only an RFI that was sent and not withdrawn has links. Check its board.")
    if assessment.state in ("withdrawn", "declined"):
        raise Refused("This vendor is out of the RFI: nothing is sent to it any more.")
    return rfi


def _end_active(session: Session, assessment_id: UUID, now: datetime) -> list[UUID]:
    """Revoke the contact's working links; gives the ids of those that ended.

    Colleagues' links are left as they are: they work while one of the contact's does, so they go
    on where the same address gets a new link, and stop by themselves where it gets none.
    """
    rows = session.scalars(
        sa.select(Invitation).where(*_working(assessment_id)).with_for_update()
    ).all()
    for one in rows:
        one.revoked_at = now
        # What still waits in the outbox would bring a link that no longer works.
        delivering.cancel(session, assessment_id, to=one.email)
    return [one.id for one in rows]


def _working(assessment_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Invitation.assessment_id == assessment_id,
        Invitation.revoked_at.is_(None),
        Invitation.handed_by.is_(None),
    )


def _audit(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    assessment: Assessment,
    invitation_id: UUID,
) -> None:
    auditing.append(
        session,
        actor,
        now,
        action,
        "invitation",
        invitation_id,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment.id,
        vendor=assessment.vendor.name,
    )
