"""Reading the audit trail: who changed what, when, the newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, AuditRow, Rfi, Vendor
from questionnaire.services.bundling import id_of, in_one, moment, read_one, rows_of
from questionnaire.services.faults import Missing

#: So many pages of trails are kept as they were read.
MOST_KEPT: Final = 128


@dataclass(frozen=True, slots=True)
class Step:
    """One change, with the names of what it was about, so that a page can put it in words."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_name: str
    action: str
    object_kind: str
    object_id: str
    details: Mapping[str, Any]
    rfi_id: UUID | None
    rfi_title: str | None
    assessment_id: UUID | None
    vendor: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """One page of the trail; `before` is where the next, older page begins, None at the end.

    As long as nothing happens the same object is handed out, so that pages can keep its looks.
    """

    steps: tuple[Step, ...]
    before: UUID | None


def trail(
    session: Session,
    organisation_id: UUID,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Trail:
    """The changes within an organisation, of one RFI or of one assessment, by key."""
    narrowing = {"rfi": rfi_id, "assessment": assessment_id, "before": before}
    given = {name: value for name, value in narrowing.items() if value is not None}
    wanted = {"mine": organisation_id, "most": limit + 1, **given}
    (steps,) = read_one(session, _statement(frozenset(given)), wanted)
    return _trail(steps, limit)


@lru_cache(MOST_KEPT)
def _trail(text: str | None, limit: int) -> Trail:
    steps = tuple(_step(*row) for row in rows_of(text))
    more = len(steps) > limit
    return Trail(steps[:limit], steps[limit - 1].id if more else None)


def _step(id: Any, at: Any, *rest: Any) -> Step:
    *said, details, rfi_id, title, assessment_id, vendor = rest
    when = cast("datetime", moment(at))
    rfi, assessment = (id_of(one) if one else None for one in (rfi_id, assessment_id))
    kind, name, action, object_kind, object_id = said
    return Step(
        id_of(id), when, kind, name, action, object_kind, object_id, json.loads(details),
        rfi, title, assessment, vendor,
    )  # fmt: skip


_STEPS: Final = cast("sa.Table", AuditRow.__table__)
_S: Final = _STEPS.c
_A: Final = cast("sa.Table", Assessment.__table__).c
_R: Final = cast("sa.Table", Rfi.__table__).c
_V: Final = cast("sa.Table", Vendor.__table__).c
_NARROWING: Final[Mapping[str, sa.ColumnElement[bool]]] = {
    "rfi": _S.rfi_id == sa.bindparam("rfi"),
    "assessment": _S.assessment_id == sa.bindparam("assessment"),
    "before": _S.id < sa.bindparam("before"),
}


@cache
def _statement(narrowing: frozenset[str]) -> sa.Select[*tuple[Any, ...]]:
    """The statement that is narrowed by these, built once: building costs more than running it."""
    newest_first = -1
    return sa.select(in_one(_steps(narrowing), newest_first))


def _steps(narrowing: frozenset[str]) -> sa.Select[Any]:
    return (
        sa.select(
            _S.id,
            _S.at,
            _S.actor_kind,
            _S.actor_name,
            _S.action,
            _S.object_kind,
            _S.object_id,
            sa.cast(_S.details, sa.Text),
            _S.rfi_id,
            _R.title,
            _S.assessment_id,
            _V.name,
        )
        .select_from(_STEPS)
        .outerjoin(Rfi.__table__, _R.id == _S.rfi_id)
        .outerjoin(Assessment.__table__, _A.id == _S.assessment_id)
        .outerjoin(Vendor.__table__, _V.id == _A.vendor_id)
        .where(
            _S.organisation_id == sa.bindparam("mine"),
            *(_NARROWING[one] for one in sorted(narrowing)),
        )
        .order_by(_S.id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a trail can be narrowed to: all RFIs, and the assessments of the chosen one."""

    rfis: list[tuple[UUID, str]]
    assessments: list[tuple[UUID, str]]
    rfi_id: UUID | None


def subjects(
    session: Session,
    organisation_id: UUID,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
) -> Subjects:
    """What to offer beside a trail of these; Missing when one of them is not the organisation's."""
    rfis = session.execute(
        sa.select(Rfi.id, Rfi.title)
        .where(Rfi.organisation_id == organisation_id)
        .order_by(Rfi.id.desc())
    )
    found = Subjects([(id, title) for id, title in rfis], [], rfi_id)
    if assessment_id is not None:
        of = session.scalar(
            sa.select(Assessment.rfi_id).where(
                Assessment.id == assessment_id, Assessment.organisation_id == organisation_id
            )
        )
        if of is None or rfi_id not in (None, of):
            raise Missing(assessment_id)
        rfi_id = of
    if rfi_id is None:
        return found
    if rfi_id not in {id for id, _title in found.rfis}:
        raise Missing(rfi_id)
    vendors = session.execute(
        sa.select(Assessment.id, Vendor.name)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(Assessment.rfi_id == rfi_id)
        .order_by(sa.func.lower(Vendor.name), Assessment.id)
    )
    return Subjects(found.rfis, [(id, name) for id, name in vendors], rfi_id)
