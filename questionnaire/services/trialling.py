"""The trials of an RFI: one for each vendor, and one for the buyer's own team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from question_bank.model import Scorecard
from questionnaire.models import Assessment, Rfi, Trial, Vendor
from questionnaire.services import auditing, drafting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing, Refused

#: How the trail calls the team that no vendor's name stands for.
IN_HOUSE = "in-house"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a trial is of; `vendor` is None for the buyer's own team."""

    trial_id: UUID
    assessment_id: UUID | None
    vendor: str | None
    #: The trial that was failed before, where this is its repeat, and what was put right.
    repeat_of: UUID | None = None
    fix: str = ""

    @property
    def name(self) -> str:
        """As the trail names it."""
        return self.vendor or IN_HOUSE


@dataclass(frozen=True, slots=True)
class Tried:
    """One row of the overview: who could be tried, and by which trial it is."""

    assessment_id: UUID | None
    vendor: str | None
    state: str
    trial_id: UUID | None
    #: The one repeat of a trial that was failed.
    repeat_id: UUID | None = None


def tried(session: Session, rfi_id: UUID) -> list[Tried]:
    """Everybody in the RFI, the own team first; the caller has reached the RFI."""
    own = session.scalar(
        sa.select(Trial.id).where(Trial.rfi_id == rfi_id, Trial.assessment_id.is_(None))
    )
    again = aliased(Trial)
    rows: Iterable[Any] = session.execute(
        sa.select(Assessment.id, Vendor.name, Assessment.state, Trial.id, again.id)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .outerjoin(Trial, sa.and_(Trial.assessment_id == Assessment.id, Trial.repeat_of.is_(None)))
        .outerjoin(again, again.repeat_of == Trial.id)
        .where(Assessment.rfi_id == rfi_id, Assessment.in_house.is_(False))
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return [Tried(None, None, "", own), *(Tried(*row) for row in rows)]


def subject_of(session: Session, organisation_id: UUID, rfi_id: UUID, trial_id: UUID) -> Subject:
    """Whose trial it is; Missing unless it belongs to this RFI of the organisation."""
    row: Any = session.execute(
        sa.select(Trial.id, Trial.assessment_id, Vendor.name, Trial.repeat_of, Trial.fix)
        .outerjoin(Assessment, Assessment.id == Trial.assessment_id)
        .outerjoin(Vendor, Vendor.id == Assessment.vendor_id)
        .where(
            Trial.id == trial_id,
            Trial.rfi_id == rfi_id,
            Trial.organisation_id == organisation_id,
        )
    ).one_or_none()
    if row is None:
        raise Missing(trial_id)
    return Subject(*row)


def begin(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, assessment_id: UUID | None
) -> UUID:
    """The trial of a vendor, or of the own team without one; begun twice it is one.

    The own team has one trial, whether or not it answers the questionnaire too.
    """
    rfi = open_rfi(session, actor, rfi_id)
    if assessment_id is not None and assessment_id == own_team(session, rfi.id):
        assessment_id = None
    vendor = _vendor(session, rfi, assessment_id)
    held = session.scalar(
        sa.select(Trial.id).where(
            Trial.rfi_id == rfi.id,
            Trial.assessment_id.is_(None)
            if assessment_id is None
            else Trial.assessment_id == assessment_id,
            Trial.repeat_of.is_(None),
        )
    )
    if held is not None:
        return held
    now = clock()
    trial = Trial(
        organisation_id=rfi.organisation_id,
        rfi_id=rfi.id,
        assessment_id=assessment_id,
        created_at=now,
    )
    session.add(trial)
    session.flush()
    auditing.append(
        session,
        actor,
        now,
        "begun",
        "trial",
        trial.id,
        rfi_id=rfi.id,
        assessment_id=assessment_id,
        vendor=vendor,
    )
    return trial.id


def own_team(session: Session, rfi_id: UUID) -> UUID | None:
    """The assessment of the buyer's own team; None where it does not take part."""
    return session.scalar(
        sa.select(Assessment.id).where(Assessment.rfi_id == rfi_id, Assessment.in_house)
    )


def _vendor(session: Session, rfi: Rfi, assessment_id: UUID | None) -> str:
    if assessment_id is None:
        return IN_HOUSE
    row = session.execute(
        sa.select(Vendor.name, Assessment.state)
        .join(Assessment, Assessment.vendor_id == Vendor.id)
        .where(Assessment.id == assessment_id, Assessment.rfi_id == rfi.id)
    ).one_or_none()
    if row is None:
        raise Missing(assessment_id)
    if row.state in ("declined", "withdrawn"):
        raise Refused("This vendor is out of the RFI: there is nothing to try any more.")
    return str(row.name)


def open_rfi(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    """The actor's RFI, locked; Refused unless it was sent and not withdrawn."""
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state != "open":
        raise Refused("Trials belong to an RFI that was sent and not withdrawn. Check its board.")
    return rfi


def scorecard_of(session: Session, rfi: Rfi) -> Scorecard:
    """What its calls are marked on; Refused for an edition that was made before there was one."""
    scorecard = bank_of(session, rfi.edition_digest).scorecard
    if scorecard is None:
        raise Refused(
            "This RFI was begun before the bank had a scorecard, so its calls cannot be marked. "
            "Begin a new RFI to hold a trial."
        )
    return scorecard
