"""Valuing customers' needs: how much each of them weighs for the buyer, 0 to 5 (brief 5.1).

The weights order the customers' view and nothing else: no tier, score or gap rests on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import worded
from questionnaire.models import Rfi
from questionnaire.services import auditing, drafting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Refused

MOST: Final = 5


def weights(session: Session, organisation_id: UUID, rfi_id: UUID) -> dict[str, int]:
    """Need -> its weight, as far as the buyer has stated them; empty for a stranger's RFI."""
    found = session.scalar(
        sa.select(Rfi.need_weights).where(Rfi.id == rfi_id, Rfi.organisation_id == organisation_id)
    )
    return dict(found or {})


def seen_of(weighed: Mapping[str, int]) -> str:
    """Names the weights that a page shows."""
    return drafting.digest(dict(weighed))


def state(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    typed: Mapping[str, str],
    *,
    seen: str,
) -> None:
    """Keep the weights; an empty one is not stated.

    Missing for a stranger's RFI, Refused for a draft and in an edition without needs, Invalid by
    need, Stale when somebody else has stated others since `seen`. The same ones change nothing.
    """
    rfi = drafting.locked(session, actor, rfi_id)
    customers = bank_of(session, rfi.edition_digest).customers
    if rfi.sent_at is None or customers is None:
        raise Refused("There is no table of customers’ needs here to weigh.")
    wanted = _read(typed, [one.id for one in customers.needs])
    present = dict(rfi.need_weights or {})
    if wanted == present:
        return
    if seen != seen_of(present):
        raise drafting.Stale
    # Not through the row: its version names what questionnaires and verdicts rest on.
    session.execute(
        sa.update(Rfi)
        .where(Rfi.id == rfi_id)
        .values(need_weights=wanted)
        .execution_options(synchronize_session=False)
    )
    session.expire(rfi)
    told: dict[str, Any] = {"title": rfi.title, **wanted}
    auditing.append(session, actor, clock(), "weighed", "needs", rfi.id, rfi_id=rfi.id, **told)


def _read(typed: Mapping[str, str], needs: list[str]) -> dict[str, int]:
    allowed = {str(one): one for one in range(MOST + 1)}
    given = {need: typed.get(need, "").strip() for need in needs}
    faults = {
        f"need-{need}": worded("Choose a weight from 0 to {most}.", most=MOST)
        for need, text in given.items()
        if text and text not in allowed
    }
    if faults:
        raise Invalid(faults)
    return {need: allowed[text] for need, text in given.items() if text}
