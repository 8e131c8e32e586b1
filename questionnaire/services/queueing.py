"""The reviewers' queue: flags of all vendors of an organisation, most severe and oldest first.

Pages go by key (severity, age, id) along the index of the asked state, 20 flags each. Who may see
a flag is a join with the person's membership, never a list of ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, Membership, Rfi, User, Vendor
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services.filtering import Filter, Key
from questionnaire.services.flag_rows import SEVERITY_RANKS

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
    requirement_id: str
    question_id: str
    section_id: str
    explanation: str
    reopened_why: str | None
    never_waivable: bool
    proposed_action: str | None
    proposed_by: UUID | None
    version: int
    assessment_id: UUID
    vendor: str
    rfi: str
    edition_digest: str
    assignee: str | None

    @property
    def key(self) -> Key:
        return Key(self.severity_rank, self.raised_at, self.id)


_SHOWN: Final = (
    Flag.id,
    Flag.severity_rank,
    Flag.raised_at,
    Flag.severity,
    Flag.status,
    Flag.state,
    Flag.requirement_id,
    Flag.question_id,
    Flag.section_id,
    Flag.explanation,
    Flag.reopened_why,
    Flag.never_waivable,
    Flag.proposed_action,
    Flag.proposed_by,
    Flag.version,
    Flag.assessment_id,
    Vendor.name,
    Rfi.title,
    Rfi.edition_digest,
    User.name,
)
_ORDER: Final = (Flag.severity_rank, Flag.raised_at, Flag.id)


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
    shown = _visible(organisation_id, user_id, now, wanted).with_only_columns(*_SHOWN)
    query = _from(shown, before if back else after, back=back).limit(PAGE + 1)
    found = [QueueRow(*row) for row in session.execute(query)]
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
    visible = _visible(organisation_id, user_id, now, wanted).where(
        sa.or_(Flag.proposed_by.is_(None), Flag.proposed_by != user_id)
    )
    query = _from(visible, key, back=back)
    found: UUID | None = session.scalar(query.limit(1))
    return found


def _from(query: Any, key: Key | None, *, back: bool) -> sa.Select[Any]:
    if key is not None:
        place = sa.tuple_(*_ORDER)
        stands = sa.tuple_(
            sa.literal(key.severity_rank),
            sa.literal(key.raised_at, Flag.raised_at.type),
            sa.literal(key.id, Flag.id.type),
        )
        query = query.where(place < stands if back else place > stands)
    ordered: sa.Select[Any] = query.order_by(*(one.desc() if back else one for one in _ORDER))
    return ordered


def _visible(organisation_id: UUID, user_id: UUID, now: datetime, wanted: Filter) -> sa.Select[Any]:
    """Flags of the organisation that the person may see and the filter asks for."""
    query = (
        sa.select(Flag.id)
        .select_from(Flag)
        .join(
            Membership,
            sa.and_(
                Membership.organisation_id == organisation_id,
                Membership.user_id == user_id,
                Membership.ended_at.is_(None),
            ),
        )
        .join(Assessment, Assessment.id == Flag.assessment_id)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .join(Rfi, Rfi.id == Flag.rfi_id)
        .outerjoin(User, User.id == Flag.assignee_id)
        .where(Flag.organisation_id == organisation_id)
    )
    return query.where(*_narrowing(user_id, now, wanted))


def _narrowing(user_id: UUID, now: datetime, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [_in_state(wanted.state)]
    if wanted.severity:
        found.append(Flag.severity_rank == SEVERITY_RANKS[wanted.severity])
    if wanted.whose == "mine":
        found.append(Flag.assignee_id == user_id)
    elif wanted.whose:
        found.append(Flag.assignee_id.is_(None))
    if wanted.older:
        found.append(Flag.raised_at <= now - timedelta(days=wanted.older))
    if wanted.vendor:
        found.append(Vendor.name.icontains(wanted.vendor, autoescape=True))
    for column, value in (
        (Flag.section_id, wanted.section),
        (Flag.requirement_id, wanted.requirement),
        (Flag.rfi_id, wanted.rfi),
        (Flag.assessment_id, wanted.assessment),
    ):
        if value:
            found.append(column == value)
    return found


def _in_state(state: str) -> sa.ColumnElement[bool]:
    if state == "second":
        return Flag.proposed_action.is_not(None)
    if state == "open":
        # As literals, so that the database knows the partial index to be about just these.
        return Flag.state.in_([sa.literal_column(f"'{one}'") for one in OPEN_STATES])
    return Flag.state == state
