"""Rating a call: what a rater sees of it, and keeping every version of the marks.

A rater sees codes, situations and their own marks; nothing here reads whose call it is, except to
note the change in the trail of the right assessment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Scorecard
from question_bank.scorecard import Scenario
from questionnaire.core.phrases import say
from questionnaire.models import CallRating, PlannedCall, Trial
from questionnaire.services import auditing, judging, locking
from questionnaire.services.admitting import Admitted
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.marking import Marked, read


@dataclass(frozen=True, slots=True)
class OneCall:
    """A call as its rater knows it; `version` is 0 before anything was marked."""

    id: UUID
    code: str
    scenario: Scenario | None
    language: str
    calibration: bool
    version: int
    marked: Marked

    @property
    def state(self) -> str:
        """`new`, `begun` or `finished`."""
        if not self.version:
            return "new"
        return "finished" if self.marked.finished else "begun"


class Stale(Refused):
    """The call was saved on another page meanwhile; `kept` is what stands there now."""

    def __init__(self, sentence: str, kept: OneCall) -> None:
        super().__init__(sentence)
        self.kept = kept


class Closed(Refused):
    """Prices are open: what a verdict rests on takes no more marks."""


def scorecard_of(session: Session, admitted: Admitted) -> Scorecard:
    """What this rater marks; Missing for an edition without a scorecard."""
    scorecard = bank_of(session, admitted.edition_digest).scorecard
    if scorecard is None:
        raise Missing("scorecard")
    return scorecard


def calls(session: Session, admitted: Admitted) -> list[OneCall]:
    """The rater's calls: those for calibration first, then by code, which is by chance."""
    found = _read(session, admitted)
    return sorted(found, key=lambda one: (not one.calibration, one.code))


def call(session: Session, admitted: Admitted, code: str) -> OneCall:
    """One of the rater's calls by its code; Missing when it is none of theirs."""
    found = _read(session, admitted, PlannedCall.code == code)
    if not found:
        raise Missing(code)
    return found[0]


def _read(session: Session, admitted: Admitted, *narrowed: sa.ColumnElement[bool]) -> list[OneCall]:
    scenarios = {one.id: one for one in scorecard_of(session, admitted).scenarios}
    newest = (
        sa.select(CallRating.call_id, sa.func.max(CallRating.version).label("version"))
        .where(CallRating.rater_id == admitted.rater_id)
        .group_by(CallRating.call_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(PlannedCall, CallRating)
        .outerjoin(newest, newest.c.call_id == PlannedCall.id)
        .outerjoin(
            CallRating,
            sa.and_(
                CallRating.call_id == PlannedCall.id,
                CallRating.rater_id == admitted.rater_id,
                CallRating.version == newest.c.version,
            ),
        )
        .where(PlannedCall.rfi_id == admitted.rfi_id, *narrowed)
    )
    return [
        _one(planned, rating, scenarios)
        for planned, rating in rows
        if admitted.hears(planned.language)
    ]


def _one(
    planned: PlannedCall, rating: CallRating | None, scenarios: Mapping[str, Scenario]
) -> OneCall:
    marked = Marked()
    if rating is not None:
        marked = Marked(rating.marks, rating.critical, rating.comment, rating.finished)
    return OneCall(
        planned.id,
        planned.code,
        scenarios.get(planned.scenario_id),
        planned.language,
        planned.calibration,
        rating.version if rating else 0,
        marked,
    )


def rate(
    session: Session,
    clock: Clock,
    admitted: Admitted,
    code: str,
    typed: Mapping[str, Any],
    *,
    seen: int,
    finish: bool,
) -> OneCall:
    """Keep the marks as a new version; `seen` is the version that the page showed.

    Stale when another one is the newest by now, unless it says the same: nothing is overwritten.
    Invalid by control; to finish, every criterion needs a mark or "not observed". Closed while
    prices are open, unless it only keeps what is not finished and counts nowhere.
    """
    present = call(session, admitted, code)
    scorecard = scorecard_of(session, admitted)
    marked = replace(read(typed, scorecard, admitted.language, finish=finish), finished=finish)
    if marked == present.marked:
        return present
    if seen != present.version:
        raise Stale(
            say(
                admitted.language,
                "This call was saved on another page or device since you opened this one. Nothing "
                "was overwritten: what stands there is shown below. Save again what should stand.",
            ),
            present,
        )
    if finish or present.marked.finished:
        _refuse_opened(session, admitted, begun=not present.marked.finished)
    kept = CallRating(
        organisation_id=admitted.organisation_id,
        call_id=present.id,
        rater_id=admitted.rater_id,
        version=present.version + 1,
        marks=dict(marked.marks),
        critical=dict(marked.critical),
        comment=marked.comment,
        finished=finish,
        rated_at=clock(),
    )
    session.add(kept)
    session.flush()
    assessment_id = _audit(session, admitted, kept, code)
    if finish or present.marked.finished:
        judging.again(session, clock, admitted.rfi_id, assessment_id)
    return replace(present, version=kept.version, marked=marked)


def _refuse_opened(session: Session, admitted: Admitted, *, begun: bool) -> None:
    """A mark that is given now could let somebody pass because the offer is cheap (brief 5.7).

    The rater is told that it is closed, and nothing of prices: raters stay blind.
    """
    if not locking.is_opened(session, admitted.rfi_id):
        return
    if begun:
        sentence = say(
            admitted.language,
            "The rating of these calls is closed: what they showed is being weighed now. Nothing "
            "was finished. Your marks are still on this page: press “Keep for later”, and they "
            "wait for you in case the rating opens again.",
        )
    else:
        sentence = say(
            admitted.language,
            "The rating of these calls is closed: what they showed is being weighed now. Nothing "
            "was changed. What you typed is still on this page, beside what stands: press again "
            "when you are told that the rating has been opened again.",
        )
    raise Closed(sentence)


def _audit(session: Session, admitted: Admitted, kept: CallRating, code: str) -> UUID | None:
    """Note it in the trail, and give whose call it is: None for the own team's."""
    assessment_id = session.scalar(
        sa.select(Trial.assessment_id)
        .join(PlannedCall, PlannedCall.trial_id == Trial.id)
        .where(PlannedCall.id == kept.call_id)
    )
    auditing.append(
        session,
        admitted.actor(),
        kept.rated_at,
        "finished" if kept.finished else "kept",
        "rating",
        kept.id,
        rfi_id=admitted.rfi_id,
        assessment_id=assessment_id,
        call=code,
        version=kept.version,
    )
    return assessment_id
