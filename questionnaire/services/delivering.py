"""Taking mails out of the outbox and writing down what became of them.

A mail is leased by one UPDATE, sent outside any transaction, and settled by another UPDATE. A
worker that dies in between loses nothing: its lease runs out and the mail is taken again, under
the same Message-ID. The price is that a mail can arrive twice, when the worker or the connection
dies after the server has accepted it and before that was written down; a mailbox that knows
Message-IDs shows it once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from questionnaire.models import Invitation, Message
from questionnaire.services.auditing import Actor, append
from questionnaire.services.clock import Clock
from questionnaire.services.composing import is_secret

log = structlog.get_logger(__name__)

#: Longer than the slowest dialogue that a transport allows itself.
LEASE = timedelta(minutes=5)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=4)
_GIVE_UP_AFTER = timedelta(hours=72)
#: A code is of no use to anybody once it has run out.
USEFUL_FOR = {"code": timedelta(minutes=10)}
_OUTDATED = "Not sent: its time had run out before the mail server took it."
_INTO_THE_DRAFT = (
    "invitation", "reminder", "deadline_changed", "clarification", "lapsed", "debrief",
    "code", "handed_over", "colleague_done", "notice", "notice_reopened",
)  # fmt: skip
_UNDELIVERED = ("waiting", "leased")


class Result(Enum):
    """What a mail server made of a mail."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a mail server made of a mail, and its words for it."""

    result: Result
    reply: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A leased message with everything that sending it needs."""

    id: UUID
    lease: str
    kind: str
    message_id: str
    language: str
    to_address: str
    to_name: str
    reply_to: str | None
    subject: str
    text: str
    html: str
    attempts: int
    created_at: datetime


#: Sends one mail and says what became of it; never raises for anything a network can do.
Transport = Callable[[Mail], Outcome]

_COLUMNS = (
    Message.id, Message.lease, Message.kind, Message.message_id, Message.language,
    Message.to_address, Message.to_name, Message.reply_to, Message.subject, Message.text,
    Message.html, Message.attempts, Message.created_at,
)  # fmt: skip


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to take; reads only."""
    found = session.scalar(sa.select(Message.id).where(*_due(now)).limit(1))
    return found is not None


