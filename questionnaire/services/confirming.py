"""What is to be clarified: findings that only ask, and the vendor's word on them (brief 3.1, 3.2).

A finding that counts for other buyers but is only worth knowing under this one's profiles raises
no flag: nobody has to decide about it. It can still be asked about, through the question that it
was computed from. Two names that are alike are the buyer's own list beside the vendor's: the
sentence is for the buyer's people, and the vendor gets what a reviewer writes and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.findings.given import Given
from question_bank.model import Bank, Description, Question
from questionnaire.core.case import Case
from questionnaire.core.conditions import open_case
from questionnaire.core.findings import Finding, find_in
from questionnaire.core.phrases import worded
from questionnaire.models import Assessment, Clarification, Rfi, User, Vendor
from questionnaire.services import auditing, clarifying, flagging, locking, reopening
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Missing
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import asked_of
from questionnaire.services.reading import UNTOUCHED, HeldAnswer, typed
from questionnaire.services.reopening import Saying
from questionnaire.services.surveying import submitted_answers


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest time that the vendor was asked about a question, by whomever and why."""

    id: UUID
    remark: str
    by: str | None
    at: datetime
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class About:
    """One question that a finding was computed from; `comment` is the vendor's, as submitted."""

    question: Question
    asked: Asked | None
    comment: str


@dataclass(frozen=True, slots=True)
class ToClarify:
    """One finding that asks: its sentence, and what the vendor can be asked about it."""

    description: Description
    sentence: str
    about: tuple[About, ...]

    @property
    def asked(self) -> Asked | None:
        """The newest that the vendor was asked about it."""
        found = [one.asked for one in self.about if one.asked is not None]
        return max(found, key=lambda one: (one.at, one.id), default=None)

    @property
    def waiting(self) -> Asked | None:
        return next((one.asked for one in self.about if one.asked and one.asked.waits), None)


def to_clarify(
    session: Session, organisation_id: UUID, assessment_id: UUID, on: date, language: str = "en"
) -> tuple[ToClarify, ...]:
    """The findings of one assessment that only ask, in the order of the bank; writes nothing.

    Missing for a stranger's assessment, and before it was submitted.
    """
    bank, case, answers, found = _find(session, organisation_id, assessment_id, on, language)
    if not found:
        return ()
    newest = _newest(session, assessment_id)
    described = {one.id: one for one in bank.findings}
    return tuple(
        ToClarify(
            described[one.id],
            one.text,
            tuple(
                About(bank.questions[id], newest.get(id), answers.get(id, UNTOUCHED).comment)
                for id in _open_to_asking(one, case)
            ),
        )
        for one in found
    )


def ask(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment_id: UUID,
    finding_id: str,
    question_id: str,
    remark: str,
) -> UUID:
    """Ask the vendor about a finding that only asks, in these words; gives the clarification.

    Missing for a stranger's assessment, Invalid without words and for a finding or question that
    is not on the list, Refused when the question is open already or the review is locked. The same
    page sent twice asks once.
    """
    organisation_id = actor.organisation_id
    _bank, case, _answers, found = _find(session, organisation_id, assessment_id, clock().date())
    one = next((one for one in found if one.id == finding_id), None)
    if one is None or question_id not in _open_to_asking(one, case):
        raise Invalid(
            {"question": worded("This is not to be clarified any more: look at the list again.")}
        )
    cleaned = clarifying.remark_of(remark)
    flagging.lock(session, [assessment_id])
    twice = clarifying.asked_by(session, actor, assessment_id, question_id, cleaned)
    if twice is not None:
        return twice
    locking.refuse_locked(session, [assessment_id])
    assessment = session.get_one(Assessment, assessment_id)
    saying = Saying(cleaned)
    asked = reopening.reopen(session, clock, links, actor, assessment, question_id, saying)
    auditing.append(
        session,
        actor,
        clock(),
        "asked",
        "clarification",
        asked,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment_id,
        question=question_id,
        finding=finding_id,
    )
    return asked


def take_back(
    session: Session, clock: Clock, actor: Actor, assessment_id: UUID, clarification_id: UUID
) -> None:
    """End a question that waits for its reply; Missing for one of another assessment."""
    belongs = sa.select(Clarification.id).where(
        Clarification.id == clarification_id, Clarification.assessment_id == assessment_id
    )
    if session.scalar(belongs) is None:
        raise Missing(clarification_id)
    clarifying.cancel(session, clock, actor, clarification_id)


def _find(
    session: Session, organisation_id: UUID, assessment_id: UUID, on: date, language: str = "en"
) -> tuple[Bank, Case, Mapping[str, HeldAnswer], list[Finding]]:
    row = _reach(session, organisation_id, assessment_id)
    bank = bank_of(session, row.edition_digest)
    held = submitted_answers(session, [assessment_id])[assessment_id]
    answers = {id: one for id, one in held.items() if id not in bank.sealed_questions}
    asked = asked_of(bank, row.question_ids, in_house=row.in_house) - bank.sealed_questions
    case = open_case(
        bank, row.brief, typed(bank, answers), on=on, selection=asked, language=language
    )
    only = {one.id for one in bank.findings if one.kind == "counted"}
    if not row.profiles or not only:
        return bank, case, answers, []
    given = Given(vendor=row.name)
    found = find_in(case, on=on, extra=given, profiles=tuple(row.profiles), only=only)
    # Of those that count somewhere: what is never more than a note asks nothing of anybody.
    asking = [one for one in found if one.fires and one.severity == "info"]
    return bank, case, answers, [one for one in asking if _open_to_asking(one, case)]


def _reach(session: Session, organisation_id: UUID, assessment_id: UUID) -> Any:
    row = session.execute(
        sa.select(
            Vendor.name,
            Assessment.in_house,
            Rfi.profiles,
            Rfi.question_ids,
            Rfi.brief,
            Rfi.edition_digest,
        )
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .where(
            Assessment.id == assessment_id,
            Assessment.organisation_id == organisation_id,
            Assessment.submitted_at.is_not(None),
        )
    ).one_or_none()
    if row is None:
        raise Missing(assessment_id)
    return row


def _open_to_asking(one: Finding, case: Case) -> tuple[str, ...]:
    """The questions behind it that a vendor was asked and that hold no price."""
    sealed = case.bank.sealed_questions
    return tuple(id for id in one.used if id not in sealed and case.shown(id))


def _newest(session: Session, assessment_id: UUID) -> dict[str, Asked]:
    """Question -> the newest that was asked about it and not taken back."""
    query = (
        sa.select(
            Clarification.question_id,
            Clarification.id,
            Clarification.remark,
            User.name,
            Clarification.asked_at,
            Clarification.answered_at,
        )
        .outerjoin(User, User.id == Clarification.asked_by)
        .where(Clarification.assessment_id == assessment_id, Clarification.cancelled_at.is_(None))
        .order_by(Clarification.id)
    )
    return {
        row.question_id: Asked(row.id, row.remark, row.name, row.asked_at, row.answered_at)
        for row in session.execute(query)
    }
