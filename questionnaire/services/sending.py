"""Sending a draft: edition and requirements are frozen, every vendor gets its link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.documents import digest_of
from questionnaire.models import Assessment, Rfi
from questionnaire.services import auditing, drafting, inviting, listing, preparing, requiring
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Refused
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import questionnaire_of


def send(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    *,
    mail: bool = True,
) -> Rfi:
    """Freeze the draft and invite its vendors; an RFI that is open already stays as it is.

    Refused while something is missing. Without `mail` the links can only be copied.
    """
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state == "open":
        return rfi
    if rfi.state != "draft":
        raise Refused("This RFI has been withdrawn and cannot be sent again. Begin a new one.")
    now = clock()
    missing = [one for one in preparing.points(session, rfi, now) if one.blocking]
    if missing:
        raise Refused(
            "It cannot be sent yet. {missing}",
            missing=" ".join(one.sentence for one in missing[:5]),
        )
    digest = _freeze(session, rfi, now)
    rfi.state, rfi.sent_at = "open", now
    session.flush()
    invited = _invite(session, clock, links, actor, rfi, mail=mail)
    auditing.append(
        session,
        actor,
        now,
        "sent",
        "rfi",
        rfi.id,
        rfi_id=rfi.id,
        title=rfi.title,
        edition=rfi.edition_digest,
        requirements=digest,
        vendors=invited,
    )
    return rfi


def invite_added(session: Session, clock: Clock, links: Links, actor: Actor, rfi_id: UUID) -> int:
    """Invite the vendors that were added after sending, into the same frozen versions."""
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state != "open":
        raise Refused("Vendors are invited by sending the RFI, and as long as it is open.")
    return _invite(session, clock, links, actor, rfi, mail=True)


def _freeze(session: Session, rfi: Rfi, now: datetime) -> str:
    """Keep exactly what will be judged: the requirements on the questions that are asked."""
    bank = bank_of(session, rfi.edition_digest)
    asked = set(rfi.question_ids)
    documents = [
        one.to_document()
        for one in requiring.held(session, rfi, bank)
        if one.requirement.question in asked
    ]
    version = requiring.working(session, rfi)
    version.documents, version.frozen_at = documents, now
    version.digest = digest_of({"requirements": documents})
    session.flush()
    return version.digest


def _invite(
    session: Session, clock: Clock, links: Links, actor: Actor, rfi: Rfi, *, mail: bool
) -> int:
    """Invite everybody who has not been; gives how many."""
    fresh: list[Assessment] = [
        one for one in listing.vendors_of(session, rfi) if one.state == "not_sent"
    ]
    for assessment in fresh:
        asked = questionnaire_of(session, rfi.id, rfi.version, in_house=assessment.in_house)
        assessment.asked = len(asked.questions)
        inviting.invite(session, clock, links, actor, assessment, mail=mail)
    return len(fresh)
