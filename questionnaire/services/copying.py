"""Copies for the vendor: the whole questionnaire before it is begun, and its own answers.

What a copy holds is this vendor's own and no rule: no requirement, no threshold, nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.answers import BLANK
from questionnaire.core.paper import Attested, Document, Given, answered_blocks, asked_blocks
from questionnaire.core.paper.answered import attested_blocks
from questionnaire.core.phrases import say
from questionnaire.core.report.blocks import Part, Report
from questionnaire.models import Assessment
from questionnaire.services import printing
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import Kept, draft

#: The questionnaire to be read is the same for all who are asked the same in one language.
_printed: Memory[bytes] = Memory(32)
_DAY_OF_READING = date(2000, 1, 1)


def blank(questionnaire: Questionnaire, language: str) -> Report:
    """The whole questionnaire as blocks, to be read before anything is answered."""
    return Report(
        title=questionnaire.title,
        organisation=questionnaire.organisation,
        language=language,
        on=_DAY_OF_READING,
        parts=tuple(
            Part(
                number,
                section.title.text(language),
                asked_blocks(section, questionnaire.questions, language),
            )
            for number, section in enumerate(questionnaire.sections, 1)
        ),
        versions=(),
    )


def blank_pdf(questionnaire: Questionnaire, language: str) -> bytes:
    """The same as a PDF; set in type once."""
    key = (questionnaire.rfi_id, questionnaire.version, questionnaire.in_house, language)
    title = say(language, "Questionnaire: {title}", title=questionnaire.title)
    return _printed.get(
        key, lambda: printing.pdf(blank(questionnaire, language), title=title, dated=False)
    )


def answered_pdf(
    session: Session, reached: Reached, questionnaire: Questionnaire, when: str, today: date
) -> bytes:
    """A vendor's own answers as they stand, the sealed ones too, as a PDF.

    `when` says in words when they were handed in, and is not looked at where they were not;
    `today` is the day of the copy.
    """
    kept = draft(session, reached.assessment_id)
    language = reached.language
    attested = _attested(session, reached, when) if reached.submitted_at else None
    report = Report(
        title=questionnaire.title,
        organisation=reached.vendor,
        language=language,
        on=today,
        parts=(
            Part(0, say(language, "Attestation"), attested_blocks(attested, language)),
            *_parts(questionnaire, kept, language),
        ),
        versions=(),
    )
    title = say(language, "Answers: {title}", title=questionnaire.title)
    return printing.pdf(report, title=title)


def _parts(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], language: str
) -> tuple[Part, ...]:
    answers, hidden = questionnaire.typed(kept), questionnaire.hidden(kept)
    types = questionnaire.bank.document_types
    given = {
        id: Given(
            answers.get(id, BLANK),
            tuple(
                Document(file.name, types[file.document_type].text(language), file.issued_on)
                for file in one.files
            ),
        )
        for id, one in kept.items()
    }
    return tuple(
        Part(number, section.title.text(language), blocks)
        for number, section in enumerate(questionnaire.sections, 1)
        if (blocks := answered_blocks(section, given, hidden, language))
    )


def _attested(session: Session, reached: Reached, when: str) -> Attested:
    """Who attested the answers, and the statement as it was agreed to."""
    row = session.execute(
        sa.select(
            Assessment.attested_name, Assessment.attested_role, Assessment.attested_text
        ).where(
            Assessment.id == reached.assessment_id,
            Assessment.organisation_id == reached.organisation_id,
        )
    ).one()
    return Attested(row[0] or "", row[1] or "", when, row[2] or "")
