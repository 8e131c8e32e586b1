"""What colleagues make of what they were handed: how far they are, and that they are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.texts import clean
from questionnaire.models import Answer, Invitation, Message
from questionnaire.services import auditing, posting
from questionnaire.services.calling import KIND
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import Links
from questionnaire.services.narrowing import HandedOver, narrowed
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed
from questionnaire.services.resuming import Kept
from questionnaire.services.wishing import MESSAGE_LIMIT

#: The owner hears of one colleague so often within a day; what is noted after that is shown.
_DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One who helps, as the owner sees it. `asked` and `answered` count what was handed over.

    `seen_at` is when a code was entered or an answer changed last; `works` is False when the link
    was ended, or belongs to an owner before this one. `mailed` counts the mails with the link.
    """

    id: UUID
    name: str
    email: str
    handed_over: HandedOver
    message: str
    language: str
    seen_at: datetime | None
    done_at: datetime | None
    done_note: str
    works: bool
    mailed: int
    mail_state: str
    mail_reply: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Errand:
    """What a colleague was told, and whether it has said that it is done."""

    message: str
    done_at: datetime | None
    done_note: str


def colleagues(
    session: Session,
    reached: Reached,
    questionnaire: Questionnaire,
    kept: Mapping[str, Kept],
) -> list[Colleague]:
    """Everybody whom owners of these answers have let in, one for each address; one statement.

    `kept` holds what decides which questions are shown, and of all others whether they are there.
    """
    hidden = questionnaire.hidden(kept)
    given = {id for id, one in kept.items() if one.state != "blank"} - hidden
    newest: dict[str, Colleague] = {}
    for row in session.execute(_statement(), {"of": reached.assessment_id}):
        one = _colleague(row, reached, questionnaire, hidden, given)
        newest[one.email.casefold()] = one
    return sorted(newest.values(), key=lambda one: (not one.works, one.name.casefold()))


def colleague(everybody: Sequence[Colleague], colleague_id: UUID) -> Colleague:
    """The one with this id; Missing when there is none."""
    for one in everybody:
        if one.id == colleague_id:
            return one
    raise Missing(colleague_id)


def _statement() -> sa.Select[*tuple[object, ...]]:
    mine = (Message.assessment_id == Invitation.assessment_id, Message.kind == KIND)
    to_them = (*mine, Message.to_address == Invitation.email)
    latest = sa.select(Message.id).where(*to_them).order_by(Message.id.desc()).limit(1)
    letter = sa.orm.aliased(Message)
    mailed = sa.select(sa.func.count()).select_from(Message).where(*to_them)
    changed = sa.select(sa.func.max(Answer.changed_at)).where(
        Answer.assessment_id == Invitation.assessment_id, Answer.changed_by == Invitation.email
    )
    return (
        sa.select(
            Invitation,
            letter.state.label("mail_state"),
            letter.reply.label("mail_reply"),
            mailed.correlate(Invitation).scalar_subquery().label("mailed"),
            changed.correlate(Invitation).scalar_subquery().label("changed_at"),
        )
        .outerjoin(letter, letter.id == latest.correlate(Invitation).scalar_subquery())
        .where(Invitation.assessment_id == sa.bindparam("of"), Invitation.handed_by.is_not(None))
        .order_by(Invitation.id)
    )


def _colleague(
    row: sa.Row[*tuple[object, ...]],
    reached: Reached,
    questionnaire: Questionnaire,
    hidden: frozenset[str],
    given: set[str],
) -> Colleague:
    one: Invitation = row.Invitation
    handed_over = HandedOver.read(one.handed_over) or HandedOver()
    asked = narrowed(questionnaire, handed_over).questions.keys() - hidden
    seen = [at for at in (one.last_used_at, row.changed_at) if at is not None]
    return Colleague(
        id=one.id,
        name=one.name,
        email=one.email,
        handed_over=handed_over,
        message=one.message or "",
        language=one.language or reached.language,
        seen_at=max(seen, default=None),
        done_at=one.done_at,
        done_note=one.done_note or "",
        works=one.revoked_at is None and one.handed_by == reached.email,
        mailed=row.mailed,
        mail_state=row.mail_state or "",
        mail_reply=row.mail_reply or "",
        asked=len(asked),
        answered=len(asked & given),
    )


def errand(session: Session, reached: Reached) -> Errand:
    """What the colleague at hand was asked; one statement."""
    row = session.execute(
        sa.select(Invitation.message, Invitation.done_at, Invitation.done_note).where(
            Invitation.id == reached.invitation_id
        )
    ).one()
    return Errand(row.message or "", row.done_at, row.done_note or "")


def finish(session: Session, clock: Clock, links: Links, reached: Reached, note: str) -> None:
    """Tell the owner that the colleague at hand is done, with a note; once a day by mail.

    Invalid under `note` when it is too long; Refused to anybody else, and after handing in.
    """
    if not reached.is_colleague:
        raise Refused(
            say(reached.language, "Only a colleague can be done before all is handed in.")
        )
    if not reached.answering and not (reached.state == "submitted" and reached.handed_over):
        raise closed(reached)
    try:
        cleaned = clean(note, MESSAGE_LIMIT, reached.language)
    except AnswerFault as fault:
        raise Invalid({"note": fault.sentence}) from fault
    now = clock()
    session.execute(
        sa.update(Invitation)
        .where(Invitation.id == reached.invitation_id)
        .values(done_at=now, done_note=cleaned)
        .execution_options(synchronize_session=False)
    )
    auditing.append(
        session,
        reached.actor(),
        now,
        "done",
        "colleague",
        reached.invitation_id,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
    )
    _tell_owner(session, clock, links, reached, cleaned)


def _tell_owner(session: Session, clock: Clock, links: Links, reached: Reached, note: str) -> None:
    owner = session.scalars(
        sa.select(Invitation)
        .where(
            Invitation.assessment_id == reached.assessment_id,
            Invitation.handed_by.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.email == reached.handed_by,
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    ).one()
    posting.post(
        session,
        clock,
        organisation_id=reached.organisation_id,
        kind="colleague_done",
        to_address=owner.email,
        to_name=owner.name,
        language=owner.assessment.language,
        reply_to=reached.email,
        rfi_id=reached.rfi_id,
        assessment_id=reached.assessment_id,
        once=f"colleague_done:{reached.invitation_id}:{clock():{_DAY}}",
        context={
            "organisation": reached.organisation,
            "title": reached.title,
            "colleague": reached.name or reached.email,
            "name": owner.name,
            "note": note,
            "link": links.vendor(owner.id),
        },
    )
