"""Gathering all that there is of trials: calls, newest ratings, figures, summaries.

A fixed number of statements for one trial or for all of an RFI, whatever the number of calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.plans import Slot
from questionnaire.core.ratings import Rated
from questionnaire.models import CallRating, PlannedCall, Rater, Trial
from questionnaire.services import measured, summarised
from questionnaire.services.measured import Measured
from questionnaire.services.summarised import Summarised


@dataclass(frozen=True, slots=True)
class Planned:
    """One call of a plan."""

    id: UUID
    code: str
    scenario: str
    language: str
    band: str
    calibration: bool
    #: Voice alteration and AI assistance are off in it.
    unaltered: bool = False

    @property
    def slot(self) -> Slot:
        return Slot(self.scenario, self.language, self.band)


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's newest word on a call."""

    call: str
    rater_id: UUID
    rater: str
    marks: Mapping[str, int | None]
    critical: Mapping[str, str]
    comment: str
    finished: bool
    rated_at: datetime

    @property
    def rated(self) -> Rated:
        """Without what the call gave no occasion to see."""
        marks = {id: mark for id, mark in self.marks.items() if mark is not None}
        return Rated(self.call, self.rater, marks)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything about one trial."""

    trial_id: UUID
    calls: Sequence[Planned]
    ratings: Sequence[Rating]
    figures: Measured
    summary: Summarised

    @property
    def finished(self) -> list[Rating]:
        return [one for one in self.ratings if one.finished]

    @property
    def scored(self) -> list[Planned]:
        """The calls that count in means: all but those for calibration."""
        return [one for one in self.calls if not one.calibration]


def of_rfi(session: Session, rfi_id: UUID) -> dict[UUID, Gathered]:
    """By trial, for an RFI that the caller has reached."""
    return _gather(session, sa.select(Trial.id).where(Trial.rfi_id == rfi_id))


def of_trial(session: Session, trial_id: UUID) -> Gathered:
    """One trial that the caller has reached."""
    return _gather(session, sa.select(Trial.id).where(Trial.id == trial_id))[trial_id]


def _gather(session: Session, trials: sa.Select[UUID]) -> dict[UUID, Gathered]:
    ids = session.scalars(trials).all()
    calls, ratings = _calls(session, trials), _ratings(session, trials)
    figures, summaries = measured.newest(session, trials), summarised.newest(session, trials)
    return {
        id: Gathered(
            id,
            calls.get(id, ()),
            ratings.get(id, ()),
            figures.get(id, measured.NOTHING),
            summaries.get(id, summarised.NOTHING),
        )
        for id in ids
    }


def _calls(session: Session, trials: sa.Select[UUID]) -> dict[UUID, list[Planned]]:
    found: dict[UUID, list[Planned]] = {}
    columns: tuple[Any, ...] = (
        PlannedCall.trial_id,
        PlannedCall.id,
        PlannedCall.code,
        PlannedCall.scenario_id,
        PlannedCall.language,
        PlannedCall.time_band,
        PlannedCall.calibration,
        PlannedCall.unaltered,
    )
    query = sa.select(*columns).where(PlannedCall.trial_id.in_(trials)).order_by(PlannedCall.id)
    for trial_id, *rest in session.execute(query):
        found.setdefault(trial_id, []).append(Planned(*rest))
    return found


def _ratings(session: Session, trials: sa.Select[UUID]) -> dict[UUID, list[Rating]]:
    """The newest version of each rater on each call."""
    newest = (
        sa.select(
            CallRating.call_id,
            CallRating.rater_id,
            sa.func.max(CallRating.version).label("version"),
        )
        .group_by(CallRating.call_id, CallRating.rater_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (
        PlannedCall.trial_id,
        PlannedCall.code,
        Rater.id,
        Rater.name,
        CallRating.marks,
        CallRating.critical,
        CallRating.comment,
        CallRating.finished,
        CallRating.rated_at,
    )
    query = (
        sa.select(*columns)
        .join(PlannedCall, PlannedCall.id == CallRating.call_id)
        .join(Rater, Rater.id == CallRating.rater_id)
        .join(
            newest,
            sa.and_(
                newest.c.call_id == CallRating.call_id,
                newest.c.rater_id == CallRating.rater_id,
                newest.c.version == CallRating.version,
            ),
        )
        .where(PlannedCall.trial_id.in_(trials))
        .order_by(PlannedCall.id, sa.func.lower(Rater.name), Rater.id)
    )
    found: dict[UUID, list[Rating]] = {}
    for trial_id, *rest in session.execute(query):
        found.setdefault(trial_id, []).append(Rating(*rest))
    return found
