"""A round with one vendor in it, made of rows alone, for what needs no more than that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Edition, Invitation, Organisation, Rfi, Vendor
from tests.harness.clock import START

DEADLINE = START + timedelta(days=30)


def make_rfi(session: Session, organisation: Organisation, **values: Any) -> Rfi:
    """An open RFI due in 30 days."""
    if session.get(Edition, "e" * 64) is None:
        session.add(Edition(digest="e" * 64, documents={}, created_at=START))
    rfi = Rfi(
        **{
            "organisation_id": organisation.id,
            "title": "Evenings and weekends",
            "purpose": "",
            "reply_to": "ada@brightlane.example",
            "state": "open",
            "deadline": DEADLINE,
            "time_zone": "Europe/Riga",
            "profiles": [],
            "brief": {},
            "question_ids": [],
            "edition_digest": "e" * 64,
            "created_at": START,
            "sent_at": START,
        }
        | values
    )
    session.add(rfi)
    session.flush()
    return rfi


def make_assessment(
    session: Session,
    organisation: Organisation,
    rfi: Rfi | None = None,
    *,
    vendor: str = "Amber Call",
    **values: Any,
) -> Assessment:
    """A vendor that has been sent the RFI."""
    rfi = rfi or make_rfi(session, organisation)
    made = Vendor(organisation_id=organisation.id, name=vendor, created_at=START)
    session.add(made)
    session.flush()
    assessment = Assessment(
        **{
            "organisation_id": organisation.id,
            "rfi_id": rfi.id,
            "vendor_id": made.id,
            "state": "sent",
            "contact_name": "Vera Ozola",
            "contact_email": "vera@ambercall.example",
            "asked": 40,
            "answered": 7,
            "created_at": START,
        }
        | values
    )
    session.add(assessment)
    session.flush()
    return assessment


def make_invitation(session: Session, assessment: Assessment, **values: Any) -> Invitation:
    """A link that works for half a year."""
    invitation = Invitation(
        **{
            "organisation_id": assessment.organisation_id,
            "assessment_id": assessment.id,
            "email": assessment.contact_email,
            "name": assessment.contact_name,
            "token_hash": new_id().hex,
            "created_at": START,
            "expires_at": START + timedelta(days=180),
        }
        | values
    )
    session.add(invitation)
    session.flush()
    return invitation
