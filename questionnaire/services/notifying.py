"""The mails that follow from what a vendor does: its receipt, and word to the buyer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from question_bank.model import Question, Section
from questionnaire.core.answers import BLANK, Answers, show_answer
from questionnaire.core.kinds import show_rows
from questionnaire.services import posting
from questionnaire.services.clock import Clock
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import Remark, draft


def post_receipt(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    answers: Answers,
    facts: Mapping[str, Any],
) -> None:
    hidden = questionnaire.hidden_by(answers)
    posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind="receipt",
        to_address=reached.email,
        to_name=reached.name,
        language=reached.language,
        reply_to=reached.reply_to or None,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        once=f"receipt:{reached.assessment_id}",
        context={
            "organisation": reached.organisation,
            "title": reached.title,
            "vendor": reached.vendor,
            "time_zone": reached.time_zone,
            "sections": [
                _copy(section, answers, hidden, reached.language)
                for section in questionnaire.sections
            ],
            **facts,
        },
    )


def post_replies(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    asked: Mapping[str, Remark],
    replied: Collection[str],
    facts: Mapping[str, Any],
) -> None:
    """The receipt for replies: what was asked, and what the answer is now; nothing sealed."""
    kept = draft(session, reached.assessment_id)
    answers, speech = questionnaire.typed(kept), reached.language
    told = [
        {
            "question": question.text.text(speech),
            "remark": asked[id].text,
            "answer": _told(question, answers, speech) if id in replied else "",
            "documents": [one.name for one in kept[id].files] if id in kept else [],
        }
        for id, question in questionnaire.questions.items()
        if id in asked and id not in questionnaire.bank.sealed_questions
    ]
    posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind="replies_receipt",
        to_address=reached.email,
        to_name=reached.name,
        language=speech,
        reply_to=reached.reply_to or None,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        context={
            "organisation": reached.organisation,
            "title": reached.title,
            "vendor": reached.vendor,
            "time_zone": reached.time_zone,
            "sent_at": clock(),
            "replies": told,
            **facts,
        },
    )


def _copy(
    section: Section, answers: Answers, hidden: frozenset[str], speech: str
) -> dict[str, Any]:
    """One section for the receipt; a sealed one without its answers."""
    title = section.title.text(speech)
    if section.sealed:
        return {"title": title, "sealed": True, "answers": []}
    told = [
        {"question": one.text.text(speech), "answer": _told(one, answers, speech)}
        for one in section.questions
        if one.id not in hidden
    ]
    return {"title": title, "sealed": False, "answers": told}


def _told(question: Question, answers: Answers, speech: str) -> str:
    answer = answers.get(question.id, BLANK)
    lines = [show_answer(question, answer, speech)]
    if question.kind == "table" and answer.value:
        lines += [" | ".join(row) for row in show_rows(question, answer.value, speech)]
    lines += [one for one in (answer.reason, answer.comment) if one]
    return "\n".join(lines)


def tell_buyer(
    session: Session, clock: Clock, reached: Reached, kind: str, context: Mapping[str, Any]
) -> None:
    posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind=kind,
        to_address=reached.reply_to,
        language="en",
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        once=f"{kind}:{reached.assessment_id}",
        context=context,
    )
