"""The decision of a world: one that waits for a second person."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Decision, Rfi, User
from tests.harness.clock import START


def make_decision(
    session: Session, mine: dict[str, Any], rfi: Rfi, assessment: Assessment, user: User
) -> Decision:
    """Its document is none: its page says so, and what the proof says of it is no crash."""
    made = Decision(
        **mine,
        rfi_id=rfi.id,
        number=1,
        option="vendor",
        assessment_id=assessment.id,
        vendor="Amber Call",
        reason="We know them.",
        against=[],
        supersedes=None,
        superseding_reason="",
        decided_by=user.id,
        decider=user.name,
        decided_at=START,
        needs_second=True,
        key=new_id().hex,
        snapshot="{}",
        digest="0" * 64,
    )
    session.add(made)
    return made
