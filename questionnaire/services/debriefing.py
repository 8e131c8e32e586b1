"""Debriefing a vendor: the buyer looks at what it will be told, releases it once, it reads it.

Only after the review was locked by two people, so that nothing is told that can still change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.debrief import Paper, Told, tell
from questionnaire.core.phrases import english, worded
from questionnaire.core.report.matter import case_of
from questionnaire.models import Assessment, Debrief, Organisation, User, Vendor
from questionnaire.services import auditing, concluding, drafting, inviting, posting, standing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.concluding import Conclusion
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.links import Links
from questionnaire.services.standing import Review
from questionnaire.services.surveying import submitted_answers

#: How long the link works at least after the debrief was sent by it.
TIME_TO_READ = timedelta(days=90)
NOT_LOCKED = english(
    "Lock the review first, by two people: until then what was found can still change, and a "
    "vendor would be told what is not so in the end."
)
RELEASED = english("This debrief was released already: the vendor has it as it was then.")


@dataclass(frozen=True, slots=True)
class Line:
    """One vendor in the list; `released_at` is None as long as it was told nothing."""

    assessment_id: UUID
    vendor: str
    language: str
    released_at: datetime | None
    released_by: str | None
    ready: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What one vendor is told, or will be; `refused` says why it cannot be released now."""

    line: Line
    told: Told
    refused: str


@dataclass(frozen=True, slots=True)
class Released:
    """What the vendor reads."""

    told: Told
    at: datetime


def lines(session: Session, organisation_id: UUID, rfi_id: UUID) -> list[Line]:
    """Every vendor that has submitted, by name; Missing for a draft or a stranger's RFI."""
    return _lines(session, rfi_id, _covered(standing.review(session, organisation_id, rfi_id)))


def preview(
    session: Session, organisation_id: UUID, rfi_id: UUID, assessment_id: UUID, now: datetime
) -> Preview:
    """In the vendor's language; once released, as it was released."""
    found = concluding.conclude(session, organisation_id, rfi_id, now)
    return _preview(session, found, rfi_id, assessment_id)


def release(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    assessment_id: UUID,
) -> None:
    """Let the vendor read it, and mail it the link; once. Refused while it cannot be."""
    drafting.locked(session, actor, rfi_id)
    now = clock()
    found = concluding.conclude(session, actor.organisation_id, rfi_id, now)
    shown = _preview(session, found, rfi_id, assessment_id)
    if shown.refused:
        raise Refused(shown.refused)
    debrief = Debrief(
        organisation_id=actor.organisation_id,
        assessment_id=assessment_id,
        document=shown.told.to_json(),
        released_by=actor.id,
        released_at=now,
    )
    session.add(debrief)
    session.flush()
    auditing.append(
        session,
        actor,
        now,
        "released",
        "debrief",
        debrief.id,
        rfi_id=rfi_id,
        assessment_id=assessment_id,
        vendor=shown.line.vendor,
    )
    _mail(session, clock, links, actor, assessment_id)


def released(session: Session, assessment_id: UUID) -> Released | None:
    """For the vendor that has reached its own assessment; None before it was released."""
    row = session.execute(
        sa.select(Debrief.document, Debrief.released_at).where(
            Debrief.assessment_id == assessment_id
        )
    ).one_or_none()
    return None if row is None else Released(Told.from_json(row.document), row.released_at)


def _covered(review: Review) -> frozenset[str]:
    """The vendors whose review was locked."""
    lock = review.lock
    return frozenset(lock.covers) if lock is not None and lock.locked else frozenset()


def _lines(session: Session, rfi_id: UUID, covered: frozenset[str]) -> list[Line]:
    rows = session.execute(
        sa.select(Assessment.id, Vendor.name, Assessment.language, Debrief.released_at, User.name)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .outerjoin(Debrief, Debrief.assessment_id == Assessment.id)
        .outerjoin(User, User.id == Debrief.released_by)
        .where(
            Assessment.rfi_id == rfi_id,
            Assessment.state == "submitted",
            Assessment.in_house.is_(False),
        )
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return [Line(*row, str(row.id) in covered) for row in rows]


def _preview(session: Session, found: Conclusion, rfi_id: UUID, assessment_id: UUID) -> Preview:
    listed = _lines(session, rfi_id, _covered(found.review))
    line = next((one for one in listed if one.assessment_id == assessment_id), None)
    if line is None:
        raise Missing(assessment_id)
    kept = released(session, assessment_id)
    if kept is not None:
        return Preview(line, kept.told, worded(RELEASED))
    told = _told(session, found, assessment_id, line.language)
    return Preview(line, told, "" if line.ready else worded(NOT_LOCKED))


def _told(session: Session, found: Conclusion, assessment_id: UUID, language: str) -> Told:
    code = str(assessment_id)
    verdict = next(one for one in found.verdicts if one.code == code)
    offer = found.offers[code]
    case = case_of(found.basis, offer)
    kept = submitted_answers(session, [assessment_id])[assessment_id]
    papers = [
        Paper(question_id, file.name, file.review.rejected, file.review.reason)
        for question_id, answer in kept.items()
        for file in answer.files
        if file.review and (file.review.rejected or file.review.lapsed(found.on))
    ]
    settled = offer.waived | offer.accepted
    return tell(found.bank, verdict.judgements, verdict.findings, case, papers, language, settled)


def _mail(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment_id: UUID,
) -> None:
    """Word of it, with the vendor's own link, which is made anew where it had ended."""
    assessment = session.get_one(Assessment, assessment_id)
    invitation = inviting.active(session, assessment_id)
    if invitation is None:
        invitation = inviting.invite(session, clock, links, actor, assessment, mail=False)
    invitation.expires_at = max(invitation.expires_at, clock() + TIME_TO_READ)
    organisation = session.get_one(Organisation, actor.organisation_id)
    posting.post(
        session,
        clock,
        organisation_id=actor.organisation_id,
        kind="debrief",
        to_address=invitation.email,
        to_name=invitation.name,
        language=assessment.language,
        reply_to=assessment.rfi.reply_to,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment_id,
        once=f"debrief:{assessment_id}",
        context={
            "organisation": organisation.name,
            "title": assessment.rfi.title,
            "vendor": assessment.vendor.name,
            "contact": invitation.name,
            "link": links.vendor(invitation.id),
        },
    )
