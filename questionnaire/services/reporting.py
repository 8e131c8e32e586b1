"""The report of an RFI, out of everything that is known of it, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.report import Matter, Report, compose
from questionnaire.core.report.matter import (
    Decided,
    Judged,
    Raised,
    Repeat,
    Standing,
    Versions,
    case_of,
)
from questionnaire.models import (
    Answer,
    Assessment,
    Flag,
    FlagEvent,
    Organisation,
    RequirementSetVersion,
    Rfi,
    Trial,
    TrialSummary,
    User,
)
from questionnaire.services import concluding, flagging
from questionnaire.services.concluding import Conclusion
from questionnaire.services.faults import Missing

#: What the history of a flag calls the decisions of people.
DECISIONS = (
    "confirmed", "accepted", "accept_proposed", "accept_agreed", "waived", "waive_proposed",
    "waive_agreed", "not_applicable_accepted", "not_applicable_proposed", "not_applicable_agreed",
    "proposal_declined", "proposal_withdrawn", "reopened",
)  # fmt: skip


def report(
    session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime, language: str = "en"
) -> Report:
    """The report as of now; Missing for a draft, another organisation's RFI or nobody's."""
    return compose(matter(session, organisation_id, rfi_id, now, language))


def matter(
    session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime, language: str = "en"
) -> Matter:
    """Everything that the report says, before it is put into words."""
    found = concluding.conclude(session, organisation_id, rfi_id, now, language)
    head = session.execute(
        sa.select(
            Rfi.title,
            Rfi.sent_at,
            Rfi.time_zone,
            Rfi.edition_digest,
            Rfi.need_weights,
            Organisation.name,
        )
        .join(Organisation, Organisation.id == Rfi.organisation_id)
        .where(Rfi.id == rfi_id)
    ).one_or_none()
    if head is None:
        raise Missing(rfi_id)
    vendors, own = _judged(session, rfi_id, found)
    return Matter(
        title=head.title,
        organisation=head.name,
        basis=found.basis,
        vendors=vendors,
        fallback=found.fallback,
        own=own,
        own_state=found.inhouse_state,
        standing=_standing(found),
        versions=_versions(session, rfi_id, head.edition_digest, head.sent_at),
        missing=found.missing,
        declined=found.declined,
        close_call=found.close_call,
        level=found.level,
        efficient=found.efficient,
        decisions=_decisions(session, rfi_id),
        time_zone=head.time_zone,
        need_weights=head.need_weights or {},
    )


def _standing(found: Conclusion) -> Standing:
    lock = found.review.lock
    still_open = tuple(
        (one.vendor, one.mandatory, one.major, one.minor, one.waiting)
        for one in found.review.vendors
    )
    if lock is None:
        return Standing(seen_before=found.review.seen_before, open=still_open)
    return Standing(
        locked=lock.locked,
        proposer=lock.proposer,
        second=lock.second or "",
        locked_at=lock.agreed_at,
        opener=lock.opener or "",
        opened_at=lock.opened_at,
        seen_before=found.review.seen_before,
        open=still_open,
        covers=lock.covers,
    )


def _judged(
    session: Session, rfi_id: UUID, found: Conclusion
) -> tuple[tuple[Judged, ...], Judged | None]:
    """The vendors in the order of the verdict, and the own team where it has answered."""
    offers = dict(found.offers)
    verdicts = list(found.verdicts)
    if found.inhouse_verdict is not None and found.inhouse_offer is not None:
        offers[found.inhouse_offer.code] = found.inhouse_offer
        verdicts.append(found.inhouse_verdict)
    ids = [UUID(one.code) for one in verdicts]
    facts, versions = _submitted(session, ids), _answer_versions(session, ids)
    flags, laboratories = _flags(session, ids), _laboratories(session, rfi_id)
    repeats = _repeats(session, rfi_id)
    made = []
    for one in verdicts:
        id, offer = UUID(one.code), offers[one.code]
        at, late, name, role = facts[id]
        made.append(
            Judged(
                verdict=one,
                offer=offer,
                case=case_of(found.basis.of_own_team if offer.in_house else found.basis, offer),
                submitted_at=at,
                late=late,
                attested=", ".join(part for part in (name, role) if part),
                answer_versions=versions.get(id, 0),
                flags=flags[id],
                laboratory=laboratories.get(id, ""),
                repeat=repeats.get(id),
            )
        )
    own = made.pop() if found.inhouse_offer is not None else None
    return tuple(made), own


def _submitted(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
    columns = (Assessment.submitted_at, Assessment.late)
    signed = (Assessment.attested_name, Assessment.attested_role)
    query = sa.select(Assessment.id, *columns, *signed).where(Assessment.id.in_(ids))
    return {id: tuple(rest) for id, *rest in session.execute(query)}


def _answer_versions(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    query = (
        sa.select(Answer.assessment_id, sa.func.sum(Answer.version))
        .where(Answer.assessment_id.in_(ids))
        .group_by(Answer.assessment_id)
    )
    return {id: int(n) for id, n in session.execute(query)}


def _flags(session: Session, ids: Collection[UUID]) -> Mapping[UUID, dict[str, Raised]]:
    found: defaultdict[UUID, dict[str, Raised]] = defaultdict(dict)
    query = (
        sa.select(
            Flag.assessment_id,
            flagging.ABOUT,
            Flag.id,
            Flag.state,
            Flag.decision,
            Flag.waived_until,
            Flag.proposed_action,
        )
        .where(Flag.assessment_id.in_(ids))
        .order_by(Flag.severity_rank, Flag.id)
    )
    for assessment_id, key, id, state, decision, until, proposed in session.execute(query):
        found[assessment_id][key] = Raised(str(id), state, decision, until, bool(proposed))
    return found


def _decisions(session: Session, rfi_id: UUID) -> tuple[Decided, ...]:
    """What people decided about the flags of an RFI and did not undo, oldest first."""
    query = (
        sa.select(
            FlagEvent.at,
            User.name,
            Flag.assessment_id,
            flagging.ABOUT,
            Flag.question_id,
            FlagEvent.action,
            FlagEvent.reason,
            FlagEvent.until,
        )
        .join(Flag, Flag.id == FlagEvent.flag_id)
        .join(User, User.id == FlagEvent.by)
        .where(
            Flag.rfi_id == rfi_id,
            FlagEvent.action.in_(DECISIONS),
            FlagEvent.undone_at.is_(None),
        )
        .order_by(FlagEvent.id)
    )
    return tuple(
        Decided(at, by, str(assessment_id), key, question, action, reason, until)
        for at, by, assessment_id, key, question, action, reason, until in session.execute(query)
    )


def _laboratories(session: Session, rfi_id: UUID) -> dict[UUID, str]:
    """By assessment: who worked out the summary that stands instead of own ratings."""
    query = (
        sa.select(Trial.assessment_id, TrialSummary.source, TrialSummary.means)
        .join(Trial, Trial.id == TrialSummary.trial_id)
        .where(Trial.rfi_id == rfi_id, Trial.assessment_id.is_not(None))
        .order_by(Trial.repeat_of.is_not(None), TrialSummary.version)
    )
    found: dict[UUID, str] = {}
    for assessment_id, source, means in session.execute(query):
        found[assessment_id] = source if means else ""
    return found


def _repeats(session: Session, rfi_id: UUID) -> dict[UUID, Repeat]:
    """By assessment: the repeat of its trial, whether or not it was held yet."""
    query = sa.select(Trial.assessment_id, Trial.fix).where(
        Trial.rfi_id == rfi_id, Trial.repeat_of.is_not(None)
    )
    return {id: Repeat(fix) for id, fix in session.execute(query) if id is not None}


def _versions(session: Session, rfi_id: UUID, edition: str, sent_at: datetime | None) -> Versions:
    version = RequirementSetVersion
    newest = session.execute(
        sa.select(version.number, version.digest, version.frozen_at)
        .where(version.rfi_id == rfi_id, version.frozen_at.is_not(None))
        .order_by(version.number.desc())
        .limit(1)
    ).first()
    if newest is None:
        return Versions(edition, 0, "", None, sent_at)
    return Versions(edition, newest.number, newest.digest or "", newest.frozen_at, sent_at)
