"""What-ifs over a sent RFI, as a page hands them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from question_bank.model import Requirement
from questionnaire.core.weighting import Weighting
from questionnaire.models import RequirementChange, Rfi
from questionnaire.services import publishing, supposing
from questionnaire.services.auditing import Actor
from questionnaire.services.supposing import Wanted
from tests.harness.clock import MovableClock

WHY = "The market does not offer it."


def document(
    session: Session,
    rfi: Rfi,
    changes: Mapping[str, dict[str, Any]] | None = None,
    *,
    off: Sequence[str] = (),
    weighting: Weighting | None = None,
) -> dict[str, Any]:
    """`changes` by requirement id, `off` those switched off; nothing is checked."""
    now = supposing.present(session, rfi)
    edits = {
        id: replace(now.one(id), requirement=replace(now.one(id).requirement, **fields))
        for id, fields in (changes or {}).items()
    }
    edits |= {id: replace(now.one(id), off=True) for id in off}
    return supposing.to_document(now, Wanted(edits, weighting))


def propose(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    rfi: Rfi,
    wanted: object,
    *,
    reason: str = WHY,
    seen: int | None = None,
) -> RequirementChange:
    number = supposing.present(session, rfi).number if seen is None else seen
    made = publishing.propose(session, clock, actor, rfi.id, wanted, reason, seen=number)
    session.expire_all()
    return made


def requirement(session: Session, rfi: Rfi, id: str) -> Requirement:
    return supposing.present(session, rfi).one(id).requirement
