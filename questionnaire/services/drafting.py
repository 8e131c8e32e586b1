"""Beginning an RFI and stating its basics; what every step of a draft needs to change it safely."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.core.phrases import worded
from questionnaire.db import new_id
from questionnaire.models import Rfi
from questionnaire.services import auditing, editions, requiring
from questionnaire.services.auditing import Actor
from questionnaire.services.basics import Basics
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused


class Stale(Refused):
    """Somebody else changed the same thing since the page was shown; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            worded(
                "Somebody else has changed this since you opened the page. Nothing was "
                "overwritten: compare both versions below, then save again what should stand."
            )
        )


def rfi_of(session: Session, organisation_id: UUID, rfi_id: UUID) -> Rfi:
    """The organisation's RFI; Missing when it is another's or nobody's."""
    rfi = session.scalar(
        sa.select(Rfi).where(Rfi.id == rfi_id, Rfi.organisation_id == organisation_id)
    )
    if rfi is None:
        raise Missing(rfi_id)
    return rfi


def locked(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    """The actor's RFI, held against every other change until this transaction ends."""
    rfi = session.scalar(
        sa.select(Rfi)
        .where(Rfi.id == rfi_id, Rfi.organisation_id == actor.organisation_id)
        # Not against rows that only refer to it: a vendor that hands in holds its assessment and
        # adds flags and mails to this RFI, and would wait for whoever waits for the assessment.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if rfi is None:
        raise Missing(rfi_id)
    return rfi


def draft(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    """The actor's RFI, locked, while it can still be edited; Refused once it was sent."""
    rfi = locked(session, actor, rfi_id)
    if rfi.state != "draft":
        raise Refused(
            "This RFI has been sent: its questions, brief and requirements stay as they were sent."
        )
    return rfi


def digest(*parts: object) -> str:
    """A short name of what a page showed; a save that names another one is stale."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def unchanged(seen: str, *parts: object) -> None:
    """Stale unless the page that is being saved showed these parts as they are."""
    if seen != digest(*parts):
        raise Stale


def touch(rfi: Rfi) -> None:
    """Count a change of something that belongs to the RFI, so that its version rises."""
    sa.orm.attributes.flag_modified(rfi, "title")


def create(
    session: Session,
    clock: Clock,
    actor: Actor,
    basics: Basics,
    *,
    id: UUID | None = None,
    preset: str | None = None,
) -> Rfi:
    """Begin an RFI on the shipped bank with a preset's questions and its profiles' requirements.

    `id` is what the page was given: the same page sent twice makes one RFI.
    """
    held = session.get(Rfi, id) if id else None
    if held is not None and held.organisation_id == actor.organisation_id:
        return held
    bank, now = editions.current_bank(), clock()
    try:
        question_ids = preset_questions(bank, preset or bank.presets[0].id)
    except KeyError:
        raise Invalid({"preset": worded("Choose one of the presets shown.")}) from None
    rfi = Rfi(
        id=id if id and held is None else new_id(),
        organisation_id=actor.organisation_id,
        state="draft",
        brief={},
        question_ids=question_ids,
        edition_digest=editions.keep(session, bank, now),
        created_by=actor.id,
        created_at=now,
        **basics.columns(),
    )
    session.add(rfi)
    session.flush()
    requiring.begin(session, rfi, bank)
    auditing.append(session, actor, now, "created", "rfi", rfi.id, rfi_id=rfi.id, title=rfi.title)
    return rfi


def state_basics(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, basics: Basics, *, seen: str
) -> Rfi:
    """Change title, purpose, reply-to, deadline and profiles of a draft.

    New profiles bring their requirements; what the buyer changed in the requirements is kept.
    """
    rfi = draft(session, actor, rfi_id)
    before = Basics.of(rfi)
    unchanged(seen, before.columns())
    if basics == before:
        return rfi
    if basics.profiles != before.profiles:
        requiring.rebase(session, rfi, editions.bank_of(session, rfi.edition_digest), basics)
    for name, value in basics.columns().items():
        setattr(rfi, name, value)
    session.flush()
    changed = [name for name, value in basics.columns().items() if before.columns()[name] != value]
    auditing.append(
        session, actor, clock(), "changed", "rfi", rfi.id, rfi_id=rfi.id, changed=changed
    )
    return rfi


def preset_questions(bank: Bank, preset_id: str) -> list[str]:
    """The questions of a preset in the bank's order; KeyError when there is no such preset."""
    chosen = next((one for one in bank.presets if one.id == preset_id), None)
    if chosen is None:
        raise KeyError(preset_id)
    return in_order(
        bank, (one.id for id in chosen.sections for one in bank.sections_by_id[id].questions)
    )


def in_order(bank: Bank, question_ids: Iterable[str]) -> list[str]:
    """Those of the ids that the bank has, in its order and each once."""
    chosen = set(question_ids)
    return [one for one in bank.questions if one in chosen]
