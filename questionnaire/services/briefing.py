"""Stating the brief: only the fields that the chosen questions and requirements refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.model import Bank, BriefField
from questionnaire.core.briefs import contradictions
from questionnaire.core.needed import brief_fields_needed, brief_fields_wished
from questionnaire.models import Rfi
from questionnaire.services import auditing, brief_values, drafting, requiring
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid


def asked(session: Session, rfi: Rfi, bank: Bank) -> tuple[BriefField, ...]:
    """The fields that this RFI asks of its buyer, in the bank's order: needed ones, and wished."""
    names = {one.name for one in needed(session, rfi, bank)}
    names |= {one.name for one in brief_fields_wished(bank, rfi.question_ids)}
    return tuple(one for one in bank.brief if one.name in names)


def needed(session: Session, rfi: Rfi, bank: Bank) -> tuple[BriefField, ...]:
    """The fields without which this RFI cannot be sent, in the bank's order."""
    found = requiring.held(session, rfi, bank)
    forced = requiring.in_force(found, rfi.question_ids)
    return brief_fields_needed(bank, forced, rfi.question_ids, rfi.profiles)


def typed_brief(fields: Sequence[BriefField], brief: Mapping[str, Any]) -> dict[str, Any]:
    """What the controls hold: what was stated, or the default where nothing was yet."""
    return {one.name: raw_value(one, brief) for one in fields}


def raw_value(field: BriefField, brief: Mapping[str, Any]) -> Any:
    """What the controls of one field hold for its value, or for its default without one."""
    value = brief_values.held(brief, field.name)
    return brief_values.typed(field, field.default if value is None else value)


def state(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    typed: Mapping[str, Any],
    *,
    seen: str,
) -> Rfi:
    """State the fields that were asked; one left empty is not stated; sending says what it needs.

    Invalid maps a field's name, or "<name>.<row>.<column>", to what is wrong there.
    """
    rfi = drafting.draft(session, actor, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    drafting.unchanged(seen, rfi.brief)
    fields = [one for one in asked(session, rfi, bank) if one.name in typed]
    brief, changed = dict(rfi.brief), []
    for field, value in read(fields, typed).items():
        if value != brief_values.held(brief, field):
            changed.append(field)
            brief = brief_values.with_value(brief, field, value)
    if not changed:
        return rfi
    if faults := contradictions(fields, brief):
        raise Invalid(faults)
    rfi.brief = brief
    session.flush()
    # Names only: a competitor list is nobody else's business, and this trail is long-lived.
    auditing.append(
        session, actor, clock(), "stated", "brief", rfi.id, rfi_id=rfi.id, fields=changed
    )
    return rfi


def read(fields: Sequence[BriefField], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of every field that was typed in; Invalid with all that cannot be taken."""
    faults: dict[str, str] = {}
    found: dict[str, Any] = {}
    for field in fields:
        try:
            found[field.name] = brief_values.read(field, typed[field.name])
        except brief_values.WrongBriefField as fault:
            faults |= {
                f"{field.name}.{row}.{column}": sentence
                for (row, column), sentence in fault.cells.items()
            } or {field.name: fault.sentence}
    if faults:
        raise Invalid(faults)
    return found
