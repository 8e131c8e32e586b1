"""Aligning what several vendors of an RFI answered, question by question: six statements for all.

Sealed answers are handed on of those vendors only whose prices are open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.answers import BLANK
from questionnaire.core.assurance import level_of
from questionnaire.core.conditions import open_case
from questionnaire.models import Flag, Judgement
from questionnaire.services import reading
from questionnaire.services.comparing import Compared, Held
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reading import UNTOUCHED
from questionnaire.services.stamping import Stamp
from questionnaire.services.surveying import submitted_answers

#: So many vendors fit side by side.
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Aligned:
    """What one vendor said to every question that it was asked; sealed ones only once opened."""

    stamp: Stamp
    said: Mapping[str, Compared]


def align(
    session: Session, questionnaire: Questionnaire, wanted: Sequence[Stamp]
) -> tuple[Aligned, ...]:
    """What these vendors said, in their order; six statements, none without vendors."""
    if not wanted:
        return ()
    ids = [one.assessment_id for one in wanted]
    kept = submitted_answers(session, ids)
    decided = _decided(session, ids, wanted[0].on)
    judged = _judged(session, ids, decided)
    return tuple(
        Aligned(
            one,
            _said(questionnaire, kept[one.assessment_id], judged[one.assessment_id], one),
        )
        for one in wanted
    )


def _said(
    questionnaire: Questionnaire,
    kept: Mapping[str, reading.HeldAnswer],
    judged: Mapping[str, Sequence[Held]],
    stamp: Stamp,
) -> dict[str, Compared]:
    bank = questionnaire.bank
    shown = bank.sealed_questions if not stamp.opened else frozenset[str]()
    open_to_read = {id: one for id, one in kept.items() if id not in shown}
    answers = reading.typed(bank, open_to_read)
    asked = questionnaire.selection - (bank.vendors_only if stamp.in_house else frozenset())
    case = open_case(bank, questionnaire.brief, answers, on=stamp.on, selection=asked)
    return {
        one.id: Compared(
            one,
            answers.get(one.id, BLANK),
            open_to_read.get(one.id, UNTOUCHED).files,
            level_of(answers.get(one.id, BLANK), case),
            tuple(judged.get(one.id, ())),
        )
        for section in questionnaire.sections
        for one in section.questions
        if one.id not in shown and case.shown(one.id)
    }


def _judged(
    session: Session, ids: Sequence[UUID], decided: Mapping[tuple[UUID, str], str]
) -> Mapping[UUID, Mapping[str, list[Held]]]:
    """Assessment -> question -> its judgements, the severest first."""
    found: dict[UUID, defaultdict[str, list[Held]]] = {id: defaultdict(list) for id in ids}
    rank = sa.case({"mandatory": 0, "major": 1, "minor": 2}, value=Judgement.severity, else_=3)
    query = (
        sa.select(
            Judgement.assessment_id,
            Judgement.question_id,
            Judgement.requirement_id,
            Judgement.severity,
            Judgement.status,
            Judgement.explanation,
        )
        .where(Judgement.assessment_id.in_(ids))
        .order_by(rank, Judgement.requirement_id)
    )
    for assessment_id, question_id, *columns in session.execute(query):
        held = Held(*columns)
        said = decided.get((assessment_id, held.requirement_id), "")
        found[assessment_id][question_id].append(replace(held, decided=said) if said else held)
    return found


def _decided(session: Session, ids: Collection[UUID], today: date) -> dict[tuple[UUID, str], str]:
    """What reviewers decided about gaps that are still there: accepted, or waived until a day."""
    query = sa.select(Flag.assessment_id, Flag.requirement_id, Flag.state, Flag.waived_until).where(
        Flag.assessment_id.in_(ids),
        Flag.state.in_(("accepted", "waived")),
        Flag.never_waivable.is_(False),
    )
    return {
        (assessment_id, requirement_id): state
        for assessment_id, requirement_id, state, until in session.execute(query)
        # A flag on a finding has no requirement of its own.
        if requirement_id and (state == "accepted" or (until is not None and until >= today))
    }
