"""Weighing a trial: its figures in the shape that the core judges, and the core's judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Scorecard
from questionnaire.core.briefs import stated
from questionnaire.core.numbers import number_of
from questionnaire.core.ratings import (
    COMPLIANCE,
    CRITICAL_CLASSES,
    Mean,
    means,
    usual_spread,
)
from questionnaire.core.trial import (
    USUAL_SPREAD,
    Outcome,
    Trial,
    counting,
    interval_of,
    judge_trial,
)
from questionnaire.models import Rfi
from questionnaire.models import Trial as TrialRow
from questionnaire.services import gathering
from questionnaire.services.editions import bank_of
from questionnaire.services.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What an RFI holds its trials against; `measured` says that the own team took the test."""

    scorecard: Scorecard | None
    profile: str
    inhouse_csat: Decimal | None
    rto_hours: Decimal | None
    measured: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """One trial with all that follows from it.

    `source` is `ratings`, `summary`, or None while nothing was rated. `critical` counts calls in
    which somebody noted an error of a class. `figures` is what the core judged, None: not held.
    """

    gathered: Gathered
    source: str | None
    figures: Trial | None
    outcome: Outcome
    yardstick: Yardstick
    means: Mapping[str, Mean] = field(default_factory=dict)
    critical: Mapping[str, int | None] = field(default_factory=dict)


def weigh_all(
    session: Session,
    rfi: Rfi,
    language: str = "en",
    *,
    only: Collection[UUID | None] | None = None,
) -> dict[UUID, Weighed]:
    """The trials of an RFI that the caller has reached, by id: all of them, or `only` these."""
    found = gathering.of_rfi(session, rfi.id)
    yardstick = _yardstick(session, rfi, found)
    return {
        id: weigh(one, yardstick, language)
        for id, one in found.items()
        if only is None or id in only
    }


def figures_of(
    session: Session, organisation_id: UUID, assessment_id: UUID | None, *, rfi_id: UUID
) -> Trial | None:
    """What the core's scoring takes of one assessment, or of the own team without one.

    A repeat goes before the trial that was failed, once it was held as a whole. None when there is
    no trial, or nothing of it was rated: it was not held.
    """
    rows = session.execute(
        sa.select(TrialRow.id, Rfi.edition_digest)
        .join(Rfi, Rfi.id == TrialRow.rfi_id)
        .where(
            TrialRow.organisation_id == organisation_id,
            TrialRow.rfi_id == rfi_id,
            TrialRow.assessment_id.is_(None)
            if assessment_id is None
            else TrialRow.assessment_id == assessment_id,
        )
        .order_by(TrialRow.repeat_of.is_(None))
    ).all()
    scorecard = bank_of(session, rows[0].edition_digest).scorecard if rows else None
    if scorecard is None:
        return None
    tried = (trial_of(gathering.of_trial(session, row.id), scorecard) for row in rows)
    return counting(tried, scorecard)


def trial_of(
    gathered: Gathered, scorecard: Scorecard, own: Mapping[str, Mean] | None = None
) -> Trial | None:
    """The figures of a trial for the core; a summary that stands goes before own ratings.

    `own` are the means of own ratings, where they were worked out already.
    """
    measured = gathered.figures
    summary = gathered.summary
    if not summary.stands and not gathered.finished:
        return None
    if summary.stands:
        marked: dict[str, Any] = {
            "means": {id: one.mean for id, one in summary.means.items()},
            "observations": {id: one.n for id, one in summary.means.items()},
            "calls": summary.calls,
            "critical_errors": summary.critical_errors,
        }
    else:
        own = _own_means(gathered, scorecard) if own is None else own
        scored = {one.code for one in gathered.scored}
        marked = {
            "means": {id: one.mean for id, one in own.items()},
            "observations": {id: one.n for id, one in own.items()},
            "calls": len({one.call for one in gathered.finished if one.call in scored}),
            "critical_errors": critical_calls(gathered)[COMPLIANCE],
            "spread": usual_spread(own, USUAL_SPREAD),
        }
    return Trial(
        **marked,
        agents=measured.whole("agents"),
        fcr=measured.figures.get("fcr"),
        csat=measured.figures.get("csat"),
        aht=measured.figures.get("aht"),
        waiting=measured.figures.get("waiting"),
        drill_hours=measured.figures.get("drill_hours"),
        no_drill=None if measured.drill == "done" else measured.drill or "unknown",
    )


def weigh(gathered: Gathered, yardstick: Yardstick, language: str) -> Weighed:
    """The means, the critical errors and the result of one trial."""
    scorecard = yardstick.scorecard
    own = _own_means(gathered, scorecard) if scorecard else {}
    figures = trial_of(gathered, scorecard, own) if scorecard else None
    outcome = judge_trial(
        figures,
        scorecard,
        yardstick.profile,
        inhouse_csat=yardstick.inhouse_csat,
        rto_hours=yardstick.rto_hours,
        language=language,
    )
    if scorecard is None or figures is None:
        return Weighed(gathered, None, None, outcome, yardstick)
    summary = gathered.summary.stands
    critical: Mapping[str, int | None] = critical_calls(gathered)
    if summary:
        critical = {COMPLIANCE: gathered.summary.critical_errors}
    return Weighed(
        gathered,
        "summary" if summary else "ratings",
        figures,
        outcome,
        yardstick,
        _told_means(figures) if summary else own,
        critical,
    )


def _own_means(gathered: Gathered, scorecard: Scorecard) -> dict[str, Mean]:
    scored = {one.code for one in gathered.scored}
    rated = [one.rated for one in gathered.finished if one.call in scored]
    return means(rated, [one.id for one in scorecard.criteria])


def _told_means(figures: Trial) -> dict[str, Mean]:
    """A summary's means; their spread is not known, so the interval takes the usual one."""
    return {
        id: Mean(n, figures.means[id], None, interval_of(Trial({}, n)))
        for id, n in figures.observations.items()
    }


def critical_calls(gathered: Gathered) -> dict[str, int]:
    """In how many calls, calibration among them, somebody noted an error of each class."""
    noted = {(sort, one.call) for one in gathered.finished for sort in one.critical}
    counted = Counter(sort for sort, _call in noted)
    return {sort: counted[sort] for sort in CRITICAL_CLASSES}


def _yardstick(session: Session, rfi: Rfi, found: Mapping[UUID, Gathered]) -> Yardstick:
    """Customers' satisfaction in-house as the trial measured it, else as the brief states it."""
    bank = bank_of(session, rfi.edition_digest)
    own = session.scalar(
        sa.select(TrialRow.id).where(TrialRow.rfi_id == rfi.id, TrialRow.assessment_id.is_(None))
    )
    measured = found[own].figures.figures.get("csat") if own is not None else None
    in_brief = number_of(stated(rfi.brief, "inhouse.csat"))
    return Yardstick(
        bank.scorecard,
        base_profile(bank, rfi),
        in_brief if measured is None else measured,
        number_of(stated(rfi.brief, "rto_hours")),
        measured is not None,
    )


def base_profile(bank: Bank, rfi: Rfi) -> str:
    """The profile whose limits hold: the one that is no add-on."""
    for one in rfi.profiles:
        if not bank.profile(one).add_on:
            return bank.profile(one).id
    return ""
