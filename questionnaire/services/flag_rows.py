"""A flag as it was read, and one step of its life; no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final, Self
from uuid import UUID

from questionnaire.models.flags import OPEN_STATES

SEVERITY_RANKS = {"mandatory": 0, "major": 1, "minor": 2}

#: What people decide about a flag; undoing brings these back.
DECIDED = (
    "state", "decision", "reopened_why", "assignee_id", "waived_until",
    "proposed_action", "proposed_by", "proposed_reason", "proposed_until",
)  # fmt: skip
#: What judging says about it.
JUDGED = (
    "status", "explanation", "severity", "severity_rank", "never_waivable", "basis",
    "question_id", "section_id", "explained_by", "covered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag as it was read; a change is another one, made with :meth:`but`.

    It is about a requirement or about a finding; the other id is None.
    """

    id: UUID
    organisation_id: UUID
    rfi_id: UUID
    assessment_id: UUID
    requirement_id: str | None
    finding_id: str | None
    question_id: str
    section_id: str
    explained_by: str | None
    covered: bool
    severity: str
    severity_rank: int
    never_waivable: bool
    status: str
    explanation: str
    state: str
    decision: str | None
    basis: Mapping[str, Any]
    reopened_why: str | None
    assignee_id: UUID | None
    waived_until: date | None
    proposed_action: str | None
    proposed_by: UUID | None
    proposed_reason: str | None
    proposed_until: date | None
    version: int
    raised_at: datetime

    @property
    def about(self) -> str:
        """The requirement or the finding; no id is both."""
        return str(self.requirement_id or self.finding_id)

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question that it rests on: its own, or all that its finding was computed from."""
        if self.finding_id is None:
            return (self.question_id,)
        return tuple(self.basis.get("questions") or (self.question_id,))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def but(self, **changes: Any) -> Self:
        """The same flag with these columns changed."""
        return type(self)(**(self.columns() | changes))

    def columns(self) -> dict[str, Any]:
        """Every column by its name, as the table has them."""
        return dict(zip(NAMES, _VALUES(self), strict=True))

    def open_again(self, why: str | None) -> Self:
        """The same flag with nothing decided and nothing proposed."""
        return self.without_proposal().but(
            state="open", decision=None, waived_until=None, reopened_why=why
        )

    def without_proposal(self) -> Self:
        return self.but(
            proposed_action=None, proposed_by=None, proposed_reason=None, proposed_until=None
        )

    def before(self) -> dict[str, Any]:
        """What undoing restores, as JSON."""
        kept = {name: _plain(getattr(self, name)) for name in DECIDED}
        return kept | {"version": self.version}

    def restored(self, before: Mapping[str, Any]) -> Self:
        """The same flag with what :meth:`before` had kept."""
        return self.but(**{name: _typed(name, before[name]) for name in DECIDED})


NAMES: Final = tuple(one.name for one in fields(FlagRow))
_VALUES: Final = attrgetter(*NAMES)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID | date) else value


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("assignee_id", "proposed_by"):
        return UUID(value)
    if name in ("waived_until", "proposed_until"):
        return date.fromisoformat(value)
    return value


@dataclass(frozen=True, slots=True)
class Change:
    """One flag's step from `old` to `new`, as its history tells it."""

    old: FlagRow
    new: FlagRow
    action: str
    reason: str = ""
    until: date | None = None
