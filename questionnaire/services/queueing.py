"""The reviewers' queue: flags of all vendors of an organisation, most severe and oldest first.

Pages go by key (severity, age, id) along the index of the asked state, 20 flags each. Who may see
a flag is a join with the person's membership, never a list of ids.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.db import run
from questionnaire.services.bundling import id_of, moment, read_one, rows_of
from questionnaire.services.filtering import Filter, Key
from questionnaire.services.queue_statements import page_statement, shape_of, statement, values_of

PAGE: Final = 20
#: So many flags are kept as they were read: those that people look through these days.
MOST_KEPT: Final = 8_192


@dataclass(frozen=True, slots=True, eq=False)
class QueueRow:
    """One flag in the queue: columns only.

    As long as nothing in them changes the same object is handed out, so that pages can keep what
    it looks like.
    """

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


_FIELDS: Final = tuple(one.name for one in fields(QueueRow))


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
    query = page_statement(shape_of(wanted), keyed=key is not None, back=back)
    values = values_of(organisation_id, user_id, now, wanted, key, PAGE + 1)
    (rows,) = read_one(session, query, values)
    found = [_row(tuple(raw)) for raw in rows_of(rows)]
    more = len(found) > PAGE
    found = found[:PAGE]
    if back:
        found.reverse()
    return QueuePage(
        tuple(found),
        after=found[-1].key if found and (more or back) else None,
        before=found[0].key if found and (more if back else after is not None) else None,
    )


@lru_cache(MOST_KEPT)
def _row(raw: tuple[Any, ...]) -> QueueRow:
    """A flag out of its row, bit by bit the same one read once."""
    given: dict[str, Any] = dict(zip(_FIELDS, raw, strict=True))
    for name in ("id", "assessment_id", "proposed_by", "assignee_id"):
        given[name] = id_of(given[name]) if given[name] else None
    given["never_waivable"] = bool(given["never_waivable"])
    return QueueRow(**given | {"raised_at": moment(given["raised_at"])})


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
    query = statement(shape_of(wanted), keyed=key is not None, back=back)
    values = values_of(organisation_id, user_id, now, wanted, key, 1)
    found: UUID | None = run(session, query, values).scalar()
    return found
