"""Summarising: criterion means that somebody else worked out, a test laboratory for example.

A summary is marked as one wherever its figures are shown, and stands instead of the calls that
were rated here: two samples are never mixed into one mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.model import Scorecard
from question_bank.scorecard import HIGHEST_MARK, LOWEST_MARK
from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import json_number, parse_number
from questionnaire.core.phrases import worded
from questionnaire.core.texts import CELL_LIMIT, clean
from questionnaire.models import TrialSummary
from questionnaire.services import auditing, consenting, drafting, judging, locking, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.measuring import Bounds, number
from questionnaire.services.summarised import Summarised, Told, of_row, summarised

_CALLS = Bounds(100_000, whole=True)


def state(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, Any],
    *,
    seen: int,
    language: str = "en",
) -> Summarised:
    """Keep a summary as a new version; Stale when somebody else did since, Invalid by control."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    wanted = read(typed, trialling.scorecard_of(session, rfi), language)
    return _keep(session, clock, actor, rfi_id, trial_id, wanted, "summarised", seen)


def take_back(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, trial_id: UUID, *, seen: int
) -> None:
    """End the summary, so that the calls that were rated here count; its versions stay."""
    trialling.open_rfi(session, actor, rfi_id)
    trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if not summarised(session, trial_id).stands:
        raise Refused("There is no summary to take back.")
    _keep(session, clock, actor, rfi_id, trial_id, Summarised(), "summary_taken_back", seen)


def _keep(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    wanted: Summarised,
    action: str,
    seen: int,
) -> Summarised:
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if wanted.stands:
        consenting.demand(session, subject)
    present = summarised(session, trial_id)
    if _matter(wanted) == _matter(present):
        return present
    if seen != present.version:
        raise drafting.Stale
    locking.refuse_opened(session, rfi_id)
    row = TrialSummary(
        organisation_id=actor.organisation_id,
        trial_id=trial_id,
        version=present.version + 1,
        source=wanted.source,
        calls=wanted.calls,
        means={id: {"mean": json_number(one.mean), "n": one.n} for id, one in wanted.means.items()},
        critical_errors=wanted.critical_errors,
        stated_by=actor.name[:200],
        stated_at=clock(),
    )
    session.add(row)
    session.flush()
    auditing.append(
        session,
        actor,
        row.stated_at,
        action,
        "trial",
        trial_id,
        rfi_id=rfi_id,
        assessment_id=subject.assessment_id,
        vendor=subject.name,
        source=wanted.source or present.source,
        version=row.version,
    )
    judging.again(session, clock, rfi_id, subject.assessment_id)
    return of_row(row)


def _matter(one: Summarised) -> tuple[object, ...]:
    return one.source, one.calls, dict(one.means), one.critical_errors


def read(typed: Mapping[str, Any], scorecard: Scorecard, language: str = "en") -> Summarised:
    """What was typed, by control: `source`, `calls`, `critical_errors`, `mean-<id>`, `n-<id>`."""
    faults: dict[str, str] = {}
    source = ""
    try:
        source = clean(typed.get("source", ""), CELL_LIMIT, language, lines=False)
    except AnswerFault as fault:
        faults["source"] = fault.sentence
    if not source and "source" not in faults:
        faults["source"] = worded("Say who worked these means out.")
    calls = _count(typed, "calls", faults, language)
    if calls is None and "calls" not in faults:
        faults["calls"] = worded("Write how many calls were rated.")
    critical = _count(typed, "critical_errors", faults, language)
    means = {
        one.id: told
        for one in scorecard.criteria
        if (told := _told(typed, one.id, calls, faults, language)) is not None
    }
    if not means and not faults:
        faults[f"mean-{scorecard.criteria[0].id}"] = worded(
            "Enter the mean of at least one criterion."
        )
    if faults:
        raise Invalid(faults)
    return Summarised(source=source, calls=calls, means=means, critical_errors=critical)


def _count(
    typed: Mapping[str, Any], name: str, faults: dict[str, str], language: str
) -> int | None:
    text = str(typed.get(name, "")).strip()
    value = number(text, _CALLS, name, faults, language) if text else None
    return None if value is None else int(value)


def _told(
    typed: Mapping[str, Any], id: str, calls: int | None, faults: dict[str, str], language: str
) -> Told | None:
    """One criterion; without a number of its own it was seen in all calls."""
    text = str(typed.get(f"mean-{id}", "")).strip()
    n = _count(typed, f"n-{id}", faults, language)
    if not text:
        if n is not None:
            faults[f"mean-{id}"] = worded("Write the mean too, or leave the number of calls empty.")
        return None
    try:
        mean = parse_number(text, language)
    except AnswerFault as fault:
        faults[f"mean-{id}"] = fault.sentence
        return None
    if not LOWEST_MARK <= mean <= HIGHEST_MARK:
        faults[f"mean-{id}"] = worded(
            "Write a mean from {least} to {most}.", least=LOWEST_MARK, most=HIGHEST_MARK
        )
        return None
    if n is not None and calls is not None and n > calls:
        faults[f"n-{id}"] = worded(
            "It cannot be seen in more calls than the {n} that were rated.", n=calls
        )
    return Told(mean, n if n is not None else calls or 0)
