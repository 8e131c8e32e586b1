"""Reading the answers of one assessment: a few narrow selects, whatever the number of questions.

Staff get answers as they were submitted: a question that a clarification has re-opened still shows
what it said before, until the vendor replies. Sealed questions are never handed to staff.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Question
from questionnaire.core import answers as core
from questionnaire.core.faults import AnswerFault
from questionnaire.models import Answer, Assessment, Clarification, Evidence, Rfi
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.recalling import HeldReview, standing


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file beside an answer, as far as rules and pages need it."""

    id: str
    name: str
    document_type: str
    issued_on: date | None
    sha256: str
    #: What a reviewer found in it: no part of what the vendor said, and only there where it is
    #: asked for with `reviewed`.
    review: HeldReview | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        issued = self.issued_on.isoformat() if self.issued_on else None
        return {
            "id": self.id,
            "name": self.name,
            "document_type": self.document_type,
            "issued_on": issued,
            "sha256": self.sha256,
        }

    def as_judged(self) -> core.Evidence:
        review = self.review.as_judged() if self.review else None
        return core.Evidence(self.name, self.document_type, self.issued_on, review)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        issued = kept["issued_on"]
        return cls(**(dict(kept) | {"issued_on": date.fromisoformat(issued) if issued else None}))


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer as it is stored, with its version and its files; version 0 was never touched."""

    state: str = "blank"
    value: Any = None
    comment: str = ""
    reason: str = ""
    version: int = 0
    files: tuple[HeldFile, ...] = ()

    @property
    def digest(self) -> str:
        """Names what the vendor said (not the files): equal texts are equal digests."""
        said = [self.state, self.value, self.comment, self.reason]
        plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What a clarification keeps as *before*."""
        return {
            "state": self.state,
            "value": self.value,
            "comment": self.comment,
            "reason": self.reason,
            "version": self.version,
            "files": [one.to_json() for one in self.files],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        files = tuple(HeldFile.from_json(one) for one in kept["files"])
        return cls(**(dict(kept) | {"files": files}))


UNTOUCHED = HeldAnswer()


def held(
    session: Session, assessment_id: UUID, question_id: str | None = None
) -> dict[str, HeldAnswer]:
    """Every answer and file of an assessment (or of one question) as it is now; two statements."""
    answers = Answer.assessment_id == assessment_id
    files = Evidence.assessment_id == assessment_id
    if question_id is not None:
        answers &= Answer.question_id == question_id
        files &= Evidence.question_id == question_id
    found = {
        id_: HeldAnswer(*stored)
        for id_, *stored in session.execute(
            sa.select(
                Answer.question_id,
                Answer.state,
                Answer.value,
                Answer.comment,
                Answer.reason,
                Answer.version,
            ).where(answers)
        )
    }
    for id_, beside in _files(session, files).items():
        found[id_] = replace(found.get(id_, UNTOUCHED), files=tuple(beside))
    return found


def _files(session: Session, where: sa.ColumnElement[bool]) -> dict[str, list[HeldFile]]:
    columns = (
        Evidence.question_id,
        Evidence.id,
        Evidence.name,
        Evidence.document_type,
        Evidence.issued_on,
        Evidence.sha256,
    )
    query = sa.select(*columns).where(where, Evidence.removed_at.is_(None)).order_by(Evidence.id)
    found: dict[str, list[HeldFile]] = {}
    for question_id, id_, name, document_type, issued_on, sha256 in session.execute(query):
        file = HeldFile(str(id_), name, document_type, issued_on, sha256)
        found.setdefault(question_id, []).append(file)
    return found


def as_submitted(session: Session, assessment_id: UUID) -> dict[str, HeldAnswer]:
    """Like `held`, but without what a vendor is still writing in reply to a clarification."""
    return held(session, assessment_id) | before_asking(session, assessment_id)


def before_asking(session: Session, assessment_id: UUID) -> dict[str, HeldAnswer]:
    """The questions that a clarification has re-opened, each as it stood before."""
    query = sa.select(Clarification.question_id, Clarification.before).where(
        Clarification.assessment_id == assessment_id,
        Clarification.answered_at.is_(None),
        Clarification.cancelled_at.is_(None),
    )
    return {id_: HeldAnswer.from_json(before) for id_, before in session.execute(query)}


def reviewed(
    session: Session, assessment_id: UUID, kept: Mapping[str, HeldAnswer]
) -> dict[str, HeldAnswer]:
    """The same answers, each file with the review that stands; one statement more, for staff."""
    return with_reviews(kept, standing(session, [assessment_id]))


def with_reviews(
    kept: Mapping[str, HeldAnswer], reviews: Mapping[str, HeldReview]
) -> dict[str, HeldAnswer]:
    """The same answers, each file with its review out of these (by evidence id)."""
    return {
        id_: replace(one, files=tuple(replace(f, review=reviews.get(f.id)) for f in one.files))
        if one.files
        else one
        for id_, one in kept.items()
    }


def typed(bank: Bank, kept: Mapping[str, HeldAnswer]) -> dict[str, core.Answer]:
    """The same answers as the core reads them, without questions that the bank does not know."""
    return {
        question_id: typed_answer(bank.questions[question_id], one)
        for question_id, one in kept.items()
        if question_id in bank.questions
    }


def typed_answer(question: Question, kept: HeldAnswer) -> core.Answer:
    """One answer as the core reads it; a value that does not fit the question is not known."""
    notes = {"comment": kept.comment, "reason": kept.reason}
    files = [one.as_judged() for one in kept.files]
    try:
        return core.kept_answer(question, kept.state, kept.value, evidence=files, **notes)
    except AnswerFault:
        return core.kept_answer(question, "blank", None, evidence=files, **notes)


def read_answers(
    session: Session, assessment_id: UUID, bank: Bank | None = None
) -> dict[str, core.Answer]:
    """Every answer of an assessment as it is now, sealed ones too: never for staff."""
    if bank is None:
        digest = session.scalar(
            sa.select(Rfi.edition_digest).join(Assessment).where(Assessment.id == assessment_id)
        )
        if digest is None:
            raise Missing(assessment_id)
        bank = bank_of(session, digest)
    return typed(bank, held(session, assessment_id))


def staff_held(
    session: Session, organisation_id: UUID, assessment_id: UUID, bank: Bank
) -> dict[str, HeldAnswer]:
    """What staff may read of an assessment: submitted, of their organisation, not sealed."""
    submitted = session.scalar(
        sa.select(Assessment.id).where(
            Assessment.id == assessment_id,
            Assessment.organisation_id == organisation_id,
            Assessment.submitted_at.is_not(None),
        )
    )
    if submitted is None:
        raise Missing(assessment_id)
    found = reviewed(session, assessment_id, as_submitted(session, assessment_id))
    return {
        question_id: one
        for question_id, one in found.items()
        if question_id in bank.questions and question_id not in bank.sealed_questions
    }


def staff_answers(
    session: Session, organisation_id: UUID, assessment_id: UUID, bank: Bank
) -> dict[str, core.Answer]:
    """The answers that staff may read; Missing until the vendor has submitted."""
    return typed(bank, staff_held(session, organisation_id, assessment_id, bank))
