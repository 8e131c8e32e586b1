"""Everything that a reviewer sees of one document, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Assessment, Flag, Judgement, Membership, Rfi, Vendor
from questionnaire.services import keeping, reading, recalling
from questionnaire.services.collecting import Key, sites_of
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reading import UNTOUCHED, HeldAnswer
from questionnaire.services.recalling import HeldReview


@dataclass(frozen=True, slots=True)
class Against:
    """One requirement that the answer is held against, what it came to, and its flag."""

    requirement_id: str
    severity: str
    status: str
    explanation: str
    flag_id: UUID | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A document with all that it is to be judged by."""

    id: UUID
    assessment_id: UUID
    rfi_id: UUID
    name: str
    document_type: str
    issued_on: date | None
    size: int
    uploaded_at: datetime
    vendor: str
    rfi: str
    questionnaire: Questionnaire
    question: Question
    answer: HeldAnswer
    against: Sequence[Against]
    #: Its reviews, the newest first.
    reviews: Sequence[HeldReview]
    #: The vendor's sites, of which the document may name some.
    sites: Sequence[str]

    @property
    def key(self) -> Key:
        return Key(self.assessment_id, self.id)

    @property
    def review(self) -> HeldReview | None:
        """The review that stands."""
        return self.reviews[0] if self.reviews else None


def inspect(
    session: Session, organisation_id: UUID, user_id: UUID, assessment_id: UUID, evidence_id: UUID
) -> Inspected:
    """The document, if the person may see it; Missing otherwise."""
    vendor, rfi, rfi_id, version = _names(session, organisation_id, user_id, assessment_id)
    file = keeping.for_staff(session, organisation_id, assessment_id, evidence_id)
    questionnaire = questionnaire_of(session, rfi_id, version)
    kept = reading.held(session, assessment_id, file.question_id)
    kept |= reading.before_asking(session, assessment_id)
    answer = kept.get(file.question_id, UNTOUCHED)
    shown = reading.reviewed(session, assessment_id, {file.question_id: answer})
    return Inspected(
        id=file.id,
        assessment_id=assessment_id,
        rfi_id=rfi_id,
        name=file.name,
        document_type=file.document_type,
        issued_on=file.issued_on,
        size=file.size,
        uploaded_at=file.uploaded_at,
        vendor=vendor,
        rfi=rfi,
        questionnaire=questionnaire,
        question=questionnaire.bank.questions[file.question_id],
        answer=shown[file.question_id],
        against=_against(session, assessment_id, file.question_id),
        reviews=recalling.history(session, file.id),
        sites=sites_of(session, assessment_id, questionnaire.bank),
    )


def _names(
    session: Session, organisation_id: UUID, user_id: UUID, assessment_id: UUID
) -> tuple[str, str, UUID, int]:
    query = (
        sa.select(Vendor.name, Rfi.title, Rfi.id, Rfi.version)
        .select_from(Assessment)
        .join(
            Membership,
            sa.and_(
                Membership.organisation_id == Assessment.organisation_id,
                Membership.user_id == user_id,
                Membership.ended_at.is_(None),
            ),
        )
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .where(Assessment.id == assessment_id, Assessment.organisation_id == organisation_id)
    )
    row = session.execute(query).first()
    if row is None:
        raise Missing(assessment_id)
    vendor, title, rfi_id, version = row
    return vendor, title, rfi_id, version


def _against(session: Session, assessment_id: UUID, question_id: str) -> list[Against]:
    rank = sa.case({"mandatory": 0, "major": 1}, value=Judgement.severity, else_=2)
    same = sa.and_(
        Flag.assessment_id == Judgement.assessment_id,
        Flag.requirement_id == Judgement.requirement_id,
    )
    query = (
        sa.select(
            Judgement.requirement_id,
            Judgement.severity,
            Judgement.status,
            Judgement.explanation,
            Flag.id,
        )
        .outerjoin(Flag, same)
        .where(Judgement.assessment_id == assessment_id, Judgement.question_id == question_id)
        .order_by(rank, Judgement.requirement_id)
    )
    return [Against(*row) for row in session.execute(query)]
