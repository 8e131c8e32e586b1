"""Questions as they were asked before: made once for an answer, kept while it stays as it is."""

from __future__ import annotations

from collections.abc import Hashable

from question_bank.model import Question
from questionnaire.controls.asking import Asking, question_html
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import Kept

#: About 12 MB: the questions that some forty vendors are at work on.
_asked: Memory[str] = Memory(2_048)


def asked_html(
    questionnaire: Questionnaire, question: Question, kept: Kept, asking: Asking, number: int
) -> str:
    """What `question_html` gives; made afresh where the page says more than what is stored."""
    id = question.id
    own = (
        asking.typed, asking.faults, asking.remarks, asking.conflicts, asking.documents,
        asking.offers,
        asking.notices,
    )  # fmt: skip
    if any(id in one for one in own):
        return question_html(questionnaire, question, kept, asking, number)
    edition = (questionnaire.digest, questionnaire.currency, id, number)
    return _asked.get(
        (edition, kept, _page(question, kept, asking)),
        lambda: question_html(questionnaire, question, kept, asking, number),
    )


def _page(question: Question, kept: Kept, asking: Asking) -> Hashable:
    """Everything of the page that the markup of this question depends on."""
    given = tuple(
        tuple(asking.names.get(one.choices_from, ()))
        for one in question.columns
        if one.choices_from
    )
    where = asking.files_at if kept.files else ""
    hidden = question.id in asking.hidden
    who = asking.people.get(kept.changed_by)
    return (
        asking.speech, asking.today, asking.time_zone, hidden, asking.read_only, where, given, who,
        asking.hand_over,
    )  # fmt: skip
