"""Answering: one question, or a whole section at once; typed, versioned, in a fixed number of
statements however many answers there are.

Whoever saves says which version was seen. What was changed by somebody else meanwhile is never
overwritten: `Stale` carries the stored answer, and the vendor chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.answers import Answer, kept_answer, same_answer, without_reason
from questionnaire.core.faults import AnswerFault
from questionnaire.models import AnswerChange
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import UNTOUCHED, Kept, answers_to, files_of
from questionnaire.services.taking import Typed, take
from questionnaire.services.writing import Change, Counted, write


class Stale(Exception):
    """Somebody else has changed this answer since the page was loaded; nothing was stored."""

    def __init__(self, question_id: str, stored: Kept) -> None:
        super().__init__(question_id)
        self.question_id, self.stored = question_id, stored


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one save: the answer's version and state now, and the assessment's counts.

    `lacking` is a sentence about what this answer still needs before it can be handed in.
    """

    question_id: str
    state: str
    version: int
    saved_at: datetime | None
    counted: Counted
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class SavedSection:
    """What became of a whole section: what was stored, what is wrong, what somebody else changed.

    A question is in one of them at most; in none where nothing was changed.
    """

    saved: tuple[str, ...]
    faults: Mapping[str, AnswerFault]
    conflicts: Mapping[str, Kept]


def save(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    question_id: str,
    typed: Typed,
    *,
    save_key: str | None = None,
    speech: str = "en",
) -> Saved:
    """Store one answer.

    AnswerFault when it cannot be read, Stale when another version is stored, Refused when the
    question is not open, Missing when it is not asked. The same `save_key` again has one effect.
    """
    question = _question(reached, questionnaire, question_id)
    kept = _before(session, reached, questionnaire, [question])
    before = kept.get(question_id, UNTOUCHED)
    if typed.version != before.version:
        return _not_the_newest(session, reached, question, typed, before, save_key, speech)
    answer = take(question, typed, before, speech)
    lacking = without_reason(answer.state, answer.reason, speech)
    if unchanged(question, before, answer):
        return replace(_as_it_is(reached, question_id, before), lacking=lacking)
    now = clock()
    change = Change(question, before, answer, save_key)
    counted = write(session, now, reached, questionnaire, kept, [change])
    return Saved(question_id, answer.state, before.version + 1, now, counted, lacking)


def save_section(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    typed: Mapping[str, Typed],
    *,
    speech: str = "en",
) -> SavedSection:
    """Store whatever was changed among these questions, and is neither wrong nor in conflict."""
    questions = [_question(reached, questionnaire, one) for one in typed]
    kept = _before(session, reached, questionnaire, questions)
    seen = seen_before(session, reached, typed, kept)
    changes: list[Change] = []
    faults: dict[str, AnswerFault] = {}
    conflicts: dict[str, Kept] = {}
    for question in questions:
        wanted, before = typed[question.id], kept.get(question.id, UNTOUCHED)
        try:
            answer = take(question, wanted, before, speech)
        except AnswerFault as fault:
            faults[question.id] = fault
            continue
        if unchanged(question, before, answer):
            continue
        if wanted.version == before.version:
            changes.append(Change(question, before, answer))
        elif not unchanged(question, seen.get(question.id, UNTOUCHED), answer):
            conflicts[question.id] = before
    if changes:
        write(session, clock(), reached, questionnaire, kept, changes)
    return SavedSection(tuple(one.question.id for one in changes), faults, conflicts)


def _question(reached: Reached, questionnaire: Questionnaire, question_id: str) -> Question:
    found = questionnaire.questions.get(question_id)
    if found is None or not reached.may_answer(found):
        raise Missing(question_id)
    return found


def _before(
    session: Session, reached: Reached, questionnaire: Questionnaire, questions: list[Question]
) -> dict[str, Kept]:
    """The stored answers that this save can touch or that decide what is shown."""
    wanted = {one.id for one in questions}
    if wanted & (questionnaire.triggers | set(questionnaire.waiting)):
        wanted |= questionnaire.triggers
    kept = answers_to(session, reached.assessment_id, wanted)
    if any(one.kind == "file" for one in questions):
        # The attached file is the answer.
        for question_id, files in files_of(session, reached.assessment_id, wanted).items():
            held = kept.get(question_id, UNTOUCHED)
            kept[question_id] = replace(held, files=files)
    return kept


def unchanged(question: Question, before: Kept, answer: Answer) -> bool:
    """Whether the answer is the one that is stored."""
    try:
        held = kept_answer(
            question, before.state, before.value, comment=before.comment, reason=before.reason
        )
    except AnswerFault:
        return False
    return same_answer(question, held, answer)


def _as_it_is(reached: Reached, question_id: str, kept: Kept) -> Saved:
    counted = Counted(reached.asked, reached.answered)
    return Saved(question_id, kept.state, kept.version, kept.changed_at, counted)


def _not_the_newest(
    session: Session,
    reached: Reached,
    question: Question,
    typed: Typed,
    stored: Kept,
    save_key: str | None,
    speech: str,
) -> Saved:
    """A repeated save gets its old result, an equal answer the stored one, all others Stale."""
    if save_key:
        done = session.execute(
            sa.select(AnswerChange.version, AnswerChange.state, AnswerChange.changed_at).where(
                AnswerChange.assessment_id == reached.assessment_id,
                AnswerChange.save_key == save_key,
                AnswerChange.question_id == question.id,
            )
        ).one_or_none()
        if done is not None:
            counted = Counted(reached.asked, reached.answered)
            return Saved(question.id, done.state, done.version, done.changed_at, counted)
    if unchanged(question, stored, take(question, typed, stored, speech)):
        return _as_it_is(reached, question.id, stored)
    raise Stale(question.id, stored)


def seen_before(
    session: Session, reached: Reached, typed: Mapping[str, Typed], kept: Mapping[str, Kept]
) -> dict[str, Kept]:
    """What the page showed for questions that have changed since: not touching them is no change.

    One statement, and none when nothing has changed.
    """
    versions = {
        id: one.version
        for id, one in typed.items()
        if 0 < one.version != kept.get(id, UNTOUCHED).version
    }
    if not versions:
        return {}
    query = sa.select(
        AnswerChange.question_id,
        AnswerChange.state,
        AnswerChange.value,
        AnswerChange.comment,
        AnswerChange.reason,
        AnswerChange.version,
    ).where(
        AnswerChange.assessment_id == reached.assessment_id,
        sa.or_(
            *(
                sa.and_(AnswerChange.question_id == id, AnswerChange.version == version)
                for id, version in versions.items()
            )
        ),
    )
    return {row[0]: Kept(*row[1:]) for row in session.execute(query)}


def stored(session: Session, assessment_id: UUID, question_id: str) -> Kept:
    """The answer to one question as it is stored, with its files."""
    found = answers_to(session, assessment_id, [question_id]).get(question_id, UNTOUCHED)
    files = files_of(session, assessment_id, [question_id]).get(question_id, ())
    return replace(found, files=files)
