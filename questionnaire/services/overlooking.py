"""All judgements of one assessment by section, each with its flag; what is sealed has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Description, Question, Section
from questionnaire.models import Assessment, Flag, Judgement, Membership, Rfi, Vendor
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.flag_rows import SEVERITY_RANKS


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One requirement: what it came to, and the flag about it if there is one."""

    question: Question
    severity: str
    status: str
    explanation: str
    #: What the vendor had said before, where that met it better.
    worse: Mapping[str, Any] | None
    flag_id: UUID | None
    state: str | None
    reopened_why: str | None
    never_waivable: bool | None
    proposed_action: str | None
    proposed_by: UUID | None


@dataclass(frozen=True, slots=True)
class JudgedSection:
    section: Section
    lines: Sequence[JudgedLine]

    @property
    def counts(self) -> Counter[str]:
        """How many are met, not met, unknown, not applicable."""
        return Counter(one.status for one in self.lines)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One derived finding that raised a flag, and where that flag stands."""

    description: Description
    severity: str
    status: str
    explanation: str
    flag_id: UUID
    state: str
    reopened_why: str | None
    never_waivable: bool
    proposed_action: str | None
    proposed_by: UUID | None


@dataclass(frozen=True, slots=True)
class Overlooked:
    assessment_id: UUID
    rfi_id: UUID
    vendor: str
    rfi: str
    state: str
    submitted_at: datetime | None
    late: bool
    attested_name: str | None
    attested_role: str | None
    sections: Sequence[JudgedSection]
    #: What the answers show together, as flags; the most severe first.
    findings: Sequence[FoundLine] = ()

    @property
    def slipping(self) -> list[JudgedLine]:
        """What is met still, but worse than by the vendor's last answer."""
        lines = (one for part in self.sections for one in part.lines)
        return [one for one in lines if one.worse and one.status == "met"]

    @property
    def counts(self) -> Counter[str]:
        return sum((one.counts for one in self.sections), Counter[str]())


def overlook(
    session: Session, organisation_id: UUID, user_id: UUID, assessment_id: UUID
) -> Overlooked:
    """The whole assessment in three statements; Missing when the person may not see it."""
    query = (
        sa.select(
            Assessment.rfi_id,
            Vendor.name,
            Rfi.title,
            Assessment.state,
            Assessment.submitted_at,
            Assessment.late,
            Assessment.attested_name,
            Assessment.attested_role,
            Rfi.edition_digest,
        )
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
        .where(
            Assessment.id == assessment_id,
            Assessment.organisation_id == organisation_id,
            Assessment.submitted_at.is_not(None),
        )
    )
    row = session.execute(query).first()
    if row is None:
        raise Missing(assessment_id)
    bank = bank_of(session, row.edition_digest)
    sections = _sections(session, bank, assessment_id)
    return Overlooked(assessment_id, *row[:-1], sections, _findings(session, bank, assessment_id))


def _findings(session: Session, bank: Bank, assessment_id: UUID) -> list[FoundLine]:
    """Those that the answers do not show any more are left out."""
    query = (
        sa.select(
            Flag.finding_id,
            Flag.severity,
            Flag.status,
            Flag.explanation,
            Flag.id,
            Flag.state,
            Flag.reopened_why,
            Flag.never_waivable,
            Flag.proposed_action,
            Flag.proposed_by,
        )
        .where(
            Flag.assessment_id == assessment_id,
            Flag.finding_id.is_not(None),
            Flag.state != "closed",
        )
        .order_by(Flag.severity_rank, Flag.id)
    )
    described = {one.id: one for one in bank.findings}
    return [
        FoundLine(described[str(finding_id)], *rest)
        for finding_id, *rest in session.execute(query)
        if finding_id in described
    ]


def _sections(session: Session, bank: Bank, assessment_id: UUID) -> list[JudgedSection]:
    query = (
        sa.select(
            Judgement.question_id,
            Judgement.severity,
            Judgement.status,
            Judgement.explanation,
            Judgement.worse,
            Flag.id,
            Flag.state,
            Flag.reopened_why,
            Flag.never_waivable,
            Flag.proposed_action,
            Flag.proposed_by,
        )
        .outerjoin(
            Flag,
            sa.and_(
                Flag.assessment_id == Judgement.assessment_id,
                Flag.requirement_id == Judgement.requirement_id,
            ),
        )
        .where(Judgement.assessment_id == assessment_id)
    )
    by_section: dict[str, list[JudgedLine]] = {}
    for question_id, *rest in session.execute(query):
        question = bank.questions[question_id]
        by_section.setdefault(question.section, []).append(JudgedLine(question, *rest))
    return [
        JudgedSection(section, sorted(by_section[section.id], key=_place))
        for section in bank.sections
        if section.id in by_section
    ]


def _place(line: JudgedLine) -> tuple[int, int]:
    return line.question.order, SEVERITY_RANKS[line.severity]
