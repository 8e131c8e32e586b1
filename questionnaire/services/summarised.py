"""What somebody else's summary of a trial says, read: its newest version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.numbers import number_of
from questionnaire.models import TrialSummary


class Told(NamedTuple):
    """One criterion as somebody else worked it out, over `n` calls."""

    mean: Decimal
    n: int


@dataclass(frozen=True, slots=True)
class Summarised:
    """The newest version of a trial's summary; `version` is 0 before any was entered."""

    version: int = 0
    source: str = ""
    calls: int | None = None
    means: Mapping[str, Told] = field(default_factory=dict)
    critical_errors: int | None = None
    stated_by: str = ""
    stated_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it counts: one was entered and not taken back."""
        return bool(self.means)


NOTHING = Summarised()


def newest(session: Session, rfi_trials: sa.Select[UUID]) -> dict[UUID, Summarised]:
    """By trial: its newest summary; `rfi_trials` selects the ids of trials the caller reached."""
    query = (
        sa.select(TrialSummary)
        .where(TrialSummary.trial_id.in_(rfi_trials))
        .order_by(TrialSummary.version)
    )
    return {one.trial_id: of_row(one) for one in session.scalars(query)}


def of_row(row: TrialSummary) -> Summarised:
    """One version of the summary; a mean that cannot be read is none."""
    return Summarised(
        row.version,
        row.source,
        row.calls,
        {
            id: Told(mean, told["n"])
            for id, told in row.means.items()
            if (mean := number_of(told["mean"])) is not None
        },
        row.critical_errors,
        row.stated_by,
        row.stated_at,
    )


def summarised(session: Session, trial_id: UUID) -> Summarised:
    """The newest summary of one trial that the caller reached."""
    return newest(session, sa.select(sa.literal(trial_id, sa.Uuid()))).get(trial_id, NOTHING)
