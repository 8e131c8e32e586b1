"""The queue's statements: one for each shape of a filter, built once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa

from questionnaire.models import Assessment, Flag, Membership, Rfi, User, Vendor
from questionnaire.models.flags import OPEN_STATES
from questionnaire.services.bundling import in_one
from questionnaire.services.filtering import Filter, Key
from questionnaire.services.flag_rows import SEVERITY_RANKS

_F: Final = cast("sa.Table", Flag.__table__).c
_A: Final = cast("sa.Table", Assessment.__table__).c
_V: Final = cast("sa.Table", Vendor.__table__).c
_R: Final = cast("sa.Table", Rfi.__table__).c
_M: Final = cast("sa.Table", Membership.__table__).c
_U: Final = cast("sa.Table", User.__table__).c
_PICKED: Final = (
    _F.id,
    _F.severity_rank,
    _F.raised_at,
    _F.severity,
    _F.status,
    _F.state,
    _F.requirement_id,
    _F.finding_id,
    _F.question_id,
    _F.section_id,
    _F.explanation,
    _F.reopened_why,
    _F.never_waivable,
    _F.proposed_action,
    _F.proposed_by,
    _F.version,
    _F.assessment_id,
    _F.assignee_id,
)
_ORDER: Final = (_F.severity_rank, _F.raised_at, _F.id)

#: State, whose, and which fields narrow; not their values.
Shape = tuple[str, str, frozenset[str]]


def shape_of(wanted: Filter) -> Shape:
    """What decides the statement: the state, whose, and which fields narrow; not their values."""
    narrowing = frozenset(name for name in _NARROWING if getattr(wanted, name, ""))
    narrowing |= {wanted.kind} if wanted.kind else frozenset()
    return wanted.state, wanted.whose, narrowing


def values_of(
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
        "finding": wanted.finding,
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
    "finding": _F.finding_id == sa.bindparam("finding"),
    "gaps": _F.finding_id.is_(None),
    "findings": _F.finding_id.is_not(None),
    "rfi": _F.rfi_id == sa.bindparam("rfi", type_=_F.rfi_id.type),
    "assessment": _F.assessment_id == sa.bindparam("assessment", type_=_F.assessment_id.type),
}


@cache
def statement(shape: Shape, *, keyed: bool, back: bool) -> sa.Select[Any]:
    """The ids of a shape's flags, built once: building costs more than running it."""
    return _picked(shape, keyed=keyed, back=back, others_only=True).with_only_columns(_F.id)


@cache
def page_statement(shape: Shape, *, keyed: bool, back: bool) -> sa.Select[*tuple[Any, ...]]:
    """The flags of a page with their names, in one text.

    The flags are picked alone, the names joined to the picked ones: whatever a database believes
    about its tables, it walks the index of flags and stops at the limit.
    """
    flag = _picked(shape, keyed=keyed, back=back, others_only=False).subquery("flag")
    named = (
        sa.select(*flag.c, _V.name, _R.title, _R.edition_digest, _U.name.label("assignee"))
        .select_from(flag)
        .join(Assessment.__table__, _A.id == flag.c.assessment_id)
        .join(Vendor.__table__, _V.id == _A.vendor_id)
        .join(Rfi.__table__, _R.id == _A.rfi_id)
        .outerjoin(User.__table__, _U.id == flag.c.assignee_id)
    )
    order = (2, 3, 1)
    return sa.select(in_one(named, *(-one if back else one for one in order)))


def _picked(shape: Shape, *, keyed: bool, back: bool, others_only: bool) -> sa.Select[Any]:
    """The flags of a page, in order, with nothing joined that does not decide."""
    state, whose, narrowing = shape
    me = sa.bindparam("me", type_=_U.id.type)
    mine = sa.bindparam("mine", type_=_F.organisation_id.type)
    member = sa.and_(_M.organisation_id == mine, _M.user_id == me, _M.ended_at.is_(None))
    query = sa.select(*_PICKED).select_from(Flag.__table__).join(Membership.__table__, member)
    if _asks_assessment(shape):
        query = query.join(Assessment.__table__, _A.id == _F.assessment_id)
    if "vendor" in narrowing:
        query = query.join(Vendor.__table__, _V.id == _A.vendor_id)
    query = query.where(
        _within(mine, shape), _in_state(state), *(_NARROWING[one] for one in sorted(narrowing))
    )
    if whose:
        query = query.where(_F.assignee_id == me if whose == "mine" else _F.assignee_id.is_(None))
    if others_only:
        query = query.where(sa.or_(_F.proposed_by.is_(None), _F.proposed_by != me))
    if keyed:
        names = ("at_rank", "at", "at_id")
        here = [sa.bindparam(n, type_=c.type) for n, c in zip(names, _ORDER, strict=True)]
        place, stands = sa.tuple_(*_ORDER), sa.tuple_(*here)
        query = query.where(place < stands if back else place > stands)
    ordered = query.order_by(*(one.desc() if back else one for one in _ORDER))
    return ordered.limit(sa.bindparam("most", type_=sa.Integer()))


def _asks_assessment(shape: Shape) -> bool:
    _state, whose, narrowing = shape
    return whose == "mine" or bool(narrowing & {"assessment", "vendor"})


def _within(mine: sa.BindParameter[UUID], shape: Shape) -> sa.ColumnElement[bool]:
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
        # What counts once with an open finding stands with that one and not beside it.
        still = _F.state.in_([sa.literal_column(f"'{one}'") for one in OPEN_STATES])
        return sa.and_(still, _F.covered.is_(False))
    return _F.state == sa.literal_column(f"'{state}'")
