"""Questions as they are asked and answers as they are shown.

Pieces that never change are rendered once per edition and language (templates/controls and
templates/answers) and joined with the answers. The pages of a vendor, the preview of a buyer and
the pages of a reviewer use the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from question_bank.model import Question
from questionnaire.controls.asked import asked_html
from questionnaire.controls.asking import Asking, files_html, lists_html, question_html
from questionnaire.controls.listing import Listing
from questionnaire.controls.names import by_question, element_id, rows_of, typed_of
from questionnaire.controls.pieces import Pieces, gap, rendered
from questionnaire.controls.showing import answer_html
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import UNTOUCHED, Kept

__all__ = [
    "UNTOUCHED",
    "Asking",
    "Listing",
    "Pieces",
    "answer_html",
    "by_question",
    "element_id",
    "files_html",
    "gap",
    "question_html",
    "questions_html",
    "rendered",
    "rows_of",
    "section_html",
    "typed_of",
]


def section_html(
    questionnaire: Questionnaire,
    section_id: str,
    answers: Mapping[str, Kept],
    *,
    language: str,
    asking: Asking | None = None,
    read_only: bool = False,
) -> Markup:
    """The questions of one section with these answers in them, without a <form> around them.

    KeyError when the questionnaire has no such section. `read_only` disables every control.
    """
    asking = asking or Asking(speech=language, read_only=read_only)
    questions = questionnaire.sections_by_id[section_id].questions
    return questions_html(questionnaire, questions, answers, asking)


def questions_html(
    questionnaire: Questionnaire,
    questions: Sequence[Question],
    answers: Mapping[str, Kept],
    asking: Asking,
) -> Markup:
    """These questions, numbered from 1, with the names of countries that they need."""
    parts = [
        asked_html(questionnaire, question, answers.get(question.id, UNTOUCHED), asking, number)
        for number, question in enumerate(questions, 1)
    ]
    parts.append(lists_html(questions, asking.speech))
    return Markup("".join(parts))  # noqa: S704 - every value was escaped where it was put in
