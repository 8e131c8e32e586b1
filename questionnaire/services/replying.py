"""Replying to clarifications: what a reviewer has asked goes back changed, and is judged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import say
from questionnaire.models import Clarification, Flag, User
from questionnaire.services import auditing, judging, posting
from questionnaire.services.attesting import (
    Attestation,
    attested,
    keep,
    statement_of_replies,
)
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.notifying import post_replies
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, owners_only
from questionnaire.services.resuming import (
    UNTOUCHED,
    Kept,
    Remark,
    answers_to,
    files_of,
    remarks,
)
from questionnaire.services.vetting import differs, lacking, unexplained, unreplied


def send_replies(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    attestation: Attestation,
    *,
    flag_link: Callable[[UUID | None], str],
    link: str,
    speech: str = "en",
) -> tuple[str, ...]:
    """Send the replies to everything that is asked, all at once; gives their questions.

    Refused when nothing is asked. Invalid, by question, where there is neither a reply nor the
    word that there is nothing to add, where an answer was emptied that must be given or changed
    without saying why; by `name`, `role` and `agreed` where nobody stands for it.
    """
    owners_only(reached)
    asked = remarks(session, reached.assessment_id) if reached.state == "submitted" else {}
    if not asked:
        raise Refused(say(speech, "There is nothing to reply to, or the replies were sent before."))
    kept = answers_to(session, reached.assessment_id, asked)
    files = files_of(session, reached.assessment_id, asked)
    replied = {id for id, one in asked.items() if differs(one, kept.get(id, UNTOUCHED), files)}
    faults = unreplied(asked, replied, speech)
    faults |= lacking(questionnaire, kept, replied, speech)
    faults |= unexplained(asked, replied - faults.keys(), kept, files, speech)
    person = ("", "")
    try:
        person = attested(attestation, speech)
    except Invalid as fault:
        faults |= fault.faults
    if faults:
        raise Invalid(faults)
    _close(session, clock, reached, asked, kept)
    keep(session, clock(), reached, person, statement_of_replies(reached, speech), asked)
    judging.judge(session, clock, reached.assessment_id)
    _notify(session, clock, reached, questionnaire, asked, flag_link)
    told = {"attested_name": person[0], "attested_role": person[1], "link": link}
    post_replies(session, clock, reached, questionnaire, asked, replied, told)
    return tuple(asked)


def note(session: Session, reached: Reached, nothing_to_add: Mapping[str, bool]) -> None:
    """Keep what the vendor says about having nothing to add, as long as it is not sent."""
    for question_id, said in nothing_to_add.items():
        session.execute(
            sa.update(Clarification)
            .where(
                Clarification.assessment_id == reached.assessment_id,
                Clarification.question_id == question_id,
                Clarification.answered_at.is_(None),
                Clarification.cancelled_at.is_(None),
            )
            .values(nothing_to_add=said)
            .execution_options(synchronize_session=False)
        )


def _close(
    session: Session,
    clock: Clock,
    reached: Reached,
    ready: Mapping[str, Remark],
    kept: Mapping[str, Kept],
) -> None:
    now = clock()
    for id, one in ready.items():
        version = kept[id].version if id in kept else (one.reply_version or 0)
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
            nothing_to_add=one.nothing_to_add,
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
    return sum(one.reply_version is not None or one.nothing_to_add for one in found.values())
