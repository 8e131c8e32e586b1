"""Documents whose last day is over: their question is judged anew, and the vendor is asked.

Each once. The hourly job looks; what it finds is done in a transaction for each document, so that
one vendor's trouble costs no other its mail.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.dates import show_date
from questionnaire.core.phrases import quoted, say
from questionnaire.models import Assessment, Evidence, EvidenceReview
from questionnaire.services import auditing, flagging, judging
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.links import Links
from questionnaire.services.reopening import Saying, add_remark, open_clarifications, reopen


def due(session: Session, today: date) -> list[UUID]:
    """The reviews that have lapsed since the last look; reads only."""
    return [row.id for row in _lapsed(session, today)]


def lapse(session: Session, clock: Clock, links: Links, review_id: UUID) -> bool:
    """Judge anew what rested on a lapsed document, and ask the vendor for what replaces it.

    False when nothing is to do any more: it was done, the document is gone, or it was reviewed
    again meanwhile.
    """
    found = list(_lapsed(session, clock().date(), review_id))
    if not found:
        return False
    flagging.lock(session, [found[0].assessment_id])
    if not list(_lapsed(session, clock().date(), review_id)):
        return False
    review = session.get_one(EvidenceReview, review_id)
    review.lapsed_at = clock()
    session.flush()
    evidence = session.get_one(Evidence, review.evidence_id)
    assessment = session.get_one(Assessment, review.assessment_id)
    service = Actor.service(assessment.organisation_id)
    auditing.append(
        session,
        service,
        clock(),
        "lapsed",
        "evidence",
        evidence.id,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment.id,
        question=evidence.question_id,
        document=evidence.name,
    )
    judging.judge(session, clock, assessment.id)
    _ask(session, clock, links, service, assessment, evidence, review)
    return True


def _ask(
    session: Session,
    clock: Clock,
    links: Links,
    service: Actor,
    assessment: Assessment,
    evidence: Evidence,
    review: EvidenceReview,
) -> None:
    """Open the question again, or say it beside what the vendor is asked there already."""
    if review.expires_on is None or assessment.rfi.state == "withdrawn":
        return  # a withdrawn RFI asks nothing more
    speech = assessment.language
    remark = say(
        speech,
        "{name} lapsed on {day}. Attach what replaces it, or say in your comment when you will "
        "have it.",
        name=quoted(evidence.name),
        day=show_date(review.expires_on, speech),
    )
    saying = Saying(remark, "lapsed", once=f"lapsed:{review.id}")
    waiting = {one.question_id for one in open_clarifications(session, assessment.id)}
    tell = add_remark if evidence.question_id in waiting else reopen
    tell(session, clock, links, service, assessment, evidence.question_id, saying)


def _lapsed(
    session: Session, today: date, only: UUID | None = None
) -> sa.Result[tuple[UUID, UUID]]:
    """Reviews that stand, of documents that are there, whose last day is over and was not noted."""
    query = (
        sa.select(EvidenceReview.id, EvidenceReview.assessment_id)
        .join(
            Evidence,
            sa.and_(
                Evidence.id == EvidenceReview.evidence_id,
                Evidence.reviews == EvidenceReview.version,
            ),
        )
        .where(
            EvidenceReview.lapsed_at.is_(None),
            EvidenceReview.expires_on.is_not(None),
            EvidenceReview.expires_on < today,
            Evidence.removed_at.is_(None),
        )
        .order_by(EvidenceReview.id)
    )
    if only is not None:
        query = query.where(EvidenceReview.id == only)
    return session.execute(query)
