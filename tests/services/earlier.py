"""A vendor that the same organisation asks a second time."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Organisation
from tests.services.asked import Asked, ask


def ask_again(
    session: Session, organisation: Organisation, before: Asked, *, title: str = "Second round"
) -> Asked:
    """The same vendor in another RFI with the same questions."""
    values: dict[str, Any] = {"title": title}
    again = ask(
        session,
        organisation,
        question_ids=list(before.rfi.question_ids),
        vendor=f"Stand-in for {title}",
        rfi_values=values,
    )
    again.assessment.vendor_id = before.assessment.vendor_id
    session.flush()
    return again
