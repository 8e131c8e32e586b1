"""The rater's gate: from a link to one person who rates the calls of one RFI, in one statement.

Nothing that is read here says whose calls they are: a rater knows them by their codes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Organisation, Rater, Rfi
from questionnaire.services import auditing, codes
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.codes import Mailbox
from questionnaire.services.faults import Missing
from questionnaire.services.links import hash_of


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whom a link let in, and to the calls of which round."""

    rater_id: UUID
    link_id: UUID
    email: str
    name: str
    language: str
    languages: Sequence[str]
    organisation_id: UUID
    organisation: str
    rfi_id: UUID
    edition_digest: str
    reply_to: str

    def actor(self) -> Actor:
        """Who this is in the audit trail."""
        return Actor("rater", self.rater_id, self.name or self.email, self.organisation_id)

    def hears(self, language: str) -> bool:
        """Whether calls in this language are theirs to rate."""
        return not self.languages or language in self.languages


def admit(
    session: Session, rater_id: UUID, link_id: UUID, now: datetime, *, to_change: bool = False
) -> Admitted:
    """The rater, as this link lets them in now; Missing whatever the reason it does not.

    A change locks the rater, so that two of its pages are saved one after the other.
    """
    query = _query(now).where(Rater.id == rater_id, Rater.link_id == link_id)
    if to_change:
        query = query.with_for_update(of=Rater)
    return _one(session, query, rater_id)


def find(session: Session, token: str, now: datetime) -> Admitted:
    """What a link opens; Missing alike when it is wrong, revoked, expired or withdrawn."""
    return _one(session, _query(now).where(Rater.token_hash == hash_of(token)), "rater")


def send_code(session: Session, clock: Clock, admitted: Admitted, browser: str) -> None:
    """Mail a fresh code to the rater's address; Refused after too many within an hour."""
    codes.send_code(session, clock, _mailbox(admitted), browser)


def verify(session: Session, clock: Clock, admitted: Admitted, browser: str, typed: str) -> None:
    """Let this browser in, or raise WrongCode; each try counts against every code that waits."""
    codes.verify(session, clock, _mailbox(admitted), browser, typed)
    now = clock()
    session.execute(
        sa.update(Rater)
        .where(Rater.id == admitted.rater_id)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )
    auditing.append(
        session, admitted.actor(), now, "opened", "rater", admitted.rater_id, rfi_id=admitted.rfi_id
    )


def tries_left(session: Session, admitted: Admitted, browser: str, now: datetime) -> int:
    """How often this browser may still try; 0 when it must ask for another code."""
    return codes.tries_left(session, _mailbox(admitted), browser, now)


def _mailbox(admitted: Admitted) -> Mailbox:
    return Mailbox(
        "rater_id",
        admitted.rater_id,
        admitted.organisation_id,
        admitted.email,
        admitted.name,
        admitted.language,
        admitted.rfi_id,
    )


_COLUMNS: tuple[Any, ...] = (
    Rater.id,
    Rater.link_id,
    Rater.email,
    Rater.name,
    Rater.language,
    Rater.languages,
    Rater.organisation_id,
    Organisation.name,
    Rater.rfi_id,
    Rfi.edition_digest,
    Rfi.reply_to,
)


def _query(now: datetime) -> sa.Select[Any]:
    return (
        sa.select(*_COLUMNS)
        .join(Rfi, Rfi.id == Rater.rfi_id)
        .join(Organisation, Organisation.id == Rater.organisation_id)
        .where(Rater.revoked_at.is_(None), Rater.expires_at > now, Rfi.state == "open")
    )


def _one(session: Session, query: sa.Select[Any], named: object) -> Admitted:
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(named)
    return Admitted(*tuple(row))
