"""Replying to clarifications: what a reviewer has asked goes back changed, and is judged again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.answers import BLANK, incomplete
from questionnaire.core.phrases import say
from questionnaire.models import Clarification, Flag, User
from questionnaire.services import auditing, judging, posting
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import (
    UNTOUCHED,
    Kept,
    Remark,
    answers_to,
    files_of,
    remarks,
)


def send_replies(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    *,
    flag_link: Callable[[UUID | None], str],
    speech: str = "en",
) -> tuple[str, ...]:
    """Hand in every reply that was written; gives their questions.

    A remark without a changed answer stays open. With nothing to send it is Refused; Invalid, by
    question, when an answer was emptied that must be given, or changed without saying why.
    """
    if reached.state != "submitted":
        raise Refused(say(speech, "There is nothing to reply to: nothing was handed in yet."))
    ready = {
        id: one
        for id, one in remarks(session, reached.assessment_id).items()
        if one.reply_version is not None
    }
    if not ready:
        raise Refused(
            say(
                speech,
                "No reply was written yet, or it was sent before. Change an answer, add a comment "
                "or attach a file first.",
            )
        )
    kept = answers_to(session, reached.assessment_id, ready)
    _refuse_incomplete(questionnaire, kept, ready, speech)
    _refuse_unexplained(session, reached, ready, kept, speech)
    _close(session, clock, reached, ready, kept)
    judging.judge(session, clock, reached.assessment_id)
    _notify(session, clock, reached, questionnaire, ready, flag_link)
    return tuple(ready)


def _refuse_unexplained(
    session: Session,
    reached: Reached,
    ready: Mapping[str, Remark],
    kept: Mapping[str, Kept],
    speech: str,
) -> None:
    """Another answer than the one that was handed in needs a reason (brief 5.7)."""
    files = files_of(session, reached.assessment_id, ready)
    faults = {}
    for id, one in ready.items():
        now, before = kept.get(id, UNTOUCHED), one.before
        beside = {str(file.id) for file in files.get(id, ())}
        same = (now.state, now.value) == (before.get("state"), before.get("value"))
        told = now.comment != (before.get("comment") or "") or now.state == "not_applicable"
        added = beside - {file["id"] for file in before.get("files") or ()}
        if not (same or told or added):
            faults[id] = say(
                speech,
                "This is another answer than the one you handed in: say in the comment why it "
                "changed, or attach a document that shows it.",
            )
    if faults:
        raise Invalid(faults)


def _refuse_incomplete(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], ready: Collection[str], speech: str
) -> None:
    answers = questionnaire.typed(kept)
    faults = {
        id: why
        for id in ready
        if (why := incomplete(questionnaire.questions[id], answers.get(id, BLANK), speech))
    }
    if faults:
        raise Invalid(faults)


def _close(
    session: Session,
    clock: Clock,
    reached: Reached,
    ready: Mapping[str, Remark],
    kept: Mapping[str, Kept],
) -> None:
    now = clock()
    for id, one in ready.items():
        version = kept[id].version if id in kept else one.reply_version
        session.execute(
            sa.update(Clarification)
            .where(Clarification.id == one.id)
            .values(answered_at=now, answered_version=version)
            .execution_options(synchronize_session=False)
        )
        auditing.append(
            session,
            reached.actor(),
            now,
            "replied",
            "clarification",
            one.id,
            rfi_id=reached.rfi_id,
            assessment_id=reached.assessment_id,
            question=id,
            version=version,
        )
    session.flush()


def _notify(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    ready: Mapping[str, Remark],
    flag_link: Callable[[UUID | None], str],
) -> None:
    """Tell whoever asked; the buyer where that person is gone."""
    ids = [one.id for one in ready.values()]
    asker = (
        sa.select(Clarification.question_id, User.email, User.name, User.language)
        .outerjoin(User, User.id == Clarification.asked_by)
        .where(Clarification.id.in_(ids))
    )
    flags = _flags(session, reached, ready)
    for id, email, name, spoken in session.execute(asker).all():
        language = spoken or "en"
        posting.post(
            session,
            clock,
            organisation_id=reached.organisation_id,
            kind="clarified_notice",
            to_address=email or reached.reply_to,
            to_name=name or "",
            language=language,
            rfi_id=reached.rfi_id,
            assessment_id=reached.assessment_id,
            once=f"clarified:{ready[id].id}",
            context={
                "title": reached.title,
                "vendor": reached.vendor,
                "question": questionnaire.questions[id].text.text(language),
                "link": flag_link(flags.get(id)),
            },
        )


def _flags(session: Session, reached: Reached, ready: Mapping[str, Remark]) -> dict[str, UUID]:
    """The most severe flag on each question."""
    query = (
        sa.select(Flag.question_id, Flag.id)
        .where(Flag.assessment_id == reached.assessment_id, Flag.question_id.in_(ready))
        .order_by(Flag.severity_rank.desc(), Flag.id.desc())
    )
    return {row.question_id: row.id for row in session.execute(query)}


def unsent(found: Mapping[str, Remark]) -> int:
    """How many replies are written and not sent."""
    return sum(one.reply_version is not None for one in found.values())
