"""A database of a chosen size, written straight into the tables; content as in the demo."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_security import hash_password
from sqlalchemy.orm import Session

from question_bank.loader import requirement_to_document
from question_bank.model import SEVERITIES, Bank
from questionnaire import models, paths
from questionnaire.core.merging import default_requirements
from questionnaire.db import new_id
from questionnaire.services import editions, flagging
from questionnaire.services.links import Links, hash_of

VENDORS = 100
FLAGS = 10_000
PASSWORD = "bench password only"
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the measuring needs to know of the database."""

    email: str
    rfi_id: UUID
    assessment_ids: list[UUID]
    tokens: list[str]


def case() -> dict[str, Any]:
    """The demo's buyer and vendors."""
    text = (paths.PACKAGE / "demo" / "case.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def seed(session: Session, links: Links, times: int) -> Seeded:
    """`times` RFIs of 100 vendors each, every question answered, 10,000 flags per RFI."""
    bank = editions.current_bank()
    digest = editions.keep(session, bank, NOW)
    organisation = models.Organisation(name="Bench & Sons", created_at=NOW)
    session.add(organisation)
    session.flush()
    email = "bench@alderfinch.example"
    _add_member(session, organisation.id, email)
    first = _add_rfi(session, links, organisation.id, bank, digest, 0)
    for number in range(1, times):
        _add_rfi(session, links, organisation.id, bank, digest, number)
    session.commit()
    session.execute(sa.text("ANALYZE"))
    session.commit()
    return Seeded(email, *first)


def _add_member(session: Session, organisation_id: UUID, email: str) -> None:
    user = models.User(
        email=email,
        name="Bench Person",
        password=hash_password(PASSWORD),
        fs_uniquifier=new_id().hex,
        created_at=NOW,
    )
    session.add(user)
    session.flush()
    session.add(
        models.Membership(
            organisation_id=organisation_id,
            user_id=user.id,
            roles=["buyer", "reviewer", "admin"],
            created_at=NOW,
        )
    )
    session.flush()


def _add_rfi(
    session: Session, links: Links, organisation_id: UUID, bank: Bank, digest: str, number: int
) -> tuple[UUID, list[UUID], list[str]]:
    requirements = default_requirements(bank, ["R", "P"], tuple(bank.questions))
    rfi = models.Rfi(
        organisation_id=organisation_id,
        title=f"Round {number}",
        purpose="To measure.",
        reply_to="bench@alderfinch.example",
        state="open",
        deadline=NOW + timedelta(days=30),
        profiles=["R", "P"],
        brief=case()["buyer"],
        question_ids=list(bank.questions),
        edition_digest=digest,
        created_at=NOW,
        sent_at=NOW,
    )
    session.add(rfi)
    session.flush()
    session.add(
        models.RequirementSetVersion(
            organisation_id=organisation_id,
            rfi_id=rfi.id,
            number=1,
            documents=[requirement_to_document(one) for one in requirements],
            digest=digest,
            frozen_at=NOW,
        )
    )
    assessments, tokens = _add_assessments(session, links, organisation_id, rfi.id, bank, number)
    _add_answers(session, organisation_id, assessments, bank)
    _add_flags(session, organisation_id, rfi.id, assessments, bank)
    return rfi.id, assessments, tokens


def _add_assessments(
    session: Session, links: Links, organisation_id: UUID, rfi_id: UUID, bank: Bank, number: int
) -> tuple[list[UUID], list[str]]:
    ids, tokens = [], []
    counted = {one.id: [5, 2, 1, 0] for one in bank.sections if not one.sealed}
    tally = {"sections": counted, "understanding": [len(bank.questions), 110, 8]}
    for place in range(VENDORS):
        name = f"Vendor {number}-{place:03}"
        email = f"v{number}-{place}@vendors.example"
        vendor = models.Vendor(organisation_id=organisation_id, name=name, created_at=NOW)
        session.add(vendor)
        session.flush()
        assessment = models.Assessment(
            organisation_id=organisation_id,
            rfi_id=rfi_id,
            vendor_id=vendor.id,
            state="submitted" if place % 2 else "in_progress",
            submitted_at=NOW if place % 2 else None,
            tally=tally if place % 2 else None,
            contact_name="Vera Vendor",
            contact_email=email,
            asked=len(bank.questions),
            answered=len(bank.questions),
            changed_at=NOW,
            opened_at=NOW,
            created_at=NOW,
        )
        invitation = models.Invitation(
            id=new_id(),
            organisation_id=organisation_id,
            email=email,
            name="Vera Vendor",
            created_at=NOW,
            expires_at=NOW + timedelta(days=90),
            assessment=assessment,
        )
        tokens.append(links.token("vendor", invitation.id))
        invitation.token_hash = hash_of(tokens[-1])
        session.add(invitation)
        session.flush()
        ids.append(assessment.id)
    return ids, tokens


def _add_answers(
    session: Session, organisation_id: UUID, assessments: list[UUID], bank: Bank
) -> None:
    vendors = list(case()["vendors"].values())
    rows = []
    for place, assessment_id in enumerate(assessments):
        answers = vendors[place % len(vendors)]["answers"]
        for question_id in bank.questions:
            value = answers.get(question_id)
            rows.append(
                {
                    "id": new_id(),
                    "organisation_id": organisation_id,
                    "assessment_id": assessment_id,
                    "question_id": question_id,
                    "state": "dont_know" if value is None else "answered",
                    "value": value,
                    "comment": "",
                    "reason": "",
                    "version": 1,
                    "changed_at": NOW,
                    "changed_by": "v@vendors.example",
                }
            )
    session.execute(sa.insert(models.Answer), rows)


def _add_flags(
    session: Session, organisation_id: UUID, rfi_id: UUID, assessments: list[UUID], bank: Bank
) -> None:
    open_ones = [one for one in bank.requirements if one.question not in bank.sealed_questions]
    each = FLAGS // len(assessments)
    flags, judgements = [], []
    for place, assessment_id in enumerate(assessments):
        for turn, requirement in enumerate(open_ones[:each]):
            status = "unknown" if turn % 3 else "not_met"
            raised = NOW - timedelta(minutes=place * each + turn)
            shared = {
                "organisation_id": organisation_id,
                "assessment_id": assessment_id,
                "requirement_id": requirement.id,
                "question_id": requirement.question,
                "section_id": bank.questions[requirement.question].section,
                "severity": requirement.severity,
                "status": status,
                "explanation": "The answer is 12; at most 8 is required.",
            }
            judgements.append({"id": new_id(), "judged_at": raised, **shared})
            flags.append(
                {
                    "id": new_id(),
                    "rfi_id": rfi_id,
                    "severity_rank": SEVERITIES.index(requirement.severity),
                    "never_waivable": requirement.never_waivable,
                    "state": "open",
                    "basis": {},
                    "version": 1,
                    "raised_at": raised,
                    "changed_at": raised,
                    **shared,
                }
            )
    session.execute(sa.insert(models.Judgement), judgements)
    session.execute(sa.insert(models.Flag), flags)
    flagging.recount(session, assessments)
