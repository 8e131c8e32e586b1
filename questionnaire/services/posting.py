"""Putting a mail into the outbox, in the transaction of the business that it tells of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from questionnaire.core.phrases import worded
from questionnaire.db import new_id
from questionnaire.models import Message
from questionnaire.services.clock import Clock
from questionnaire.services.composing import compose, one_line
from questionnaire.services.faults import Invalid

#: Set in a session's `info` when it holds a mail, so that a commit knows to wake the worker.
POSTED = "posted"
#: One plain address: nothing that could add a header, a second receiver or a source route.
_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f]{1,64}@[^\s@<>(),;:\\\"\[\]_]{1,255}")


def post(
    session: Session,
    clock: Clock,
    *,
    organisation_id: UUID,
    kind: str,
    to_address: str,
    to_name: str = "",
    language: str = "en",
    context: Mapping[str, Any],
    reply_to: str | None = None,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
    once: str | None = None,
    due_at: datetime | None = None,
) -> Message | None:
    """Write one mail and add it to the outbox; the worker sends it after the commit.

    With `once`, a mail of that key is written only the first time: None when it is there already.
    An address that cannot be one raises Invalid under the name `to_address` or `reply_to`.
    """
    to_address = address(to_address, "to_address")
    reply_to = address(reply_to, "reply_to") if reply_to else None
    if once is not None and _written(session, once):
        return None
    letter = compose(kind, language, context)
    now = clock()
    id = new_id()
    message = Message(
        id=id,
        organisation_id=organisation_id,
        rfi_id=rfi_id,
        assessment_id=assessment_id,
        kind=kind,
        once=once,
        language=language,
        to_address=to_address,
        to_name=one_line(to_name, 200),
        reply_to=reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        # The first worker that takes it adds the domain it sends from; from then on it is fixed.
        message_id=str(id),
        state="waiting",
        due_at=due_at or now,
        created_at=now,
    )
    return _added(session, message)


def _added(session: Session, message: Message) -> Message | None:
    session.info[POSTED] = True
    if message.once is None:
        session.add(message)
        return message
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:
        # Another process wrote the same reminder between our look and our insert.
        if _written(session, message.once):
            return None
        raise
    return message


def _written(session: Session, once: str) -> bool:
    found = session.scalar(sa.select(Message.id).where(Message.once == once))
    return found is not None


def address(text: str, name: str) -> str:
    """The text as one plain e-mail address; Invalid under `name` when it cannot be one."""
    typed = one_line(text, 400)
    if len(typed) > 320 or not _ADDRESS.fullmatch(typed) or not _is_writable(typed):
        raise Invalid(
            {name: worded("This is not an e-mail address. Write one like name@company.example.")}
        )
    return typed


def ascii_domain(address: str) -> str:
    """`address` with its domain as mail servers know it; ValueError when it cannot be one."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def _is_writable(address: str) -> bool:
    try:
        Address(addr_spec=ascii_domain(address))
    except (ValueError, MessageError):
        return False
    return True
