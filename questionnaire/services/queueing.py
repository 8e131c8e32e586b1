"""The reviewers' queue: flags of all vendors of an organisation, most severe and oldest first.

Pages go by key (severity, age, id) along the index of the asked state, 20 flags each. Who may see
a flag is a join with the person's membership, never a list of ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.db import run
from questionnaire.services.filtering import Filter, Key
from questionnaire.services.queue_statements import shape_of, statement, values_of

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One flag in the queue: columns only."""

    id: UUID
    severity_rank: int
    raised_at: datetime
    severity: str
    status: str
    state: str
    requirement_id: str | None
    finding_id: str | None
    question_id: str
    section_id: str
    explanation: str
    reopened_why: str | None
    never_waivable: bool
    proposed_action: str | None
    proposed_by: UUID | None
    version: int
    assessment_id: UUID
    assignee_id: UUID | None
    vendor: str
    rfi: str
    edition_digest: str
    assignee: str | None

    @property
    def key(self) -> Key:
        return Key(self.severity_rank, self.raised_at, self.id)


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: tuple[QueueRow, ...]
    after: Key | None
    before: Key | None


def page(
    session: Session,
    organisation_id: UUID,
    user_id: UUID,
    now: datetime,
    wanted: Filter,
    *,
    after: Key | None = None,
    before: Key | None = None,
) -> QueuePage:
    """The flags behind `after`, or the last ones ahead of `before`; one statement."""
    back = before is not None and after is None
    key = before if back else after
    query = statement(shape_of(wanted), keyed=key is not None, back=back, shown=True)
    values = values_of(organisation_id, user_id, now, wanted, key, PAGE + 1)
    found = [QueueRow(*tuple(row)) for row in run(session, query, values)]
    more = len(found) > PAGE
    found = found[:PAGE]
    if back:
        found.reverse()
    return QueuePage(
        tuple(found),
        after=found[-1].key if found and (more or back) else None,
        before=found[0].key if found and (more if back else after is not None) else None,
    )


def neighbour(
    session: Session,
    organisation_id: UUID,
    user_id: UUID,
    now: datetime,
    wanted: Filter,
    key: Key | None,
    *,
    back: bool = False,
) -> UUID | None:
    """The flag next to a place in the filtered queue, taken or not; without a key the first one.

    What the person has proposed waits for somebody else: it is passed over.
    """
    query = statement(shape_of(wanted), keyed=key is not None, back=back, shown=False)
    values = values_of(organisation_id, user_id, now, wanted, key, 1)
    found: UUID | None = run(session, query, values).scalar()
    return found
