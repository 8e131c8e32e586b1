"""Appointing raters: who rates the calls of an RFI, and the link that leads them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import LANGUAGES
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import worded
from questionnaire.core.plans import spoken
from questionnaire.core.texts import clean
from questionnaire.db import new_id
from questionnaire.models import Message, Organisation, Rater, Rfi
from questionnaire.services import auditing, delivering, posting, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.inviting import link_end
from questionnaire.services.links import Links, hash_of
from questionnaire.services.planning import no_language

NAME_LIMIT = 120
MOST_RATERS = 50


@dataclass(frozen=True, slots=True)
class Appointed:
    """One rater as the buyer sees them; `mails` is how often the present link was mailed."""

    id: UUID
    name: str
    email: str
    language: str
    languages: Sequence[str]
    link_id: UUID
    revoked_at: datetime | None
    last_used_at: datetime | None
    mails: int
    mail_state: str | None
    mail_reply: str | None


def raters(session: Session, rfi_id: UUID) -> list[Appointed]:
    """The raters of an RFI by name; the caller has reached the RFI."""
    rows = session.execute(
        sa.select(
            Rater.id,
            Rater.name,
            Rater.email,
            Rater.language,
            Rater.languages,
            Rater.link_id,
            Rater.revoked_at,
            Rater.last_used_at,
        )
        .where(Rater.rfi_id == rfi_id)
        .order_by(sa.func.lower(Rater.name), Rater.id)
    ).all()
    mails = _mails(session, rfi_id)
    return [Appointed(*row, *mails.get(row.link_id.hex, (0, None, None))) for row in rows]


def _mails(session: Session, rfi_id: UUID) -> dict[str, tuple[int, str | None, str | None]]:
    """By link: how many mails carried it, and what became of the newest."""
    found: dict[str, tuple[int, str | None, str | None]] = {}
    query = (
        sa.select(Message.once, Message.state, Message.reply)
        .where(Message.rfi_id == rfi_id, Message.kind == "rater_invitation")
        .order_by(Message.id)
    )
    for once, state, reply in session.execute(query):
        link = (once or "").split(":")[1]
        found[link] = (found.get(link, (0, None, None))[0] + 1, state, reply)
    return found


def appoint(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    typed: Mapping[str, Any],
    *,
    language: str = "en",
) -> UUID:
    """Add a rater and mail the link; the same address typed twice is one rater."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    trialling.scorecard_of(session, rfi)
    wanted = _read(typed, language)
    held = session.execute(sa.select(Rater.id, Rater.email).where(Rater.rfi_id == rfi.id)).all()
    for id, email in held:
        if email.lower() == wanted["email"].lower():
            return id
    if len(held) >= MOST_RATERS:
        raise Invalid({"email": worded("An RFI has at most {n} raters.", n=MOST_RATERS)})
    now, link_id = clock(), new_id()
    rater = Rater(
        **wanted,
        organisation_id=rfi.organisation_id,
        rfi_id=rfi.id,
        link_id=link_id,
        token_hash=hash_of(links.token("rater", link_id)),
        created_at=now,
        expires_at=link_end(rfi.deadline),
    )
    session.add(rater)
    session.flush()
    _audit(session, clock, actor, "appointed", rater)
    _mail(session, clock, links, rfi, rater, after=0)
    return rater.id


def _read(typed: Mapping[str, Any], speech: str) -> dict[str, Any]:
    """Name, address and languages; Invalid by control."""
    faults: dict[str, str] = {}
    name, email = "", ""
    try:
        name = clean(typed["name"], NAME_LIMIT, speech, lines=False)
        if not name:
            faults["name"] = worded("Write the rater’s name.")
    except AnswerFault as fault:
        faults["name"] = fault.sentence
    try:
        email = posting.address(str(typed["email"]), "email")
    except Invalid as fault:
        faults |= fault.faults
    if typed["language"] not in LANGUAGES:
        faults["language"] = worded("Choose one of the languages shown.")
    heard, unknown = spoken(str(typed["languages"]), speech)
    if unknown:
        faults["languages"] = no_language(unknown)
    if faults:
        raise Invalid(faults)
    return {"name": name, "email": email, "language": typed["language"], "languages": list(heard)}


def mail_again(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    rater_id: UUID,
    *,
    after: int,
) -> bool:
    """Mail the present link once more; a repeated press names the same `after`: False."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    rater = _rater(session, rfi, rater_id)
    if rater.revoked_at is not None:
        raise Refused("This rater’s link was revoked. Make a new link first.")
    if not _mail(session, clock, links, rfi, rater, after=after):
        return False
    _audit(session, clock, actor, "mailed", rater)
    return True


def renew(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    rfi_id: UUID,
    rater_id: UUID,
    *,
    instead_of: UUID | None,
) -> bool:
    """End the present link and mail a new one; the ratings stay. A repeated press: False."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    rater = _rater(session, rfi, rater_id)
    if rater.link_id != instead_of:
        return False
    _end_link(session, clock, rater)
    rater.link_id, rater.revoked_at = new_id(), None
    rater.token_hash = hash_of(links.token("rater", rater.link_id))
    rater.expires_at = max(rater.expires_at, link_end(rfi.deadline))
    session.flush()
    _audit(session, clock, actor, "renewed", rater)
    _mail(session, clock, links, rfi, rater, after=0)
    return True


def revoke(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, rater_id: UUID) -> None:
    """End the rater's link; what was rated stays and counts."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    rater = _rater(session, rfi, rater_id)
    if rater.revoked_at is not None:
        return
    _end_link(session, clock, rater)
    session.flush()
    _audit(session, clock, actor, "revoked", rater)


def _end_link(session: Session, clock: Clock, rater: Rater) -> None:
    rater.revoked_at = clock()
    # What still waits in the outbox would bring a link that no longer works.
    delivering.cancel_written(session, _once(rater.link_id))


def _rater(session: Session, rfi: Rfi, rater_id: UUID) -> Rater:
    rater = session.scalar(sa.select(Rater).where(Rater.id == rater_id, Rater.rfi_id == rfi.id))
    if rater is None:
        raise Missing(rater_id)
    return rater


def _once(link_id: UUID) -> str:
    return f"rater:{link_id.hex}:"


def _mail(
    session: Session, clock: Clock, links: Links, rfi: Rfi, rater: Rater, *, after: int
) -> bool:
    """Post the link. The mail says who asks and nothing of the round: its title may tell."""
    organisation = session.scalar(
        sa.select(Organisation.name).where(Organisation.id == rfi.organisation_id)
    )
    posted = posting.post(
        session,
        clock,
        organisation_id=rfi.organisation_id,
        kind="rater_invitation",
        to_address=rater.email,
        to_name=rater.name,
        language=rater.language,
        reply_to=rfi.reply_to,
        rfi_id=rfi.id,
        once=f"{_once(rater.link_id)}{after}",
        context={
            "organisation": organisation,
            "contact": rater.name,
            "link": links.rater(rater.link_id),
        },
    )
    return posted is not None


def _audit(session: Session, clock: Clock, actor: Actor, action: str, rater: Rater) -> None:
    auditing.append(
        session, actor, clock(), action, "rater", rater.id, rfi_id=rater.rfi_id, name=rater.name
    )
