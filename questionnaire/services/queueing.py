"""The reviewers' queue: flags of all vendors of an organisation, most severe and oldest first.

Pages go by key (severity, age, id) along the index of the asked state, 20 flags each. Who may see
a flag is a join with the person's membership, never a list of ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, cast
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


_F: Final = cast("sa.Table", Flag.__table__).c
_A: Final = cast("sa.Table", Assessment.__table__).c
_V: Final = cast("sa.Table", Vendor.__table__).c
_R: Final = cast("sa.Table", Rfi.__table__).c
_M: Final = cast("sa.Table", Membership.__table__).c
_U: Final = cast("sa.Table", User.__table__).c
_SHOWN: Final = (
    _F.id,
    _F.severity_rank,
    _F.raised_at,
    _F.severity,
    _F.status,
    _F.state,
    _F.requirement_id,
    _F.question_id,
    _F.section_id,
    _F.explanation,
    _F.reopened_why,
    _F.never_waivable,
    _F.proposed_action,
    _F.proposed_by,
    _F.version,
    _F.assessment_id,
    _V.name,
    _R.title,
    _R.edition_digest,
    _U.name.label("assignee"),
)
_ORDER: Final = (_F.severity_rank, _F.raised_at, _F.id)


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
    query = _query(_shape(wanted), keyed=key is not None, back=back, shown=True)
    values = _values(organisation_id, user_id, now, wanted, key, PAGE + 1)
    found = [QueueRow(*row) for row in session.execute(query, values)]
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
    query = _query(_shape(wanted), keyed=key is not None, back=back, shown=False)
    values = _values(organisation_id, user_id, now, wanted, key, 1)
    found: UUID | None = session.scalar(query, values)
    return found


def _shape(wanted: Filter) -> tuple[str, str, frozenset[str]]:
    """What decides the statement: the state, whose, and which fields narrow; not their values."""
    narrowing = frozenset(name for name in _NARROWING if getattr(wanted, name))
    return wanted.state, wanted.whose, narrowing


def _values(
    organisation_id: UUID,
    user_id: UUID,
    now: datetime,
    wanted: Filter,
    key: Key | None,
    limit: int,
) -> dict[str, Any]:
    """The values of a statement's parameters; those that it does not have are ignored."""
    values: dict[str, Any] = {
        "me": user_id,
        "mine": organisation_id,
        "most": limit,
        "rank": SEVERITY_RANKS.get(wanted.severity),
        "raised": now - timedelta(days=wanted.older),
        "vendor": part_of(wanted.vendor),
        "section": wanted.section,
        "requirement": wanted.requirement,
        "rfi": wanted.rfi,
        "assessment": wanted.assessment,
    }
    if key is not None:
        values |= {"at_rank": key.severity_rank, "at": key.raised_at, "at_id": key.id}
    return values


def part_of(name: str) -> str:
    """A pattern for `like(..., escape="/")` that finds the text anywhere in a lower-case name."""
    plain = name.lower().replace("/", "//").replace("%", "/%").replace("_", "/_")
    return f"%{plain}%"


#: Field of the filter -> the condition that it adds.
_NARROWING: Final[dict[str, sa.ColumnElement[bool]]] = {
    "severity": _F.severity_rank == sa.bindparam("rank", type_=_F.severity_rank.type),
    "older": _F.raised_at <= sa.bindparam("raised", type_=_F.raised_at.type),
    "vendor": sa.func.lower(_V.name).like(sa.bindparam("vendor"), escape="/"),
    "section": _F.section_id == sa.bindparam("section"),
    "requirement": _F.requirement_id == sa.bindparam("requirement"),
    "rfi": _F.rfi_id == sa.bindparam("rfi", type_=_F.rfi_id.type),
    "assessment": _F.assessment_id == sa.bindparam("assessment", type_=_F.assessment_id.type),
}


@cache
def _query(
    shape: tuple[str, str, frozenset[str]], *, keyed: bool, back: bool, shown: bool
) -> sa.Select[Any]:
    """The statement of a shape, built once: building costs more than running it."""
    state, whose, narrowing = shape
    me = sa.bindparam("me", type_=_U.id.type)
    mine = sa.bindparam("mine", type_=_F.organisation_id.type)
    member = sa.and_(_M.organisation_id == mine, _M.user_id == me, _M.ended_at.is_(None))
    query = (
        sa.select(*(_SHOWN if shown else (_F.id,)))
        .select_from(Flag.__table__)
        .join(Membership.__table__, member)
        .join(Assessment.__table__, _A.id == _F.assessment_id)
        .join(Vendor.__table__, _V.id == _A.vendor_id)
        .join(Rfi.__table__, _R.id == _F.rfi_id)
        .outerjoin(User.__table__, _U.id == _F.assignee_id)
        .where(_within(mine, shape), _in_state(state))
        .where(*(_NARROWING[name] for name in sorted(narrowing)))
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )
    if whose:
        query = query.where(_F.assignee_id == me if whose == "mine" else _F.assignee_id.is_(None))
    if not shown:
        query = query.where(sa.or_(_F.proposed_by.is_(None), _F.proposed_by != me))
    if keyed:
        names = ("at_rank", "at", "at_id")
        here = [sa.bindparam(n, type_=c.type) for n, c in zip(names, _ORDER, strict=True)]
        place, stands = sa.tuple_(*_ORDER), sa.tuple_(*here)
        query = query.where(place < stands if back else place > stands)
    return query.order_by(*(one.desc() if back else one for one in _ORDER))


def _within(
    mine: sa.BindParameter[UUID], shape: tuple[str, str, frozenset[str]]
) -> sa.ColumnElement[bool]:
    """The organisation's flags, said so that the narrowest index is the one that is taken.

    Without statistics a database cannot know that one vendor's or one person's flags are fewer
    than the organisation's; so there the organisation is asked of the assessment.
    """
    _state, whose, narrowing = shape
    few = "assessment" in narrowing or whose == "mine"
    return (_A if few else _F).organisation_id == mine


def _in_state(state: str) -> sa.ColumnElement[bool]:
    # As literals, so that the database knows the partial index to be about just these.
    if state == "second":
        return _F.proposed_action.is_not(None)
    if state == "open":
        return _F.state.in_([sa.literal_column(f"'{one}'") for one in OPEN_STATES])
    return _F.state == sa.literal_column(f"'{state}'")
