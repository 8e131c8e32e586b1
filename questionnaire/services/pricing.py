"""What vendors answered about the price: read for staff only after a locked review was opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Question
from question_bank.values import Money
from questionnaire.core.answers import Answer
from questionnaire.core.conditions import open_case
from questionnaire.models import Answer as AnswerRow
from questionnaire.models import Assessment, Rfi, Vendor
from questionnaire.services import standing
from questionnaire.services.editions import bank_of
from questionnaire.services.reading import HeldAnswer, typed
from questionnaire.services.standing import Review


@dataclass(frozen=True, slots=True)
class Offer:
    """One vendor's sealed answers, opened; blank ones are missing in it."""

    assessment_id: UUID
    vendor: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Offers:
    """The prices of one RFI: nothing in it before they were opened."""

    review: Review
    questions: tuple[Question, ...]
    offers: tuple[Offer, ...]
    #: Vendors that have submitted after the review was locked: sealed until it is locked anew.
    uncovered: tuple[str, ...]

    @property
    def opened(self) -> bool:
        return self.review.lock is not None and self.review.lock.opened_at is not None


def offers(session: Session, organisation_id: UUID, rfi_id: UUID) -> Offers:
    """The RFI's prices as far as they are open; Missing for what is not the organisation's."""
    review = standing.review(session, organisation_id, rfi_id)
    digest, question_ids, brief = session.execute(
        sa.select(Rfi.edition_digest, Rfi.question_ids, Rfi.brief).where(Rfi.id == rfi_id)
    ).one()
    bank = bank_of(session, digest)
    sealed = bank.sealed_questions & set(question_ids)
    asked = tuple(one for id, one in bank.questions.items() if id in sealed)
    lock = review.lock
    if lock is None or lock.opened_at is None:
        return Offers(review, asked, (), ())
    covered = [UUID(one) for one in lock.covers]
    uncovered = tuple(
        one.vendor
        for one in review.vendors
        if one.assessment_id not in covered and not one.in_house
    )
    currency = open_case(bank, brief, {}).currency
    found = tuple(
        Offer(
            id,
            name,
            {
                one: _in_currency(bank.questions[one], answer, currency)
                for one, answer in answers.items()
            },
        )
        for id, name, answers in _read(session, bank, sealed, covered)
    )
    return Offers(review, asked, found, uncovered)


def _in_currency(question: Question, answer: Answer, currency: str) -> Answer:
    """An amount that names no currency was asked for in the buyer's: here it is said."""
    if isinstance(answer.value, Decimal) and question.kind == "money":
        return replace(answer, value=Money(answer.value, currency))
    return answer


def _read(
    session: Session, bank: Bank, sealed: frozenset[str], covered: list[UUID]
) -> list[tuple[UUID, str, dict[str, Answer]]]:
    """Two statements, however many vendors and questions."""
    names = session.execute(
        sa.select(Assessment.id, Vendor.name)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(Assessment.id.in_(covered), Assessment.in_house.is_(False))
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    ).all()
    held: dict[UUID, dict[str, HeldAnswer]] = {id: {} for id, _name in names}
    rows = session.execute(
        sa.select(
            AnswerRow.assessment_id,
            AnswerRow.question_id,
            AnswerRow.state,
            AnswerRow.value,
            AnswerRow.comment,
            AnswerRow.reason,
            AnswerRow.version,
        ).where(AnswerRow.assessment_id.in_(covered), AnswerRow.question_id.in_(sorted(sealed)))
    )
    for assessment_id, question_id, *kept in rows:
        held[assessment_id][question_id] = HeldAnswer(*kept)
    return [(id, name, typed(bank, held[id])) for id, name in names]
