"""Opening a vendor's link: a code goes to the invited address, and lets its reader in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Invitation
from questionnaire.services import auditing, codes
from questionnaire.services.clock import Clock
from questionnaire.services.codes import (
    DIGITS,
    LASTS,
    MOST_CODES,
    MOST_TRIES,
    Mailbox,
    WrongCode,
    new_browser,
)
from questionnaire.services.links import hash_of
from questionnaire.services.reaching import Reached, reach_by_token

__all__ = [
    "DIGITS",
    "LASTS",
    "MOST_CODES",
    "MOST_TRIES",
    "WrongCode",
    "find",
    "new_browser",
    "send_code",
    "tries_left",
    "verify",
]


def find(session: Session, token: str, now: datetime) -> Reached:
    """What a link opens; Missing alike when it is wrong, revoked, expired or withdrawn."""
    return reach_by_token(session, hash_of(token), now)


def send_code(session: Session, clock: Clock, reached: Reached, browser: str) -> None:
    """Mail a fresh code to the invited address; Refused after too many within an hour."""
    codes.send_code(session, clock, _mailbox(reached), browser)


def verify(session: Session, clock: Clock, reached: Reached, browser: str, typed: str) -> None:
    """Let this browser in, or raise WrongCode; each try counts against every code that waits."""
    codes.verify(session, clock, _mailbox(reached), browser, typed)
    _let_in(session, clock(), reached)


def tries_left(session: Session, reached: Reached, browser: str, now: datetime) -> int:
    """How often this browser may still try; 0 when it must ask for another code."""
    return codes.tries_left(session, _mailbox(reached), browser, now)


def _mailbox(reached: Reached) -> Mailbox:
    return Mailbox(
        "invitation_id",
        reached.invitation_id,
        reached.organisation_id,
        reached.email,
        reached.name,
        reached.language,
        reached.rfi_id,
        reached.assessment_id,
    )


def _let_in(session: Session, now: datetime, reached: Reached) -> None:
    session.execute(
        sa.update(Invitation)
        .where(Invitation.id == reached.invitation_id)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.update(Assessment)
        .where(Assessment.id == reached.assessment_id, Assessment.opened_at.is_(None))
        .values(
            opened_at=now,
            state=sa.case((Assessment.state == "sent", "opened"), else_=Assessment.state),
        )
        .execution_options(synchronize_session=False)
    )
    auditing.append(
        session,
        reached.actor(),
        now,
        "opened",
        "invitation",
        reached.invitation_id,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        email=reached.email,
    )
