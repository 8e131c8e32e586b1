"""A trial as far as a test needs it: planned, with raters, with marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Scorecard
from questionnaire.models import Assessment, PlannedCall, Rater, ReviewLock, Rfi
from questionnaire.services import (
    admitting,
    appointing,
    consenting,
    editions,
    listing,
    planning,
    rating,
    trialling,
    weighing,
)
from questionnaire.services.admitting import Admitted
from questionnaire.services.auditing import Actor
from tests.harness.clock import MovableClock
from tests.services import drafts
from tests.services.drafts import LINKS

CONSENT = {"given_by": "Vera Ozola, director", "given_on": "2026-01-02", "note": "Letter 12"}


@dataclass
class Trying:
    """An open RFI with vendors, and what is done with their trials."""

    session: Session
    clock: MovableClock
    actor: Actor
    rfi: Rfi

    @property
    def vendors(self) -> list[Assessment]:
        return listing.vendors_of(self.session, self.rfi)

    @property
    def scorecard(self) -> Scorecard:
        found = editions.bank_of(self.session, self.rfi.edition_digest).scorecard
        assert found is not None
        return found

    def begin(self, assessment: Assessment | None = None, *, consent: bool = True) -> UUID:
        """The trial of a vendor, which has agreed to it, or of the own team."""
        of = assessment.id if assessment else None
        trial_id = trialling.begin(self.session, self.clock, self.actor, self.rfi.id, of)
        if assessment is not None and consent:
            self.consent(trial_id)
        return trial_id

    def consent(self, trial_id: UUID) -> None:
        """Record that the vendor agreed in writing, once."""
        at = (self.session, self.clock, self.actor, self.rfi.id, trial_id)
        if not consenting.consent(self.session, trial_id).given:
            consenting.state(*at, CONSENT, seen=0)

    def plan(self, trial_id: UUID, *, seen: int = 0, **typed: Any) -> int:
        return planning.plan(
            self.session, self.clock, self.actor, self.rfi.id, trial_id, wish(**typed), seen=seen
        )

    def calls(self, trial_id: UUID) -> list[PlannedCall]:
        query = sa.select(PlannedCall).where(PlannedCall.trial_id == trial_id)
        return list(self.session.scalars(query.order_by(PlannedCall.id)))

    def appoint(self, name: str = "Rita Kask", **typed: Any) -> UUID:
        return appointing.appoint(
            self.session, self.clock, LINKS, self.actor, self.rfi.id, person(name, **typed)
        )

    def admitted(self, rater_id: UUID) -> Admitted:
        rater = self.session.get_one(Rater, rater_id)
        return admitting.admit(self.session, rater_id, rater.link_id, self.clock(), to_change=True)

    def open_prices(self) -> ReviewLock:
        """As after a lock by two and the opening; what was decided before it is not looked at."""
        by, now = self.actor.id, self.clock()
        lock = ReviewLock(
            organisation_id=self.rfi.organisation_id,
            rfi_id=self.rfi.id,
            covers=[],
            unlock_reason="",
            **dict.fromkeys(("proposed_by", "agreed_by", "opened_by"), by),
            **dict.fromkeys(("proposed_at", "agreed_at", "opened_at"), now),
        )
        self.session.add(lock)
        self.session.flush()
        return lock

    def rate(
        self, rater_id: UUID, code: str, mark: int | Mapping[str, Any] = 4, **typed: Any
    ) -> rating.OneCall:
        """Finish a call with one mark for everything, or with these marks."""
        seen, finish = typed.pop("seen", 0), typed.pop("finish", True)
        return rating.rate(
            self.session,
            self.clock,
            self.admitted(rater_id),
            code,
            marks(self.scorecard, mark, **typed),
            seen=seen,
            finish=finish,
        )


def trying(session: Session, clock: MovableClock, actor: Actor, **options: Any) -> Trying:
    """An open RFI on the real bank, whose brief states what trials are held against."""
    rfi = drafts.sent(session, clock, actor, **options)
    rfi.brief = {**rfi.brief, "rto_hours": 8, "inhouse": {"csat": 88}}
    session.flush()
    return Trying(session, clock, actor, rfi)


def wish(
    scenarios: Sequence[str] = ("S1", "S2", "S3"),
    languages: str = "English",
    bands: Sequence[str] = ("peak", "quiet", "latest"),
    each: str = "6",
    calibration: str = "0",
) -> dict[str, Any]:
    """What the plan's controls send."""
    return {
        "scenarios": scenarios,
        "languages": languages,
        "bands": bands,
        "each": each,
        "calibration": calibration,
    }


def person(name: str, **typed: Any) -> dict[str, Any]:
    """What the controls of a rater send."""
    address = f"{(name.split() or ['rita'])[0].lower()[:20]}@market.example"
    return {"name": name, "email": address, "language": "en", "languages": ""} | typed


def marks(scorecard: Scorecard, mark: int | Mapping[str, Any], **typed: Any) -> dict[str, Any]:
    """What a rating page sends: one mark for every criterion, some of them others."""
    given = {} if isinstance(mark, Mapping) else {one.id: str(mark) for one in scorecard.criteria}
    if isinstance(mark, Mapping):
        given = {id: str(one) for id, one in mark.items()}
    return {"marks": given, "critical": [], "notes": {}, "comment": ""} | typed


def weighed(session: Session, trial: Trying, trial_id: UUID) -> Any:
    """One trial with all that follows from it."""
    return weighing.weigh_all(session, trial.rfi)[trial_id]


def rate_all(
    trial: Trying,
    trial_id: UUID,
    mark: int = 5,
    raters: Sequence[str] = ("Rita Kask", "Uldis Ozols"),
) -> None:
    """Have every call of a trial finished by each of these."""
    ids = [trial.appoint(one) for one in raters]
    for one in trial.calls(trial_id):
        for rater_id in ids:
            trial.rate(rater_id, one.code, mark)
