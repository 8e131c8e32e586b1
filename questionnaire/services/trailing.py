"""Reading the audit trail: who changed what, when, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, AuditRow, Rfi, Vendor
from questionnaire.services.faults import Missing


@dataclass(frozen=True, slots=True)
class Step:
    """One change, with the names of what it was about, so that a page can put it in words."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_name: str
    action: str
    object_kind: str
    object_id: str
    details: Mapping[str, Any]
    rfi_id: UUID | None
    rfi_title: str | None
    assessment_id: UUID | None
    vendor: str | None


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of the trail; `before` is where the next, older page begins, None at the end."""

    steps: list[Step]
    before: UUID | None


def trail(
    session: Session,
    organisation_id: UUID,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Trail:
    """The changes within an organisation, of one RFI or of one assessment, by key."""
    question = (
        sa.select(
            AuditRow.id,
            AuditRow.at,
            AuditRow.actor_kind,
            AuditRow.actor_name,
            AuditRow.action,
            AuditRow.object_kind,
            AuditRow.object_id,
            AuditRow.details,
            AuditRow.rfi_id,
            Rfi.title,
            AuditRow.assessment_id,
            Vendor.name,
        )
        .outerjoin(Rfi, Rfi.id == AuditRow.rfi_id)
        .outerjoin(Assessment, Assessment.id == AuditRow.assessment_id)
        .outerjoin(Vendor, Vendor.id == Assessment.vendor_id)
        .where(AuditRow.organisation_id == organisation_id)
        .order_by(AuditRow.id.desc())
        .limit(limit + 1)
    )
    if rfi_id is not None:
        question = question.where(AuditRow.rfi_id == rfi_id)
    if assessment_id is not None:
        question = question.where(AuditRow.assessment_id == assessment_id)
    if before is not None:
        question = question.where(AuditRow.id < before)
    steps = [Step(*row) for row in session.execute(question)]
    more = len(steps) > limit
    return Trail(steps[:limit], steps[limit - 1].id if more else None)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a trail can be narrowed to: all RFIs, and the assessments of the chosen one."""

    rfis: list[tuple[UUID, str]]
    assessments: list[tuple[UUID, str]]
    rfi_id: UUID | None


def subjects(
    session: Session,
    organisation_id: UUID,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
) -> Subjects:
    """What to offer beside a trail of these; Missing when one of them is not the organisation's."""
    rfis = session.execute(
        sa.select(Rfi.id, Rfi.title)
        .where(Rfi.organisation_id == organisation_id)
        .order_by(Rfi.id.desc())
    )
    found = Subjects([(id, title) for id, title in rfis], [], rfi_id)
    if assessment_id is not None:
        of = session.scalar(
            sa.select(Assessment.rfi_id).where(
                Assessment.id == assessment_id, Assessment.organisation_id == organisation_id
            )
        )
        if of is None or rfi_id not in (None, of):
            raise Missing(assessment_id)
        rfi_id = of
    if rfi_id is None:
        return found
    if rfi_id not in {id for id, _title in found.rfis}:
        raise Missing(rfi_id)
    vendors = session.execute(
        sa.select(Assessment.id, Vendor.name)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(Assessment.rfi_id == rfi_id)
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return Subjects(found.rfis, [(id, name) for id, name in vendors], rfi_id)
