"""Ending an assessment from the vendor's side: handed in, or declined with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.texts import clean
from questionnaire.models import Assessment
from questionnaire.services import auditing
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid
from questionnaire.services.notifying import tell_buyer
from questionnaire.services.reaching import Reached, closed, owners_only

REASON_LIMIT = 1_000


def decline(
    session: Session, clock: Clock, reached: Reached, reason: str, *, board_link: str, speech: str
) -> bool:
    """Say that this vendor does not take part; False when it had said so before."""
    owners_only(reached)
    if reached.state == "declined":
        return False
    if not reached.answering:
        raise closed(reached)
    cleaned = _reason(reason, speech)
    now = clock()
    end(session, reached, now, "declined", declined_reason=cleaned, changed_at=now)
    told = {"title": reached.title, "vendor": reached.vendor, "reason": cleaned, "link": board_link}
    tell_buyer(session, clock, reached, "declined_notice", told)
    return True


def _reason(typed: str, speech: str) -> str:
    try:
        cleaned = clean(typed, REASON_LIMIT, speech)
    except AnswerFault as fault:
        raise Invalid({"reason": fault.sentence}) from fault
    if not cleaned:
        raise Invalid({"reason": say(speech, "Say in a sentence why you do not take part.")})
    return cleaned


def end(
    session: Session,
    reached: Reached,
    now: datetime,
    state: str,
    *,
    audited: Mapping[str, object] | None = None,
    **values: Any,
) -> None:
    """Put the assessment into its last state, with its audit row."""
    session.execute(
        sa.update(Assessment)
        .where(Assessment.id == reached.assessment_id)
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    auditing.append(
        session,
        reached.actor(),
        now,
        state,
        "assessment",
        reached.assessment_id,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        **(audited or {}),
    )
    session.flush()
