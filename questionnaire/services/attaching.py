"""Attaching evidence to an answer and taking it away again; each file stands or falls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.dates import parse_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import quoted, say
from questionnaire.models import Answer, Assessment, Clarification, Evidence
from questionnaire.services import answering, keeping
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Missing
from questionnaire.services.keeping import MOST_FILES, Checked, Place
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed
from questionnaire.services.sniffing import clean_name, content_type
from questionnaire.services.taking import UNKNOWN_STATES, Typed

if TYPE_CHECKING:
    from obstore.store import ObjectStore


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """What became of some files: those that are kept now, and a sentence for each that is not."""

    kept: tuple[str, ...]
    refused: tuple[str, ...]


def attach(
    session: Session,
    clock: Clock,
    store: ObjectStore,
    reached: Reached,
    questionnaire: Questionnaire,
    question_id: str,
    uploads: Sequence[Upload],
    *,
    document_type: str,
    issued_on: str = "",
    speech: str = "en",
) -> Attachment:
    """Keep these files beside an answer; what is wrong with one leaves the others alone.

    Missing when the question is not asked, Refused when it is closed.
    """
    question = _open(session, reached, questionnaire, question_id)
    place = Place(reached.organisation_id, reached.rfi_id, reached.assessment_id, question_id)
    free = MOST_FILES - _count(session, place)
    kept: list[str] = []
    refused: list[str] = []
    try:
        issued = _issued(issued_on, clock, speech)
        _known_type(questionnaire, document_type, speech)
    except AnswerFault as fault:
        return Attachment((), tuple(_said(one, fault.sentence) for one in uploads))
    for one in uploads:
        try:
            checked = _checked(one, document_type, issued, free - len(kept), speech)
        except AnswerFault as fault:
            refused.append(fault.sentence)
            continue
        keeping.store(session, clock, store, reached.actor(), place, checked, by=reached.email)
        kept.append(checked.name)
    if kept:
        _touch(session, clock, reached, questionnaire, question, speech)
    return Attachment(tuple(kept), tuple(refused))


def detach(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    evidence_id: UUID,
    *,
    speech: str = "en",
) -> str:
    """Take one file away; gives the id of its question. Twice has one effect."""
    question_id = session.scalar(
        sa.select(Evidence.question_id).where(
            Evidence.id == evidence_id, Evidence.assessment_id == reached.assessment_id
        )
    )
    if question_id is None:
        raise Missing(evidence_id)
    question = _open(session, reached, questionnaire, question_id)
    place = Place(reached.organisation_id, reached.rfi_id, reached.assessment_id, question_id)
    keeping.remove(session, clock, reached.actor(), place, evidence_id)
    _touch(session, clock, reached, questionnaire, question, speech)
    return question_id


def _open(
    session: Session, reached: Reached, questionnaire: Questionnaire, question_id: str
) -> Question:
    """The question, if files may be put beside its answer now."""
    question = questionnaire.questions.get(question_id)
    if question is None or not reached.may_answer(question):
        raise Missing(question_id)
    if reached.answering:
        return question
    version = session.scalar(
        sa.select(Answer.version).where(
            Answer.assessment_id == reached.assessment_id, Answer.question_id == question_id
        )
    )
    reply = (
        sa.update(Clarification)
        .where(
            Clarification.assessment_id == reached.assessment_id,
            Clarification.question_id == question_id,
            Clarification.answered_at.is_(None),
            Clarification.cancelled_at.is_(None),
        )
        .values(answered_version=version or 0)
        .returning(Clarification.id)
        .execution_options(synchronize_session=False)
    )
    if reached.state != "submitted" or not session.execute(reply).all():
        raise closed(reached)
    return question


def _count(session: Session, place: Place) -> int:
    query = sa.select(sa.func.count()).where(
        Evidence.assessment_id == place.assessment_id,
        Evidence.question_id == place.question_id,
        Evidence.removed_at.is_(None),
    )
    return session.scalar(query) or 0


def _said(upload: Upload, sentence: str) -> str:
    return f"{quoted(upload.name)}: {sentence}"


def _issued(typed: str, clock: Clock, speech: str) -> date | None:
    if not typed.strip():
        return None
    issued = parse_date(typed, speech)
    # A document made today may bear tomorrow's date where the vendor sits.
    if issued > clock().date() + timedelta(days=1):
        raise AnswerFault(
            say(speech, "The date on the document lies in the future. Write the day it was issued.")
        )
    return issued


def _known_type(questionnaire: Questionnaire, document_type: str, speech: str) -> None:
    if document_type not in questionnaire.bank.document_types:
        raise AnswerFault(
            say(speech, "Choose what the document is, then attach the file once more.")
        )


def _checked(
    upload: Upload, document_type: str, issued_on: date | None, free: int, speech: str
) -> Checked:
    name = clean_name(upload.name, speech)
    if free < 1:
        raise AnswerFault(
            say(
                speech,
                "{name} was not taken: {most} files stand beside this answer, which is the most. "
                "Remove one first.",
                name=quoted(name),
                most=MOST_FILES,
            )
        )
    media = content_type(name, upload.content, speech)
    return Checked(name, upload.content, media, document_type, issued_on)


def _touch(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    question: Question,
    speech: str,
) -> None:
    """The draft has changed; where the file is the answer, the answer has."""
    if question.kind == "file":
        held = answering.stored(session, reached.assessment_id, question.id)
        said = held.state if held.state in UNKNOWN_STATES and not held.files else "answered"
        typed = Typed(said=said, comment=held.comment, reason=held.reason, version=held.version)
        answering.save(session, clock, reached, questionnaire, question.id, typed, speech=speech)
    session.execute(
        sa.update(Assessment)
        .where(Assessment.id == reached.assessment_id)
        .values(changed_at=clock(), state="in_progress" if reached.answering else reached.state)
        .execution_options(synchronize_session=False)
    )
