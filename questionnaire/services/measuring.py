"""Measuring: what the buyer's own telephony and the drill showed, in versions that all stay."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import json_number, parse_number
from questionnaire.core.phrases import worded
from questionnaire.models import TrialFigures
from questionnaire.models.trials import DRILLS
from questionnaire.services import auditing, drafting, judging, locking, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid
from questionnaire.services.measured import Measured, measured, of_row


class Bounds(NamedTuple):
    """What a figure can be: from 0 to `most`, a whole number where `whole`."""

    most: int
    whole: bool = False


DRILL_HOURS = "drill_hours"
#: What a control sends for a drill of which nobody knows yet.
UNKNOWN = "unknown"
#: Every figure that can be measured. None has to be: what is absent is not known.
FIGURES: Final[Mapping[str, Bounds]] = {
    "contacts": Bounds(1_000_000, whole=True),
    "agents": Bounds(100_000, whole=True),
    "waiting": Bounds(86_400),
    "aht": Bounds(86_400),
    "fcr": Bounds(100),
    "csat": Bounds(100),
    "abandon": Bounds(100),
    DRILL_HOURS: Bounds(1_000),
}


def state(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, str],
    *,
    seen: int,
    language: str = "en",
) -> Measured:
    """Keep the figures as a new version; Stale when somebody else did since, Invalid by control."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    present = measured(session, trial_id)
    figures, drill = read(typed, language)
    if (figures, drill) == (dict(present.figures), present.drill):
        return present
    if seen != present.version:
        raise drafting.Stale
    locking.refuse_opened(session, rfi_id)
    row = TrialFigures(
        organisation_id=rfi.organisation_id,
        trial_id=trial_id,
        version=present.version + 1,
        figures={name: json_number(value) for name, value in figures.items()},
        drill=drill,
        stated_by=actor.name[:200],
        stated_at=clock(),
    )
    session.add(row)
    session.flush()
    changed = [one for one in FIGURES if figures.get(one) != present.figures.get(one)]
    auditing.append(
        session,
        actor,
        row.stated_at,
        "measured",
        "trial",
        trial_id,
        rfi_id=rfi.id,
        assessment_id=subject.assessment_id,
        vendor=subject.name,
        figures=changed + (["drill"] if drill != present.drill else []),
        version=row.version,
    )
    judging.again(session, clock, rfi.id, subject.assessment_id)
    return of_row(row)


def read(typed: Mapping[str, Any], language: str = "en") -> tuple[dict[str, Decimal], str | None]:
    """Figures and the drill's outcome; what was left empty is not known."""
    faults: dict[str, str] = {}
    figures: dict[str, Decimal] = {}
    for name, bounds in FIGURES.items():
        text = str(typed.get(name, "")).strip()
        if text and (value := number(text, bounds, name, faults, language)) is not None:
            figures[name] = value
    drill = str(typed.get("drill") or "").removeprefix(UNKNOWN)
    if drill and drill not in DRILLS:
        faults["drill"] = worded("Choose one of the outcomes shown.")
    if drill == "done" and DRILL_HOURS not in figures and DRILL_HOURS not in faults:
        faults[DRILL_HOURS] = worded(
            "Write how many hours it took until 80 % of capacity was back."
        )
    if drill != "done" and DRILL_HOURS in figures:
        faults["drill"] = worded("Say that the drill was done, or leave its hours empty.")
    if faults:
        raise Invalid(faults)
    return figures, drill or None


def number(
    text: str, bounds: Bounds, name: str, faults: dict[str, str], language: str
) -> Decimal | None:
    """A figure within its bounds; None with a sentence in `faults` when it is none."""
    try:
        value = parse_number(text, language)
    except AnswerFault as fault:
        faults[name] = fault.sentence
        return None
    if not 0 <= value <= bounds.most or (bounds.whole and value != value.to_integral_value()):
        sort = "a whole number" if bounds.whole else "a number"
        faults[name] = f"Write {sort} from 0 to {bounds.most:,}."
        return None
    return value
