"""What an uploaded spreadsheet would change, held against what is stored now; nothing is written.

The same rules as a page's own: an answer of which another version is stored than the file was made
with is never overwritten unasked, and what the file only repeats of then is no change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.answers import BLANK, Answer
from questionnaire.core.faults import AnswerFault
from questionnaire.core.sheet.filled import Filled, Refused
from questionnaire.core.sheet.losing import lost
from questionnaire.models import SheetUpload
from questionnaire.services import answering, resuming
from questionnaire.services.answering import SavedSection
from questionnaire.services.clock import Clock
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import UNTOUCHED, Kept
from questionnaire.services.sheet_taking import reading_of
from questionnaire.services.taking import Typed, take


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that the file has otherwise. `sort` is new, loss or conflict.

    A loss takes something away, as `lost` says; a conflict was changed elsewhere after the file
    was made. Only what is new is saved without being ticked by somebody.
    """

    question: Question
    sort: str
    before: Kept
    stands: Answer
    after: Answer
    lost: tuple[str, ...] = ()
    #: Whether another answer hides the question at the moment.
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """All of one file: what differs, what is refused, and how many questions stay as they are."""

    found: tuple[Difference, ...]
    refused: tuple[Refused, ...]
    same: int

    def of(self, sort: str) -> tuple[Difference, ...]:
        """Those of one sort, in the questionnaire's order."""
        return tuple(one for one in self.found if one.sort == sort)


def typed_of(filled: Filled, version: int | None = None) -> Typed:
    """As if it had been typed into the page that showed `version`, or the file's own."""
    return Typed(
        said=filled.said or "answered",
        raw=filled.raw,
        none=filled.none,
        comment=filled.comment,
        reason=filled.reason,
        version=filled.version if version is None else version,
    )


def differences(
    session: Session, reached: Reached, questionnaire: Questionnaire, upload: SheetUpload
) -> Differences:
    """Row by row; two statements, however many questions there are."""
    kept = resuming.draft(session, reached.assessment_id)
    reading = reading_of(upload)
    filled = [one for one in reading.filled if one.question in questionnaire.questions]
    typed = {one.question: typed_of(one) for one in filled}
    seen = answering.seen_before(session, reached, typed, kept)
    hidden = questionnaire.hidden(kept)
    stands = questionnaire.typed(kept)
    found: list[Difference] = []
    refused = list(reading.refused)
    for one in filled:
        question, before = questionnaire.questions[one.question], kept.get(one.question, UNTOUCHED)
        try:
            after = take(question, typed[one.question], before, reached.language)
        except AnswerFault as fault:
            refused += one.refused(fault)
            continue
        sort = _sort(question, one, before, seen.get(one.question, UNTOUCHED), after)
        if sort:
            stored = stands.get(one.question, BLANK)
            gone = lost(stored, after, reached.language)
            sort = "loss" if sort == "new" and gone else sort
            found.append(
                Difference(question, sort, before, stored, after, gone, question.id in hidden)
            )
    wrong = {one.question for one in refused} & typed.keys()
    return Differences(tuple(found), tuple(refused), len(filled) - len(found) - len(wrong))


def _sort(question: Question, filled: Filled, before: Kept, seen: Kept, after: Answer) -> str:
    """Nothing where the file changes nothing; conflict where another version is stored."""
    if answering.unchanged(question, before, after):
        return ""
    if filled.version == before.version:
        return "new"
    return "" if answering.unchanged(question, seen, after) else "conflict"


def apply(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    upload: SheetUpload,
    chosen: Mapping[str, int],
) -> SavedSection:
    """Save the answers to the `chosen` questions (id -> version that was shown beside it).

    What is wrong or was changed meanwhile is left alone; the same again has no effect. Refused
    when the answers are closed.
    """
    filled = {
        one.question: one
        for one in reading_of(upload).filled
        if one.question in chosen and one.question in questionnaire.questions
    }
    typed = {id: typed_of(one, chosen[id]) for id, one in filled.items()}
    saved = answering.save_section(
        session, clock, reached, questionnaire, typed, speech=reached.language
    )
    if saved.saved:
        upload.applied = [*dict.fromkeys((*upload.applied, *saved.saved))]
        session.flush()
    return saved
