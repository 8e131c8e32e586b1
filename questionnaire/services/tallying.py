"""Counting what judging found, so that a board need not look at judgements and answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.conditions import open_case
from questionnaire.models import Assessment, Judgement
from questionnaire.services import reading
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of

STATUSES = ("met", "not_met", "unknown", "not_applicable")


class SectionCounts(NamedTuple):
    """How many requirements of one section came out in which way."""

    met: int
    not_met: int
    unknown: int
    not_applicable: int


class Understanding(NamedTuple):
    """How much of what was asked is known, and how much of it has a document beside it."""

    asked: int
    answered: int
    evidenced: int


def retell(session: Session, assessment_id: UUID) -> None:
    """Count anew; judging calls it when its judgements stand. Sealed sections are left out."""
    rfi_id = session.scalar(sa.select(Assessment.rfi_id).where(Assessment.id == assessment_id))
    if rfi_id is None:
        return
    session.flush()
    questionnaire = questionnaire_of(session, rfi_id)
    tally = {
        "sections": _sections(session, assessment_id),
        "understanding": _understanding(session, assessment_id, questionnaire),
    }
    session.execute(sa.update(Assessment).where(Assessment.id == assessment_id).values(tally=tally))


def sections_in(tally: Mapping[str, Any] | None) -> dict[str, SectionCounts]:
    """Section id -> its counts, as a tally keeps them."""
    kept = (tally or {}).get("sections") or {}
    return {name: SectionCounts(*counts) for name, counts in kept.items()}


def understanding_in(tally: Mapping[str, Any] | None) -> Understanding | None:
    """What a tally says about how much is known, None before anything was judged."""
    kept = (tally or {}).get("understanding")
    return Understanding(*kept) if kept else None


def _sections(session: Session, assessment_id: UUID) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(STATUSES))
    query = (
        sa.select(Judgement.section_id, Judgement.status, sa.func.count())
        .where(Judgement.assessment_id == assessment_id)
        .group_by(Judgement.section_id, Judgement.status)
    )
    for section_id, status, count in session.execute(query):
        found[section_id][STATUSES.index(status)] = count
    return dict(found)


def _understanding(
    session: Session, assessment_id: UUID, questionnaire: Questionnaire
) -> Understanding:
    bank = questionnaire.bank
    answers = {
        name: one
        for name, one in reading.read_answers(session, assessment_id, bank).items()
        if name not in bank.sealed_questions
    }
    case = open_case(bank, questionnaire.brief, answers, selection=questionnaire.selection)
    shown = [
        one
        for one in questionnaire.questions
        if one not in bank.sealed_questions and case.shown(one)
    ]
    heard = [answers[one] for one in shown if one in answers]
    return Understanding(
        len(shown),
        sum(one.state == "answered" for one in heard),
        sum(bool(one.evidence) for one in heard),
    )