def lease(session: Session, clock: Clock, domain: str) -> Mail | None:
    """Take the next due mail for `LEASE`, or None; no other worker gets it meanwhile.

    Codes go first, since somebody is waiting for them. The first lease puts `domain` into the
    Message-ID, which never changes again.
    """
    now = clock()
    until = now + LEASE
    following = (
        sa.select(Message.id)
        .where(*_due(now))
        .order_by(sa.case((Message.kind == "code", 0), else_=1), Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.execute(
        sa.update(Message)
        .where(Message.id == following)
        .values(
            state="leased",
            lease=secrets.token_hex(16),
            leased_until=until,
            due_at=until,
            attempts=Message.attempts + 1,
            message_id=sa.case(
                (Message.message_id.contains("@"), Message.message_id),
                else_=Message.message_id + f"@{domain}",
            ),
        )
        .returning(*_COLUMNS)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if row is None else Mail(**row._mapping)


def _due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    # A lease moves due_at to its own end, so that one index answers both questions.
    return Message.state.in_(_UNDELIVERED), Message.due_at <= now


def deliver(session: Session, clock: Clock, mail: Mail, transport: Transport) -> None:
    """Send a leased mail and settle it; the session is not touched while the network is."""
    useful = USEFUL_FOR.get(mail.kind)
    if useful is not None and clock() > mail.created_at + useful:
        _settle(session, mail, state="cancelled", reply=_OUTDATED)
        return
    try:
        outcome = transport(mail)
    except Exception:
        # A mail that cannot be sent must not stop those behind it.
        log.exception("mail", message=str(mail.id), kind=mail.kind)
        outcome = Outcome(Result.LATER, "Something went wrong on our side while it was sent.")
    settle(session, clock, mail, outcome)
    log.info("mail", message=str(mail.id), kind=mail.kind, result=outcome.result.value)


def settle(session: Session, clock: Clock, mail: Mail, outcome: Outcome) -> None:
    """Write down what became of a mail: sent, to be tried again, or failed for good."""
    now = clock()
    reply = outcome.reply[:2000]
    if outcome.result is Result.TAKEN:
        blank = {"text": "", "html": ""} if is_secret(mail.kind) else {}
        _settle(session, mail, state="sent", reply=reply, sent_at=now, **blank)
    elif outcome.result is Result.LATER and (pause := pause_after(mail.attempts)) is not None:
        _settle(session, mail, state="waiting", reply=reply, due_at=now + pause)
    else:
        _settle(session, mail, state="failed", reply=reply)
        _audit_failure(session, now, mail)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when 72 hours of waiting are used up.

    Counted in pauses and not from the first attempt, so that hours in which no worker ran are
    not held against a mail.
    """
    waited, pause = timedelta(), _FIRST_PAUSE
    for _ in range(attempts - 1):
        waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE)
    return None if waited >= _GIVE_UP_AFTER else pause


def _settle(session: Session, mail: Mail, *, state: str, **values: object) -> None:
    # What was taken is taken, even if the lease ran out over it. Anything else may only be said
    # by whoever holds the lease now.
    mine = Message.state != "sent" if state == "sent" else Message.lease == mail.lease
    session.execute(
        sa.update(Message)
        .where(Message.id == mail.id, mine)
        .values(state=state, lease=None, leased_until=None, **values)
        .execution_options(synchronize_session=False)
    )


def _audit_failure(session: Session, now: datetime, mail: Mail) -> None:
    colleagues = sa.select(Invitation.id).where(
        Invitation.assessment_id == Message.assessment_id,
        Invitation.email == Message.to_address,
        Invitation.handed_by.is_not(None),
    )
    where = session.execute(
        sa.select(
            Message.organisation_id, Message.rfi_id, Message.assessment_id,
            colleagues.exists().label("colleague"),
        ).where(Message.id == mail.id, Message.state == "failed")
    ).one_or_none()  # fmt: skip
    if where is not None:
        # Whom a vendor let in is its own business: no page tells it.
        names = {"colleague": mail.to_address} if where.colleague else {}
        append(
            session,
            Actor.service(where.organisation_id),
            now,
            "failed",
            "message",
            mail.id,
            rfi_id=where.rfi_id,
            assessment_id=where.assessment_id,
            mail=mail.kind,
            to=mail.to_address,
            **names,
        )


def keep(session: Session) -> int:
    """Without a mail server: put every undelivered mail where an admin can read it."""
    kept = session.execute(
        sa.update(Message)
        .where(Message.state.in_(_UNDELIVERED))
        .values(state="kept", lease=None, leased_until=None)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return len(kept.all())


def cancel(session: Session, assessment_id: UUID, to: str | None = None) -> int:
    """Stop the links and codes that still wait for one vendor, or for one address there: the
    invitation was taken back.
    """
    stopped = session.execute(
        sa.update(Message)
        .where(
            Message.assessment_id == assessment_id,
            Message.state == "waiting",
            Message.kind.in_(_INTO_THE_DRAFT),
            *([Message.to_address == to] if to is not None else []),
        )
        .values(state="cancelled", reply="Not sent: the invitation was taken back before.")
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return len(stopped.all())


def cancel_written(session: Session, once: str) -> None:
    """Stop the mails that still wait and whose key begins like this: their link was taken back."""
    session.execute(
        sa.update(Message)
        .where(Message.once.startswith(once, autoescape=True), Message.state == "waiting")
        .values(state="cancelled", reply="Not sent: the link was taken back before.")
        .execution_options(synchronize_session=False)
    )
