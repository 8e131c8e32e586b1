"""What an admin sees and does of the organisation's mail: its state, kept mail, another try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Message, Rfi
from questionnaire.models.mail import MESSAGE_STATES
from questionnaire.services.auditing import Actor, append
from questionnaire.services.clock import Clock
from questionnaire.services.delivering import USEFUL_FOR
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.posting import POSTED

#: Where the text of a mail is still ours to show: nobody has been handed it.
_READABLE = ("kept", "waiting")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as a list shows it: everything but its text."""

    id: UUID
    kind: str
    to_address: str
    to_name: str
    subject: str
    state: str
    attempts: int
    due_at: datetime
    reply: str | None
    created_at: datetime
    sent_at: datetime | None
    rfi_title: str | None
    readable: bool
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """One page of the list; `before` is where the older ones begin, None at the end."""

    letters: list[Letter]
    counts: Mapping[str, int]
    before: UUID | None


def letters(
    session: Session,
    organisation_id: UUID,
    *,
    server: bool,
    state: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Letters:
    """The organisation's mails, the newest first; `server` says whether mail can be sent."""
    mine = Message.organisation_id == organisation_id
    query = (
        sa.select(
            Message.id, Message.kind, Message.to_address, Message.to_name, Message.subject,
            Message.state, Message.attempts, Message.due_at, Message.reply, Message.created_at,
            Message.sent_at, Rfi.title.label("rfi_title"),
        )
        .outerjoin(Rfi, Rfi.id == Message.rfi_id)
        .where(mine, *([Message.state == state] if state in MESSAGE_STATES else []))
        .order_by(Message.id.desc())
        .limit(limit + 1)
    )  # fmt: skip
    if before is not None:
        query = query.where(Message.id < before)
    found = [
        Letter(
            **row,
            readable=not server and row["state"] in _READABLE,
            repeatable=_is_repeatable(row["state"], server=server),
        )
        for row in session.execute(query).mappings()
    ]
    counted = sa.select(Message.state, sa.func.count()).where(mine).group_by(Message.state)
    counts = {row[0]: row[1] for row in session.execute(counted)}
    return Letters(found[:limit], counts, found[limit - 1].id if len(found) > limit else None)


def read(
    session: Session, clock: Clock, actor: Actor, message_id: UUID, *, server: bool
) -> Message:
    """Open one kept mail for an admin; the trail tells who read it.

    With a mail server nobody reads what goes to somebody else: it holds links and codes.
    """
    message = _own(session, actor, message_id)
    if server:
        raise Refused("Mail is sent by a mail server here, so only its receiver reads it.")
    if message.state not in _READABLE:
        raise Refused("This mail is not kept here, so its text cannot be read.")
    _audit(session, clock, actor, "read", message)
    return message


def repeat(
    session: Session, clock: Clock, actor: Actor, message_id: UUID, *, server: bool
) -> Message:
    """Let a mail that failed or was kept be sent after all, from the first try on.

    A mail that waits already stays as it is: the same button pressed twice has one effect.
    """
    message = _own(session, actor, message_id)
    now = clock()
    if message.state == "waiting" and message.attempts == 0:
        return message
    if not server:
        raise Refused("No mail server is set, so nothing can be sent. Read the mail here instead.")
    if not _is_repeatable(message.state, server=server):
        raise Refused("Only a mail that failed or was kept can be sent again.")
    useful = USEFUL_FOR.get(message.kind)
    if useful is not None and now > message.created_at + useful:
        raise Refused("This code has run out. Opening the link asks for a new one.")
    message.state, message.attempts, message.due_at, message.reply = "waiting", 0, now, None
    session.info[POSTED] = True
    _audit(session, clock, actor, "repeated", message)
    return message


def _is_repeatable(state: str, *, server: bool) -> bool:
    return server and state in ("failed", "kept")


def _own(session: Session, actor: Actor, message_id: UUID) -> Message:
    message = session.scalar(
        sa.select(Message)
        .where(Message.id == message_id, Message.organisation_id == actor.organisation_id)
        .with_for_update()
    )
    if message is None:
        raise Missing(message_id)
    return message


def _audit(session: Session, clock: Clock, actor: Actor, action: str, message: Message) -> None:
    append(
        session,
        actor,
        clock(),
        action,
        "message",
        message.id,
        rfi_id=message.rfi_id,
        assessment_id=message.assessment_id,
        mail=message.kind,
        to=message.to_address,
    )
