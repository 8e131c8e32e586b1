"""Proving by a code from a mail that a browser belongs to whoever reads the invited mailbox.

The code is kept only as a digest over itself and a secret of the browser that asked for it, so
neither a reader of the database nor the holder of a link alone can use it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import say
from questionnaire.models import Code, Invitation, Rater
from questionnaire.services import posting
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Refused
from questionnaire.services.links import hash_of

DIGITS = 8
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5
WITHIN = timedelta(hours=1)

#: What a code can open: the column that says it, and the table of it.
_DOORS: Final = {
    "invitation_id": (Code.invitation_id, Invitation.id),
    "rater_id": (Code.rater_id, Rater.id),
}


class WrongCode(Exception):
    """The code is not right; `left` tries remain, 0 when another code is needed."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a code goes and what it opens: `door` names the column of `Code`, `id` the row."""

    door: str
    id: UUID
    organisation_id: UUID
    email: str
    name: str
    language: str
    rfi_id: UUID
    assessment_id: UUID | None = None


def new_browser() -> str:
    """The secret that a browser keeps in a cookie while it waits for a code."""
    return secrets.token_urlsafe(32)


def send_code(session: Session, clock: Clock, mailbox: Mailbox, browser: str) -> None:
    """Mail a fresh code to the address; Refused after too many within an hour."""
    now = clock()
    opens, thing = _DOORS[mailbox.door]
    # Requests at the same moment are counted one after the other, or each would see too few.
    session.execute(sa.select(thing).where(thing == mailbox.id).with_for_update())
    sent = session.scalars(
        sa.select(Code.created_at)
        .where(opens == mailbox.id, Code.created_at > now - WITHIN)
        .order_by(Code.created_at)
    ).all()
    if len(sent) >= MOST_CODES:
        minutes = max(1, -(-int((sent[0] + WITHIN - now).total_seconds()) // 60))
        raise Refused(
            say(
                mailbox.language,
                "{most} codes were sent within the last hour, which is the most. Use the newest "
                "one, or ask for another in {minutes} minutes.",
                most=MOST_CODES,
                minutes=minutes,
            )
        )
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    session.add(
        Code(
            organisation_id=mailbox.organisation_id,
            browser_hash=hash_of(browser),
            code_hash=_digest(browser, code),
            created_at=now,
            expires_at=now + LASTS,
            **{mailbox.door: mailbox.id},
        )
    )
    posting.post(
        session,
        clock,
        organisation_id=mailbox.organisation_id,
        kind="code",
        to_address=mailbox.email,
        to_name=mailbox.name,
        language=mailbox.language,
        rfi_id=mailbox.rfi_id,
        assessment_id=mailbox.assessment_id,
        context={
            "code": code,
            "minutes": int(LASTS.total_seconds() // 60),
            "rating": mailbox.door == "rater_id",
        },
    )


def is_code(typed: str) -> bool:
    """Whether it could be a code at all: eight digits, with or without spaces between."""
    digits = "".join(typed.split())
    return len(digits) == DIGITS and digits.isascii() and digits.isdigit()


def verify(session: Session, clock: Clock, mailbox: Mailbox, browser: str, typed: str) -> None:
    """Return when the code is right, else raise WrongCode; a try counts against all that wait."""
    now = clock()
    waiting = session.scalars(
        sa.select(Code).where(*_usable(mailbox, browser, now)).with_for_update()
    ).all()
    digest = _digest(browser, "".join(typed.split()))
    fits = [one for one in waiting if hmac.compare_digest(one.code_hash, digest)]
    for one in waiting:
        one.tries += 1
        if fits:
            one.used_at = now
    if not fits:
        raise WrongCode(max((MOST_TRIES - one.tries for one in waiting), default=0))


def tries_left(session: Session, mailbox: Mailbox, browser: str, now: datetime) -> int:
    """How often this browser may still try; 0 when it must ask for another code."""
    tries = session.scalar(
        sa.select(sa.func.min(Code.tries)).where(*_usable(mailbox, browser, now))
    )
    return 0 if tries is None else MOST_TRIES - tries


def _usable(mailbox: Mailbox, browser: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _DOORS[mailbox.door][0] == mailbox.id,
        Code.browser_hash == hash_of(browser),
        Code.expires_at > now,
        Code.used_at.is_(None),
        Code.tries < MOST_TRIES,
    )


def _digest(browser: str, code: str) -> str:
    """Keyed by the browser's secret: without it eight digits could be tried out at leisure."""
    return hmac.new(browser.encode(), code.encode(), hashlib.sha256).hexdigest()
