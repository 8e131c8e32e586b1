"""The trial's scorecard: what raters mark, in which situations, and what a mark means (brief 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from question_bank.asked import Wording

#: Marks are whole numbers from the first to the last of these.
LOWEST_MARK, HIGHEST_MARK = 1, 5


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is marked on a call; `anchors` say what each mark means, the lowest first."""

    id: str
    weight: int
    title: Wording
    hint: Wording
    anchors: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation that test callers play; `line` is the service it needs, None for any."""

    id: str
    title: Wording
    tests: Wording
    line: str | None = None


@dataclass(frozen=True, slots=True)
class TrialLimits:
    """What a trial must reach for one buyer profile (brief 4.4)."""

    profile: str
    least_mean: Decimal
    least_criterion: Decimal
    least_strict: Decimal
    most_critical_errors: int
    #: How many points customers' satisfaction may lie under that with the buyer's own team.
    most_csat_below: Decimal


@dataclass(frozen=True)
class Scorecard:
    """Criteria with their weights, scenarios, and the limits of each base profile."""

    criteria: tuple[Criterion, ...]
    scenarios: tuple[Scenario, ...]
    limits: tuple[TrialLimits, ...]
    #: Criteria that are held to `least_strict`.
    strict: tuple[str, ...]
    least_observations: int
    least_calls: int

    @cached_property
    def criteria_by_id(self) -> Mapping[str, Criterion]:
        return {one.id: one for one in self.criteria}

    def limits_of(self, profile: str) -> TrialLimits | None:
        """The limits of a base profile, by its id."""
        return next((one for one in self.limits if one.profile == profile), None)
