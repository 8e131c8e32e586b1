"""The rows of the page that shows what a spreadsheet would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from question_bank.model import Question
from questionnaire.controls import answer_html
from questionnaire.core.sheet.filled import Refused
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.sheet_differing import Difference
from questionnaire.vendor import gate


@dataclass(frozen=True, slots=True)
class Row:
    """One answer before and after."""

    id: str
    section: str
    subject: str
    version: int
    before: Markup
    after: Markup
    told: Difference


def rows(questionnaire: Questionnaire, found: Sequence[Difference]) -> list[Row]:
    """Ready to be shown, in the order of the questionnaire."""
    language = gate.reached().language
    return [
        Row(
            id=one.question.id,
            section=_section(questionnaire, one.question),
            subject=_subject(one.question),
            version=one.before.version,
            before=answer_html(one.question, one.stands, language),
            after=answer_html(one.question, one.after, language),
            told=one,
        )
        for one in found
    ]


def refusals(questionnaire: Questionnaire, found: Iterable[Refused]) -> list[tuple[Refused, str]]:
    """What was refused, with what the question is called."""
    asked = questionnaire.questions
    return [(one, _subject(asked[one.question]) if one.question in asked else "") for one in found]


def subjects(questionnaire: Questionnaire, ids: Iterable[str]) -> list[tuple[str, str]]:
    """The section and the subject of these questions, in the questionnaire's order."""
    wanted = set(ids)
    return [
        (_section(questionnaire, one), _subject(one))
        for id, one in questionnaire.questions.items()
        if id in wanted
    ]


def _subject(question: Question) -> str:
    return (question.subject or question.text).text(gate.reached().language)


def _section(questionnaire: Questionnaire, question: Question) -> str:
    section = questionnaire.sections_by_id[question.section]
    return section.title.text(gate.reached().language)
