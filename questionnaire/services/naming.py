"""The names around assessments: whose they are, in which round, on which edition of the bank."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.models import Assessment, Rfi, Vendor
from questionnaire.services.editions import bank_of


@dataclass(frozen=True, slots=True)
class Names:
    vendor: str
    rfi: str
    bank: Bank


def names(session: Session, assessment_ids: Collection[UUID]) -> dict[UUID, Names]:
    """By assessment, for ids that the caller got through flags of its own; one statement."""
    query = (
        sa.select(Assessment.id, Vendor.name, Rfi.title, Rfi.edition_digest)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .where(Assessment.id.in_(assessment_ids))
    )
    return {
        id_: Names(vendor, rfi, bank_of(session, digest))
        for id_, vendor, rfi, digest in session.execute(query)
    }
