"""Opening a link: a code goes to the invited address, and proves that the browser is its reader's.

The code is kept only as a digest over itself and a secret of the browser that asked for it, so
neither a reader of the database nor the holder of the link alone can use it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import say
from questionnaire.models import Assessment, Code, Invitation
from questionnaire.services import auditing, posting
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.links import hash_of
from questionnaire.services.reaching import Reached, reach_by_token

DIGITS = 8
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5
WITHIN = timedelta(hours=1)


class WrongCode(Exception):
    """The code is not right; `left` tries remain, 0 when another code is needed."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def find(session: Session, token: str, now: datetime) -> Reached:
    """What a link opens; Missing alike when it is wrong, revoked, expired or withdrawn."""
    return reach_by_token(session, hash_of(token), now)


def new_browser() -> str:
    """The secret that a browser keeps in a cookie while it waits for a code."""
    return secrets.token_urlsafe(32)


def send_code(session: Session, clock: Clock, reached: Reached, browser: str) -> None:
    """Mail a fresh code to the invited address; Refused after too many within an hour."""
    now = clock()
    # Requests at the same moment are counted one after the other, or each would see too few.
    session.execute(
        sa.select(Invitation.id).where(Invitation.id == reached.invitation_id).with_for_update()
    )
    sent = session.scalars(
        sa.select(Code.created_at)
        .where(Code.invitation_id == reached.invitation_id, Code.created_at > now - WITHIN)
        .order_by(Code.created_at)
    ).all()
    if len(sent) >= MOST_CODES:
        minutes = max(1, -(-int((sent[0] + WITHIN - now).total_seconds()) // 60))
        raise Refused(
            say(
                reached.language,
                "{most} codes were sent within the last hour, which is the most. Use the newest "
                "one, or ask for another in {minutes} minutes.",
                most=MOST_CODES,
                minutes=minutes,
            )
        )
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    session.add(
        Code(
            organisation_id=reached.organisation_id,
            invitation_id=reached.invitation_id,
            browser_hash=hash_of(browser),
            code_hash=_digest(browser, code),
            created_at=now,
            expires_at=now + LASTS,
        )
    )
    posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind="code",
        to_address=reached.email,
        to_name=reached.name,
        language=reached.language,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        context={"code": code, "minutes": int(LASTS.total_seconds() // 60)},
    )


def verify(session: Session, clock: Clock, reached: Reached, browser: str, typed: str) -> None:
    """Let this browser in, or raise WrongCode; each try counts against every code that waits."""
    now = clock()
    waiting = session.scalars(
        sa.select(Code).where(*_usable(reached.invitation_id, browser, now)).with_for_update()
    ).all()
    digest = _digest(browser, "".join(typed.split()))
    fits = [one for one in waiting if hmac.compare_digest(one.code_hash, digest)]
    for one in waiting:
        one.tries += 1
        if fits:
            one.used_at = now
    if not fits:
        raise WrongCode(max((MOST_TRIES - one.tries for one in waiting), default=0))
    _let_in(session, now, reached)


def is_code(typed: str) -> bool:
    """Whether it could be a code at all: eight digits, with or without spaces between."""
    digits = "".join(typed.split())
    return len(digits) == DIGITS and digits.isascii() and digits.isdigit()


def tries_left(session: Session, reached: Reached, browser: str, now: datetime) -> int:
    """How often this browser may still try; 0 when it must ask for another code."""
    tries = session.scalar(
        sa.select(sa.func.min(Code.tries)).where(*_usable(reached.invitation_id, browser, now))
    )
    return 0 if tries is None else MOST_TRIES - tries


def _usable(invitation_id: UUID, browser: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Code.invitation_id == invitation_id,
        Code.browser_hash == hash_of(browser),
        Code.expires_at > now,
        Code.used_at.is_(None),
        Code.tries < MOST_TRIES,
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


def _digest(browser: str, code: str) -> str:
    """Keyed by the browser's secret: without it eight digits could be tried out at leisure."""
    return hmac.new(browser.encode(), code.encode(), hashlib.sha256).hexdigest()
