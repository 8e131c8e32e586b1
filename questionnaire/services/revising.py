"""Editing one requirement of a draft: what it asks, how severe a miss is, whether it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.check import lint_requirement
from question_bank.model import SEVERITIES, Bank, Requirement, Threshold, Wording
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import reader, worded
from questionnaire.core.possible import impossible
from questionnaire.core.sentences import requirement_sentence
from questionnaire.core.texts import clean
from questionnaire.models import Rfi
from questionnaire.services import auditing, drafting, requiring, weakening
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.requiring import Held

RATIONALE_LIMIT = 500
MOST_REQUIREMENTS = 400


class Unconfirmed(Refused):
    """The edit asks less of vendors at a gate: the same again, confirmed, is taken."""


def revise(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    requirement_id: str,
    *,
    threshold: Threshold,
    severity: str,
    assurance: int | None,
    off: bool,
    rationale: str,
    seen: str,
    confirmed: bool = False,
) -> Held:
    """Change a requirement of a draft; Unconfirmed when a gate would ask less without a yes.

    Invalid when it would refer to nothing or no answer could meet it.
    """
    rfi = drafting.draft(session, actor, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    found = requiring.held(session, rfi, bank)
    before = requiring.one_of(found, requirement_id)
    drafting.unchanged(seen, before.to_document())
    wanted = replace(
        before.requirement,
        threshold=threshold,
        severity=severity,
        assurance=assurance,
        rationale=read_rationale(rationale, before.requirement.rationale),
    )
    _refuse(weakening.refusal(before.requirement, wanted, off=off))
    if not off:
        _refuse(faults_of(wanted, bank) or _unmeetable(wanted, found, rfi, bank, clock().date()))
    after = replace(before, requirement=wanted, off=off)
    if after == before:
        return before
    question = bank.questions[wanted.question]
    warning = weakening.warning(before.requirement, wanted, question, off=off, was_off=before.off)
    if warning and not confirmed:
        raise Unconfirmed(warning)
    switched_off = off and not before.off
    action = "switched_off" if switched_off else "weakened" if warning else "changed"
    _store(session, clock, actor, rfi, bank, after, action, before=before)
    return after


def add(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    *,
    question_id: str,
    operator: str,
    threshold: Threshold,
    severity: str,
    rationale: str,
    assurance: int | None = None,
) -> Held:
    """Add a requirement of the buyer's own to a draft; the same one twice stands there once."""
    rfi = drafting.draft(session, actor, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    found = requiring.held(session, rfi, bank)
    if question_id not in bank.questions:
        raise Invalid({"question": worded("Choose a question of the bank.")})
    wanted = Requirement(
        id=requiring.fresh_requirement_id(found, question_id),
        question=question_id,
        profiles=(),
        operator=operator,
        threshold=threshold,
        severity=severity,
        assurance=assurance,
        rationale=read_rationale(rationale, None),
    )
    _refuse(faults_of(wanted, bank) or _unmeetable(wanted, found, rfi, bank, clock().date()))
    for one in found:
        if one.own and replace(one.requirement, id=wanted.id) == wanted:
            return one
    if len(found) >= MOST_REQUIREMENTS:
        raise Refused("A requirement set has room for {n} requirements.", n=MOST_REQUIREMENTS)
    added = Held(wanted)
    _store(session, clock, actor, rfi, bank, added, "added")
    return added


def restore(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, requirement_id: str
) -> Held:
    """Put a requirement back as the profiles suggest it."""
    rfi = drafting.draft(session, actor, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    before = requiring.one_of(requiring.held(session, rfi, bank), requirement_id)
    if before.suggested is None:
        raise Refused("This requirement is your own: there is nothing to put it back to.")
    if not before.changed:
        return before
    after = Held(before.suggested, suggested=before.suggested)
    _store(session, clock, actor, rfi, bank, after, "restored", before=before)
    return after


def remove(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, requirement_id: str) -> None:
    """Take out a requirement that the buyer added; suggested ones are switched off instead."""
    rfi = drafting.draft(session, actor, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    found = requiring.held(session, rfi, bank)
    if not any(one.id == requirement_id for one in found):
        return
    before = requiring.one_of(found, requirement_id)
    if not before.own:
        raise Refused("This requirement comes from a profile: switch it off instead.")
    requiring.drop(session, rfi, requirement_id)
    drafting.touch(rfi)
    session.flush()
    _audit(session, clock, actor, rfi, bank, before, "removed", before=before)


def faults_of(requirement: Requirement, bank: Bank) -> dict[str, str]:
    """Why the requirement cannot stand, by control."""
    if requirement.severity not in SEVERITIES:
        return {"severity": worded("Choose mandatory, major or minor.")}
    sentences = lint_requirement(requirement, bank)
    return {"threshold": " ".join(sentences)} if sentences else {}


def _unmeetable(
    wanted: Requirement, found: Iterable[Held], rfi: Rfi, bank: Bank, today: date
) -> dict[str, str]:
    """Why no answer could meet it, alone or beside the others that count, by control."""
    others = [one.requirement for one in found if not one.off and one.id != wanted.id]
    faults = impossible(bank, rfi.brief, [*others, wanted], on=today)
    mine = [one.sentence for one in faults if wanted.id in one.requirements]
    return {"threshold": " ".join(mine)} if mine else {}


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise Invalid(faults)


def read_rationale(typed: str, before: Wording | None) -> Wording:
    """Why it is demanded; the bank's own wording stays in all its languages until it changes.

    Invalid without a reason.
    """
    try:
        text = clean(typed, RATIONALE_LIMIT, reader(), lines=False)
    except AnswerFault as fault:
        raise Invalid({"rationale": fault.sentence}) from None
    if not text:
        raise Invalid({"rationale": worded("Say why: reviewers read it beside every gap.")})
    return before if before is not None and text == before.en else Wording(text)


def _store(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    bank: Bank,
    after: Held,
    action: str,
    *,
    before: Held | None = None,
) -> None:
    requiring.store(session, rfi, after, bank)
    drafting.touch(rfi)
    session.flush()
    _audit(session, clock, actor, rfi, bank, after, action, before=before)


def _audit(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    bank: Bank,
    one: Held,
    action: str,
    *,
    before: Held | None,
) -> None:
    told: dict[str, Any] = {"says": requirement_sentence(one.requirement, bank, rfi.brief)}
    if before is not None:
        told["said"] = requirement_sentence(before.requirement, bank, rfi.brief)
    auditing.append(
        session,
        actor,
        clock(),
        action,
        "requirement",
        one.id,
        rfi_id=rfi.id,
        requirement=one.id,
        severity=one.requirement.severity,
        off=one.off,
        never_waivable=one.requirement.never_waivable,
        **told,
    )
