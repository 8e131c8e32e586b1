"""Handing over: the owner of a vendor's answers lets colleagues answer a part of them.

A colleague is an invitation of its own, with its own link and codes, that opens nothing but what
was handed over. One address is one colleague: handing over to it again changes what it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import say
from questionnaire.db import new_id
from questionnaire.models import Invitation
from questionnaire.services import auditing, delivering
from questionnaire.services.calling import mail_link
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import Links, hash_of
from questionnaire.services.narrowing import HandedOver
from questionnaire.services.reaching import Reached, closed, owners_only
from questionnaire.services.wishing import Wish, chosen, read

#: So many colleagues can help with one assessment at a time.
MOST_COLLEAGUES = 50


@dataclass(frozen=True, slots=True)
class Handed:
    """Whom it was handed to; `new` when that is another colleague than there were."""

    colleague_id: UUID
    name: str
    new: bool


def hand_over(session: Session, clock: Clock, links: Links, reached: Reached, wish: Wish) -> Handed:
    """Let a colleague answer what was chosen, and mail the link.

    Invalid by field, Refused where the limits are reached, to a colleague, or after the end.
    """
    _may_hand_over(reached)
    asked = read(wish, reached.language)
    if asked.email.casefold() == reached.email.casefold():
        said = say(
            reached.language,
            "This is your own address. You can answer everything yourself already.",
        )
        raise Invalid({"email": said})
    colleagues = _working(session, reached)
    found = next((one for one in colleagues if _same(one.email, asked.email)), None)
    if found is not None and found.handed_by != reached.email:
        # Whoever let this one in is not the owner any more: that link has stopped for good.
        found.revoked_at, found = clock(), None
        session.flush()
    elif found is None and len(colleagues) >= MOST_COLLEAGUES:
        raise Refused(
            say(
                reached.language,
                "{most} colleagues have a link, which is the most. End the link of one who is "
                "done, then hand over again.",
                most=MOST_COLLEAGUES,
            )
        )
    new = found is None
    colleague = found or _invited(session, clock, links, reached, asked.email)
    colleague.name, colleague.language, colleague.message = (
        asked.name,
        asked.language,
        asked.message,
    )
    _give(colleague, asked.handed_over)
    session.flush()
    mail_link(session, clock, links, reached, colleague)
    _audit(session, clock, reached, "handed over", colleague)
    return Handed(colleague.id, colleague.name, new)


def change(
    session: Session,
    clock: Clock,
    links: Links,
    reached: Reached,
    colleague_id: UUID,
    wish: Wish,
) -> bool:
    """Change what a colleague has, at once; True when there is more in it and a mail says so.

    Where no more mails may go out today it is changed all the same: the link is there already.
    """
    _may_hand_over(reached)
    colleague = _one(session, reached, colleague_id)
    before, now = HandedOver.read(colleague.handed_over), chosen(wish, reached.language)
    if before == now:
        return False
    more = before is None or bool(now.sections - before.sections) or _adds(now, before, wish)
    _give(colleague, now)
    session.flush()
    _audit(session, clock, reached, "handed over", colleague)
    if not more:
        return False
    try:
        return mail_link(session, clock, links, reached, colleague)
    except Refused:
        return False


def send_again(
    session: Session,
    clock: Clock,
    links: Links,
    reached: Reached,
    colleague_id: UUID,
    *,
    after: int,
) -> bool:
    """Mail the same link once more; `after` is how often it was mailed when this was asked.

    A repeated press names the same number and mails nothing: False.
    """
    owners_only(reached)
    colleague = _one(session, reached, colleague_id)
    once = f"handed_over:{colleague.id}:{after}"
    if not mail_link(session, clock, links, reached, colleague, once=once):
        return False
    _audit(session, clock, reached, "sent again", colleague)
    return True


def revoke(session: Session, clock: Clock, reached: Reached, colleague_id: UUID) -> str:
    """End a colleague's link at once; gives the name. What was answered stays. Twice is once."""
    owners_only(reached)
    colleague = _one(session, reached, colleague_id, ended=True)
    if colleague.revoked_at is None:
        colleague.revoked_at = clock()
        session.flush()
        delivering.cancel(session, reached.assessment_id, to=colleague.email)
        _audit(session, clock, reached, "revoked", colleague)
    return colleague.name


def _may_hand_over(reached: Reached) -> None:
    owners_only(reached)
    # After handing in a question that a reviewer has opened again can be handed over, too.
    if not reached.answering and reached.state != "submitted":
        raise closed(reached)


def _working(session: Session, reached: Reached) -> list[Invitation]:
    """Every colleague's invitation that nobody has ended; the gate has locked the assessment."""
    return list(
        session.scalars(
            sa.select(Invitation).where(
                Invitation.assessment_id == reached.assessment_id,
                Invitation.handed_by.is_not(None),
                Invitation.revoked_at.is_(None),
            )
        )
    )


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _one(
    session: Session, reached: Reached, colleague_id: UUID, *, ended: bool = False
) -> Invitation:
    found = session.scalars(
        sa.select(Invitation).where(
            Invitation.id == colleague_id,
            Invitation.assessment_id == reached.assessment_id,
            Invitation.handed_by.is_not(None),
            *([] if ended else [Invitation.revoked_at.is_(None)]),
        )
    ).one_or_none()
    if found is None:
        raise Missing(colleague_id)
    return found


def _invited(
    session: Session, clock: Clock, links: Links, reached: Reached, email: str
) -> Invitation:
    id, now = new_id(), clock()
    colleague = Invitation(
        id=id,
        organisation_id=reached.organisation_id,
        assessment_id=reached.assessment_id,
        email=email,
        token_hash=hash_of(links.token("vendor", id)),
        created_at=now,
        # The owner's own time counts; see models.invitations.
        expires_at=now,
        handed_by=reached.email,
    )
    session.add(colleague)
    return colleague


def _give(colleague: Invitation, handed_over: HandedOver) -> None:
    """Who is given something else is not done with it."""
    stored = handed_over.to_json()
    if colleague.handed_over != stored:
        colleague.handed_over = stored
        colleague.done_at = colleague.done_note = None


def _adds(now: HandedOver, before: HandedOver, wish: Wish) -> bool:
    questions = wish.questionnaire.questions
    return any(not before.covers(questions[id]) for id in now.questions if id in questions)


def _audit(
    session: Session, clock: Clock, reached: Reached, action: str, colleague: Invitation
) -> None:
    """Whom the vendor let in stands in the details; the pages of the buyer name nobody."""
    auditing.append(
        session,
        reached.actor(),
        clock(),
        action,
        "colleague",
        colleague.id,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        address=colleague.email,
        parts=colleague.handed_over,
    )
