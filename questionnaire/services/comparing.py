"""One section of one vendor's answers beside the requirements that they were held against."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question, Section
from questionnaire.core.answers import BLANK, Answer
from questionnaire.core.assurance import level_of
from questionnaire.core.conditions import open_case
from questionnaire.models import Judgement
from questionnaire.services import reading
from questionnaire.services.boarding import RfiHead
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reading import UNTOUCHED, HeldFile
from questionnaire.services.vendor_rows import VendorRow


@dataclass(frozen=True, slots=True)
class Held:
    """One requirement of the frozen set, and what judging said about it."""

    requirement_id: str
    severity: str
    status: str
    explanation: str
    #: What reviewers decided about the gap, where that was asked for: accepted or waived.
    decided: str = ""

    @property
    def is_gap(self) -> bool:
        return self.status in ("not_met", "unknown") and not self.decided


@dataclass(frozen=True, slots=True)
class Compared:
    """One question that was shown to the vendor: answer, files, judgements."""

    question: Question
    answer: Answer
    files: tuple[HeldFile, ...]
    #: How much stands behind the answer today.
    level: int
    judgements: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section; of a sealed one nothing but its title and that it is sealed."""

    section: Section
    sealed: bool
    compared: tuple[Compared, ...]
    #: Every section that was asked: id, title, sealed.
    sections: tuple[Section, ...]


def section_page(
    session: Session,
    organisation_id: UUID,
    rfi: RfiHead,
    row: VendorRow,
    section_id: str,
    today: date,
) -> SectionPage:
    """The page of one section; Missing before the vendor submitted, or for a section not asked."""
    questionnaire = questionnaire_of(session, rfi.id, rfi.version, in_house=row.in_house)
    section = questionnaire.sections_by_id.get(section_id)
    if section is None or row.submitted_at is None:
        raise Missing(section_id)
    if section.sealed:
        return SectionPage(section, True, (), questionnaire.sections)
    compared = _compared(session, organisation_id, questionnaire, row.assessment_id, section, today)
    return SectionPage(section, False, compared, questionnaire.sections)


def _compared(
    session: Session,
    organisation_id: UUID,
    questionnaire: Questionnaire,
    assessment_id: UUID,
    section: Section,
    today: date,
) -> tuple[Compared, ...]:
    bank = questionnaire.bank
    kept = reading.staff_held(session, organisation_id, assessment_id, bank)
    answers = reading.typed(bank, kept)
    selection = questionnaire.selection
    case = open_case(bank, questionnaire.brief, answers, on=today, selection=selection)
    judgements = _judgements(session, assessment_id, section.id)
    return tuple(
        Compared(
            one,
            answers.get(one.id, BLANK),
            kept.get(one.id, UNTOUCHED).files,
            level_of(answers.get(one.id, BLANK), case),
            tuple(judgements.get(one.id, ())),
        )
        for one in section.questions
        if case.shown(one.id)
    )


def _judgements(session: Session, assessment_id: UUID, section_id: str) -> dict[str, list[Held]]:
    found: defaultdict[str, list[Held]] = defaultdict(list)
    rank = sa.case({"mandatory": 0, "major": 1, "minor": 2}, value=Judgement.severity, else_=3)
    query = (
        sa.select(
            Judgement.question_id,
            Judgement.requirement_id,
            Judgement.severity,
            Judgement.status,
            Judgement.explanation,
        )
        .where(Judgement.assessment_id == assessment_id, Judgement.section_id == section_id)
        .order_by(rank, Judgement.requirement_id)
    )
    for question_id, *held in session.execute(query):
        found[question_id].append(Held(*held))
    return found
