"""Whom the vendor of a world has let in to help."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Invitation
from tests.harness.clock import START


def make_colleague(session: Session, below: dict[str, Any], owner: Invitation) -> Invitation:
    """Somebody who was handed nothing yet."""
    colleague = Invitation(
        **below,
        email="marta@ambercall.example",
        name="Marta Liepa",
        token_hash=new_id().hex,
        created_at=START,
        expires_at=START + timedelta(days=60),
        handed_by=owner.email,
        handed_over={"sections": [], "questions": []},
    )
    session.add(colleague)
    return colleague
