"""What a proposed version of the requirements would do, for the person who has to agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.core.basis import Basis
from questionnaire.core.verdict import Verdict
from questionnaire.core.whatif import Moved, moved, try_out
from questionnaire.models import Rfi
from questionnaire.services import (
    concluding,
    differing,
    publishing,
    pursuing,
    supposing,
    versioning,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.concluding import TIERS, Conclusion
from questionnaire.services.differing import Effect
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.readying import Ready
from questionnaire.services.supposing import Present, Wanted


def tried(now: Present, wanted: Wanted, found: Conclusion) -> tuple[Basis, list[Verdict]]:
    """The basis as a what-if would have it, and the verdicts on it in the order of `found`."""
    verdicts = list(found.verdicts)
    after = supposing.on(now, wanted, found.basis)
    if not wanted:
        return after, verdicts
    offers = [found.offers[one.code] for one in verdicts]
    return after, list(try_out(found.basis, after, offers, verdicts))


def effects_of(
    now: Present, found: Conclusion, after: Basis, new: Sequence[Verdict], language: str
) -> tuple[Effect, ...]:
    """What a what-if does to everybody who has submitted."""
    vendors = moved(found.basis, after, list(found.verdicts), new)
    told = pursuing.told(vendors, _own_team(found, after))
    return differing.effects(told, now.bank, language)


def _own_team(found: Conclusion, after: Basis) -> Moved | None:
    """What it does to the own team; None where that has not answered."""
    offer, verdict = found.inhouse_offer, found.inhouse_verdict
    if offer is None or verdict is None:
        return None
    (new,) = try_out(found.basis.of_own_team, after.of_own_team, [offer], [verdict])
    return pursuing.own_moved(found.basis, after, verdict, new)


def foresee(session: Session, rfi: Rfi, at: datetime, language: str) -> dict[str, Any]:
    """The proposal that stands in an RFI that the caller has reached, for its page.

    `proposed` is None where there is none; then nothing else is worked out.
    """
    proposed = versioning.proposed(session, rfi)
    if proposed is None:
        return {"proposed": None}
    now = supposing.present(session, rfi)
    try:
        wanted = supposing.from_document(now, proposed.wanted)
    except Invalid:
        wanted = Wanted()
    found = concluding.conclude(session, rfi.organisation_id, rfi.id, at, language)
    effects = effects_of(now, found, *tried(now, wanted, found), language)
    return {
        "proposed": proposed,
        "edits": versioning.wanted_edits(now, wanted, language),
        "weights": versioning.wanted_weights(now, wanted, language),
        "effects": effects,
        "counts": differing.tiers(effects, TIERS),
    }


def step(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    form: Mapping[str, str],
    *,
    known: Ready | None = None,
) -> int | None:
    """Agree to the proposal that the page showed, or end it; the number of what was published.

    `known` is what was worked out ahead of an agreement.
    """
    try:
        change_id = UUID(form.get("change", ""))
    except ValueError:
        change_id = rfi_id  # names no change: what stands is looked at again
    if form.get("step") == "agree":
        publishing.agree(session, clock, actor, rfi_id, change_id, known=known)
        return supposing.number_of(session, rfi_id)
    if form.get("step") == "end":
        publishing.end(session, clock, actor, rfi_id, change_id)
        return None
    raise Refused("Choose one of the steps on the page.")
