"""Deciding alike flags together: choose, see exactly what will happen, decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import worded
from questionnaire.db import new_id
from questionnaire.models import Flag
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services import flagging
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.reviewing import answer_facts, member_or_missing, settle
from questionnaire.services.ruling import AnswerFacts, Decision
from questionnaire.services.settling import Ruling, rule

#: More flags than one vendor can have from one requirement set.
MOST: Final = 300


class ChangedSince(Refused):
    """Some of the flags are no longer as the preview showed them; nothing was decided."""

    def __init__(self, ids: Sequence[UUID]) -> None:
        super().__init__(
            worded(
                "Some of these flags have changed since the preview, so nothing was decided. Look "
                "at the list again: it shows what would happen now."
            )
        )
        self.ids = tuple(ids)


@dataclass(frozen=True, slots=True)
class Group:
    """Alike flags: on one requirement or finding over the vendors of an RFI, or of one section.

    `ids` names single flags instead. Only what is still open, or waits for a second person, counts.
    """

    rfi_id: UUID | None = None
    requirement_id: str | None = None
    finding_id: str | None = None
    assessment_id: UUID | None = None
    section_id: str | None = None
    ids: tuple[UUID, ...] = ()

    @property
    def is_empty(self) -> bool:
        alike = self.rfi_id and (self.requirement_id or self.finding_id)
        return not (self.ids or self.assessment_id or alike)


def choose(session: Session, organisation_id: UUID, group: Group) -> list[FlagRow]:
    """The open flags of a group, at most `MOST`; Missing when it names nothing of ours."""
    if group.is_empty:
        raise Missing(group)
    wanted = [Flag.organisation_id == organisation_id, Flag.state.in_(OPEN_STATES)]
    wanted += [
        column == value
        for column, value in (
            (Flag.rfi_id, group.rfi_id),
            (Flag.requirement_id, group.requirement_id),
            (Flag.finding_id, group.finding_id),
            (Flag.assessment_id, group.assessment_id),
            (Flag.section_id, group.section_id),
        )
        if value is not None
    ]
    if group.ids:
        wanted.append(Flag.id.in_(group.ids[:MOST]))
    found = flagging.rows(session, *wanted)
    return sorted(found, key=lambda one: (one.severity_rank, one.section_id, one.id))[:MOST]


def preview(
    session: Session, clock: Clock, actor: Actor, ids: Iterable[UUID], decision: Decision
) -> list[Ruling]:
    """Exactly what `decision` would do to each of the flags; it stores nothing.

    Invalid when the decision is incomplete, Missing when a flag is not the organisation's.
    """
    wanted = _distinct(ids)
    made = decision.checked(clock().date())
    flags = flagging.rows(session, *_mine(actor, wanted))
    return _rulings(session, clock, actor, _all_of(flags, wanted), made)


def decide(
    session: Session, clock: Clock, actor: Actor, seen: Mapping[UUID, int], decision: Decision
) -> UUID:
    """Do the action to every flag that allows it and give the batch's id.

    `seen` is each flag's version in the preview; ChangedSince when one differs. Refused when the
    rules allow it for none of them.
    """
    wanted = _distinct(seen)
    made = decision.checked(clock().date())
    flags = flagging.rows_locked(session, *_mine(actor, wanted))
    rulings = _rulings(session, clock, actor, _all_of(flags, wanted), made)
    changed = [one.id for one in flags if one.version != seen[one.id]]
    if changed:
        raise ChangedSince(changed)
    changes = [one.change for one in rulings if one.change]
    if not changes:
        raise Refused("None of these flags can be decided so. The list says why for each.")
    batch = new_id()
    settle(session, clock, actor, changes, batch=batch)
    return batch


def _mine(actor: Actor, wanted: Sequence[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    return Flag.organisation_id == actor.organisation_id, Flag.id.in_(wanted)


def _distinct(ids: Iterable[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Invalid({"flag": worded("Choose at least one flag.")})
    if len(wanted) > MOST:
        raise Invalid({"flag": worded("Choose at most {n} flags at once.", n=MOST)})
    return wanted


def _all_of(flags: list[FlagRow], wanted: Sequence[UUID]) -> list[FlagRow]:
    if len(flags) != len(wanted):
        raise Missing(wanted)
    places = {id_: place for place, id_ in enumerate(wanted)}
    return sorted(flags, key=lambda one: places[one.id])


def _rulings(
    session: Session, clock: Clock, actor: Actor, flags: Sequence[FlagRow], made: Decision
) -> list[Ruling]:
    if made.action == "assign":
        member_or_missing(session, actor.organisation_id, made.assignee)
    facts = answer_facts(session, flags)
    today = clock().date()
    return [
        rule(
            one,
            made,
            actor.id,
            today,
            facts.get((one.assessment_id, one.question_id), AnswerFacts()),
        )
        for one in flags
    ]
