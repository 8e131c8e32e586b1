"""Offering a vendor what it handed in to this organisation before, and taking over what it
confirms as still true. Until then the question is blank, for everybody and everything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.core.answers import BLANK
from questionnaire.core.phrases import say
from questionnaire.core.reuse import REUSABLE, Fitted, fit, last_day, offered_again
from questionnaire.db import new_id
from questionnaire.models import Evidence
from questionnaire.services import auditing
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.keeping import MOST_FILES
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed
from questionnaire.services.recollecting import Document, Earlier, recollect
from questionnaire.services.resuming import UNTOUCHED, Kept, answers_to, files_of
from questionnaire.services.writing import Change, write


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier answer beside a blank question.

    `fitted` is what would be taken over; `too_old` since when it is only shown; `documents` come
    along with it, `lapsed` ones do not.
    """

    earlier: Earlier
    fitted: Fitted
    too_old: date | None
    documents: tuple[Document, ...]
    lapsed: tuple[Document, ...]

    @property
    def usable(self) -> bool:
        return self.too_old is None and self.fitted.answer is not None


def offers(
    session: Session,
    now: datetime,
    reached: Reached,
    questionnaire: Questionnaire,
    kept: Mapping[str, Kept],
    question_ids: Collection[str],
) -> dict[str, Offer]:
    """What can be said again of these questions, as far as they are blank; one statement, and
    none where this vendor was never asked before.
    """
    if not (reached.asked_before and reached.answering):
        return {}
    wanted = {
        id: one
        for id in question_ids
        if (one := questionnaire.questions.get(id)) is not None
        and offered_again(questionnaire.bank, one)
        and kept.get(id, UNTOUCHED).state == "blank"
    }
    if not wanted:
        return {}
    found = recollect(session, reached.assessment_id, wanted, now, questionnaire.triggers)
    made = {
        id: _offer(session, now.date(), questionnaire, wanted[id], one, reached.language)
        for id, one in found.items()
        if one.said.state in REUSABLE
    }
    return {id: one for id, one in made.items() if one is not None}


def _offer(
    session: Session,
    today: date,
    questionnaire: Questionnaire,
    question: Question,
    earlier: Earlier,
    speech: str,
) -> Offer | None:
    last = last_day(questionnaire.bank, question, earlier.at.date())
    if last is None:
        return None
    lapsed = tuple(one for one in earlier.documents if one.lapsed(today))
    stands = tuple(one for one in earlier.documents if one not in lapsed)
    then = bank_of(session, earlier.of.edition).questions.get(question.id)
    fitted = fit(question, then, earlier.said, speech)
    if question.kind == "file" and fitted.answer is not None and fitted.answer.value is not None:
        # The attached file is the answer.
        fitted = (
            Fitted(replace(fitted.answer, value=stands[-1].name))
            if stands
            else Fitted(None, (say(speech, "The document has lapsed. Attach the one of today."),))
        )
    return Offer(earlier, fitted, last if last < today else None, stands, lapsed)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over, and a sentence for each question that was not."""

    taken: tuple[str, ...]
    refused: Mapping[str, str]


def take_over(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    question_ids: Sequence[str],
) -> Taken:
    """Put the offered answers of these questions in, each confirmed as still true today.

    What was answered meanwhile is not overwritten. Refused when the questions are not open.
    """
    if not reached.answering:
        raise closed(reached)
    now = clock()
    kept = answers_to(session, reached.assessment_id, {*question_ids, *questionnaire.triggers})
    found = offers(session, now, reached, questionnaire, kept, question_ids)
    usable = {id: one for id, one in found.items() if one.usable}
    refused = {
        id: _why_not(kept.get(id, UNTOUCHED), found.get(id), reached.language)
        for id in question_ids
        if id in questionnaire.questions and id not in usable
    }
    changes = [
        _change(questionnaire.questions[id], kept.get(id, UNTOUCHED), one)
        for id, one in usable.items()
    ]
    if changes:
        _attach(session, now, reached, usable)
        write(session, now, reached, questionnaire, kept, changes)
    return Taken(tuple(usable), refused)


def _why_not(kept: Kept, offer: Offer | None, speech: str) -> str:
    if kept.state != "blank":
        return say(speech, "This has an answer already: the earlier one was not taken over.")
    if offer is not None and offer.too_old is not None:
        return say(speech, "The earlier answer is too old to be taken over: please answer anew.")
    return say(speech, "There is no earlier answer that fits: please answer anew.")


def _change(question: Question, before: Kept, offer: Offer) -> Change:
    answer = offer.fitted.answer or BLANK
    # What was written beside the blank answer stays.
    answer = replace(answer, comment=before.comment or answer.comment)
    return Change(question, before, answer, taken_from=offer.earlier.of.assessment_id)


def _attach(session: Session, now: datetime, reached: Reached, usable: Mapping[str, Offer]) -> None:
    """The documents that stand, as new ones beside today's answers: the same bytes, read by
    nobody yet.
    """
    wanted = {one.id: id for id, offer in usable.items() for one in offer.documents}
    if not wanted:
        return
    beside = files_of(session, reached.assessment_id, usable.keys())
    held = {
        (id, one.name, one.document_type, one.issued_on)
        for id, files in beside.items()
        for one in files
    }
    free = {id: MOST_FILES - len(beside.get(id, ())) for id in usable}
    query = sa.select(Evidence).where(Evidence.id.in_(wanted)).order_by(Evidence.id)
    for one in session.scalars(query).all():
        id = wanted[one.id]
        if (id, one.name, one.document_type, one.issued_on) in held or free[id] < 1:
            continue
        free[id] -= 1
        _copy(session, now, reached, id, one)
    session.flush()


def _copy(
    session: Session, now: datetime, reached: Reached, question_id: str, one: Evidence
) -> None:
    copy = Evidence(
        id=new_id(),
        organisation_id=reached.organisation_id,
        assessment_id=reached.assessment_id,
        question_id=question_id,
        name=one.name,
        document_type=one.document_type,
        issued_on=one.issued_on,
        content_type=one.content_type,
        size=one.size,
        sha256=one.sha256,
        store_key=one.store_key,
        uploaded_at=now,
        uploaded_by=reached.email,
    )
    session.add(copy)
    about: dict[str, UUID] = {"rfi_id": reached.rfi_id, "assessment_id": reached.assessment_id}
    auditing.append(
        session,
        reached.actor(),
        now,
        "attached",
        "evidence",
        copy.id,
        **about,
        question=question_id,
        sha256=one.sha256,
        taken_from=str(one.assessment_id),
    )
