"""What was measured in a trial, read: its newest figures, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.numbers import number_of
from questionnaire.models import TrialFigures


@dataclass(frozen=True, slots=True)
class Measured:
    """The newest version of a trial's figures; `version` is 0 before any was stated."""

    version: int = 0
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    drill: str | None = None
    stated_by: str = ""
    stated_at: datetime | None = None

    def whole(self, name: str) -> int | None:
        """A figure that counts something."""
        value = self.figures.get(name)
        return None if value is None else int(value)


NOTHING = Measured()


def newest(session: Session, rfi_trials: sa.Select[UUID]) -> dict[UUID, Measured]:
    """By trial: its newest figures; `rfi_trials` selects the ids of trials the caller reached."""
    query = (
        sa.select(TrialFigures)
        .where(TrialFigures.trial_id.in_(rfi_trials))
        .order_by(TrialFigures.version)
    )
    return {one.trial_id: of_row(one) for one in session.scalars(query)}


def of_row(row: TrialFigures) -> Measured:
    """One version of the figures; what cannot be read is not known."""
    figures = {name: number_of(value) for name, value in row.figures.items()}
    return Measured(
        row.version,
        {name: value for name, value in figures.items() if value is not None},
        row.drill,
        row.stated_by,
        row.stated_at,
    )


def measured(session: Session, trial_id: UUID) -> Measured:
    """The newest figures of one trial that the caller reached."""
    return newest(session, sa.select(sa.literal(trial_id, sa.Uuid()))).get(trial_id, NOTHING)
