"""Vendors that have submitted, judged against a handful of requirements of every sort."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import requirement_to_document
from questionnaire.models import (
    Answer,
    AnswerChange,
    Assessment,
    Clarification,
    Evidence,
    Flag,
    FlagEvent,
    Judgement,
    Organisation,
    RequirementSetVersion,
    Rfi,
)
from questionnaire.services import editions, judging
from tests.harness.clock import START, MovableClock
from tests.services.rounds import make_assessment, make_rfi

#: Severity and whether it can be waived -> a requirement on a yes/no question of its own.
MANDATORY, MAJOR, MINOR = "contract.audit#2", "contract.exit-help#1", "company.accounts#1"
NEVER = "privacy.dpa#1"
RTO, ACHIEVED, DOCUMENT = (
    "resilience.rto#1",
    "resilience.achieved-hours#1",
    "company.legal-entity#1",
)
PRICE = "price.minimum#1"
ALL = (MINOR, DOCUMENT, RTO, ACHIEVED, NEVER, PRICE, MAJOR, MANDATORY)

#: A price that stands nowhere else, so that it can be looked for.
SECRET_PRICE = 97.03125


def question_of(requirement_id: str) -> str:
    return requirement_id.partition("#")[0]


#: Everything is met, but the document is missing and the sealed price is over its limit.
GOOD: dict[str, Any] = {
    question_of(MINOR): True,
    question_of(DOCUMENT): "Amber Call SIA, Riga; owned by Vera Ozola.",
    question_of(RTO): 4,
    question_of(ACHIEVED): 3,
    question_of(NEVER): True,
    question_of(PRICE): SECRET_PRICE,
    question_of(MAJOR): True,
    question_of(MANDATORY): True,
}
#: Nothing is met.
BAD: dict[str, Any] = (
    GOOD
    | {question_of(one): False for one in (MINOR, NEVER, MAJOR, MANDATORY)}
    | {question_of(RTO): 24, question_of(ACHIEVED): 48}
)


def documents(*ids: str, assurance: int | None = None) -> list[dict[str, Any]]:
    """The shipped requirements of these ids as a set keeps them.

    They demand this level behind every answer, and none by default, so that what is said decides.
    """
    by_id = {one.id: one for one in editions.current_bank().requirements}
    return [requirement_to_document(replace(by_id[id_], assurance=assurance)) for id_ in ids]


def reviewed_rfi(session: Session, organisation: Organisation, **values: Any) -> Rfi:
    """A sent RFI whose frozen requirements are `ALL`."""
    bank = editions.current_bank()
    rfi = make_rfi(
        session,
        organisation,
        **{
            "edition_digest": editions.keep(session, bank, START),
            "question_ids": [question_of(one) for one in ALL],
            "brief": {"rto_hours": 8},
        }
        | values,
    )
    freeze(session, rfi, 1, documents(*ALL))
    return rfi


def freeze(session: Session, rfi: Rfi, number: int, wanted: list[dict[str, Any]]) -> None:
    """Another frozen version of the RFI's requirements."""
    session.add(
        RequirementSetVersion(
            organisation_id=rfi.organisation_id,
            rfi_id=rfi.id,
            number=number,
            documents=wanted,
            digest=hashlib.sha256(repr(wanted).encode()).hexdigest(),
            frozen_at=START,
        )
    )
    session.flush()


def submitted(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi | None = None,
    *,
    vendor: str = "Amber Call",
    answers: dict[str, Any] | None = None,
) -> Assessment:
    """A vendor with these answers (`BAD` by default), submitted and judged."""
    rfi = rfi or reviewed_rfi(session, organisation)
    assessment = make_assessment(
        session, organisation, rfi, vendor=vendor, state="submitted", submitted_at=clock()
    )
    for question_id, value in (BAD if answers is None else answers).items():
        answer(session, clock, assessment, question_id, value)
    judging.judge(session, clock, assessment.id)
    session.expire_all()
    return assessment


def answer(
    session: Session,
    clock: MovableClock,
    assessment: Assessment,
    question_id: str,
    value: Any = None,
    *,
    state: str = "answered",
    comment: str = "",
    reason: str = "",
) -> int:
    """Store an answer as a save does, history and all; gives its version."""
    found = session.scalars(
        sa.select(Answer).filter_by(assessment_id=assessment.id, question_id=question_id)
    ).first()
    if found is None:
        found = Answer(assessment_id=assessment.id, question_id=question_id, version=0)
        found.organisation_id = assessment.organisation_id
        session.add(found)
    said = {
        "state": state,
        "value": value,
        "comment": comment,
        "reason": reason,
        "version": found.version + 1,
        "changed_at": clock(),
        "changed_by": "vera@ambercall.example",
    }
    for name, one in said.items():
        setattr(found, name, one)
    session.add(
        AnswerChange(
            organisation_id=assessment.organisation_id,
            assessment_id=assessment.id,
            question_id=question_id,
            **said,
        )
    )
    session.flush()
    return int(said["version"])


def attach(
    session: Session,
    assessment: Assessment,
    question_id: str,
    document_type: str = "register_extract",
    *,
    content: bytes = b"%PDF-1.7 extract",
    issued_on: date | None = date(2026, 10, 1),
) -> Evidence:
    """A file beside an answer, without its bytes."""
    evidence = Evidence(
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        question_id=question_id,
        name="extract.pdf",
        document_type=document_type,
        issued_on=issued_on,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        store_key="nowhere",
        uploaded_at=START,
        uploaded_by="vera@ambercall.example",
    )
    session.add(evidence)
    session.flush()
    return evidence


def reply(
    session: Session, clarification_id: UUID, version: int, at: datetime = START
) -> Clarification:
    """Mark a clarification as answered, as the vendor's reply does."""
    found = session.get_one(Clarification, clarification_id)
    found.answered_at, found.answered_version = at, version
    session.flush()
    return found


def flag_of(session: Session, assessment: Assessment, requirement_id: str) -> Flag:
    """The flag as it stands in the database now."""
    query = sa.select(Flag).filter_by(assessment_id=assessment.id, requirement_id=requirement_id)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def flags_of(session: Session, assessment: Assessment) -> dict[str, Flag]:
    query = sa.select(Flag).filter_by(assessment_id=assessment.id)
    found = session.scalars(query.execution_options(populate_existing=True))
    return {str(one.requirement_id or one.finding_id): one for one in found}


def statuses(session: Session, assessment: Assessment) -> dict[str, str]:
    rows = session.execute(
        sa.select(Judgement.requirement_id, Judgement.status).filter_by(assessment_id=assessment.id)
    )
    return {row.requirement_id: row.status for row in rows}


def events(session: Session, flag: Flag) -> list[str]:
    """What happened to the flag, oldest first."""
    query = sa.select(FlagEvent.action).filter_by(flag_id=flag.id).order_by(FlagEvent.id)
    return list(session.scalars(query))
