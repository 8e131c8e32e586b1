"""A vendor's questionnaire as a spreadsheet: empty to begin with, or with the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from question_bank.model import Question
from questionnaire.core.dates import show_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS
from questionnaire.core.phrases import say
from questionnaire.core.sheet import Book, Held, lay_out
from questionnaire.services.exporting import plain_name
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import Kept
from questionnaire.services.sheet_writing import xlsx

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make(
    reached: Reached, questionnaire: Questionnaire, kept: Mapping[str, Kept], now: datetime
) -> bytes:
    """The file with these answers in it; with none it is the empty one."""
    return xlsx(book_of(reached, questionnaire, kept, now), now)


def book_of(
    reached: Reached, questionnaire: Questionnaire, kept: Mapping[str, Kept], now: datetime
) -> Book:
    """The same before it is written."""
    held = {
        id: held_of(questionnaire.questions[id], one)
        for id, one in kept.items()
        if id in questionnaire.questions
    }
    return lay_out(
        questionnaire.sections,
        held,
        language=reached.language,
        currency=questionnaire.currency,
        title=reached.title,
        organisation=reached.organisation,
        facts=_facts(reached, now),
        about={
            "assessment": str(reached.assessment_id),
            "edition": questionnaire.digest,
        },
    )


def held_of(question: Question, kept: Kept) -> Held:
    """A stored answer; what does not fit the question any more is left out."""
    try:
        value = KINDS[question.kind].from_json(question, kept.value)
    except AnswerFault:
        value = None
    files = tuple(one.name for one in kept.files)
    return Held(kept.state, value, kept.comment or "", kept.reason or "", kept.version, files)


def file_name(reached: Reached) -> str:
    """What the file is called."""
    return f"{plain_name(reached.title)}.xlsx"


def _facts(reached: Reached, now: datetime) -> tuple[tuple[str, str], ...]:
    language, zone = reached.language, ZoneInfo(reached.time_zone)
    due, made = reached.deadline.astimezone(zone), now.astimezone(zone)
    when = "{day}, {time} ({zone})"
    return (
        (say(language, "Who asks"), reached.organisation),
        (say(language, "Who answers"), reached.vendor),
        (
            say(language, "By when"),
            when.format(day=show_date(due.date(), language), time=f"{due:%H:%M}", zone=zone.key),
        ),
        (
            say(language, "Answers as of"),
            when.format(day=show_date(made.date(), language), time=f"{made:%H:%M}", zone=zone.key),
        ),
    )
