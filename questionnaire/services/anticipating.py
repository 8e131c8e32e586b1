"""Working out what a new version of the requirements does, before anybody has to wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.services import drafting, publishing, readying, supposing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.readying import Ready


def ahead(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, document: object = None
) -> Ready | None:
    """Work out, reading only, what publishing has to know; None where nothing will be published.

    `document` is the what-if; without one it is about the change that waits for a second person.
    """
    rfi = drafting.rfi_of(session, actor.organisation_id, rfi_id)
    change = publishing.standing_change(session, rfi_id)
    if rfi.state != "open" or (change is None) is (document is None):
        return None
    now = supposing.present(session, rfi)
    try:
        publishing.refuse_locked(session, rfi_id)
        wanted = supposing.from_document(now, change.wanted if change else document)
        supposing.check(now, wanted, clock().date())
    except (Invalid, Refused):
        return None
    if change is not None and change.proposed_by == actor.id:
        return None
    if not wanted or (change is None and supposing.asks_less(now, wanted)):
        return None
    version = readying.frozen(session, now, wanted, clock())
    return readying.ready(session, clock, now, version, wanted)


def step_ahead(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, form: Mapping[str, str]
) -> Ready | None:
    """The same for the step that `foreseeing.step` will take; only agreeing publishes."""
    return ahead(session, clock, actor, rfi_id) if form.get("step") == "agree" else None
