"""The trials of the demo: figures from a fictional laboratory, and a plan that is not held yet.

The case tells means and not single marks, so they come in as what they are: a summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from questionnaire.core.plans import TIME_BANDS, spoken_names, suggestion
from questionnaire.demo.stage import Stage, the_case
from questionnaire.services import (
    appointing,
    consenting,
    drafting,
    measuring,
    planning,
    summarising,
    trialling,
)

_LABORATORY = "Fairlight Listening Lab (fictional)"
_HELD = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
#: What every vendor of the demo signed before anybody called it.
_CONSENT = {
    "given_by": "Head of operations (fictional)",
    "given_on": "2026-11-02",
    "note": "Signed letter on test calls and their recording (fictional)",
}
#: Who rates the round that is under way: name, address, languages of the calls.
_RATERS = (
    ("Nora Hale (fictional)", "nora.hale@listeners.example", ""),
    ("Luis Ortega (fictional)", "luis.ortega@listeners.example", "Spanish"),
)


def held_trials(stage: Stage, rfi_id: UUID, assessments: Mapping[str, UUID]) -> None:
    """Every vendor of the judged round was tried by a laboratory; the drill was measured."""
    stage.clock.present = _HELD
    for code, assessment_id in assessments.items():
        told = the_case()["vendors"][code]["trial"]
        trial_id = trialling.begin(stage.session, stage.clock, stage.buyer, rfi_id, assessment_id)
        at = (stage.session, stage.clock, stage.buyer, rfi_id, trial_id)
        consenting.state(*at, _CONSENT, seen=0)
        summarising.state(*at, _summary(told), seen=0)
        measuring.state(*at, _figures(told), seen=0)


def _summary(told: Mapping[str, Any]) -> dict[str, str]:
    means = {f"mean-{id}": str(mean) for id, mean in told["criteria"].items()}
    return means | {
        "source": _LABORATORY,
        "calls": str(told["n"]),
        "critical_errors": str(told["critical_security"]),
    }


def _figures(told: Mapping[str, Any]) -> dict[str, str]:
    hours = told["drill_h"]
    return {
        "contacts": str(told["n"]),
        "agents": str(told["agents"]),
        "aht": str(told["aht"]),
        "fcr": str(told["fcr"]),
        "csat": str(told["csat"]),
        "drill": "not_done" if hours is None else "done",
        "drill_hours": "" if hours is None else str(hours),
    }


def planned_trials(stage: Stage, rfi_id: UUID, assessment_id: UUID) -> None:
    """One vendor and the own team are planned alike, and two people have their links."""
    session, clock, buyer = stage.session, stage.clock, stage.buyer
    rfi = drafting.rfi_of(session, buyer.organisation_id, rfi_id)
    wish = suggestion(the_case()["buyer"], trialling.scorecard_of(session, rfi))
    for tried, calibration in ((assessment_id, 3), (None, 0)):
        trial_id = trialling.begin(session, clock, buyer, rfi_id, tried)
        typed = {
            "scenarios": wish.scenarios,
            "languages": spoken_names(wish.languages),
            "bands": TIME_BANDS[:3],
            "each": str(wish.each),
            "calibration": str(calibration),
        }
        if tried is not None:
            consenting.state(session, clock, buyer, rfi_id, trial_id, _CONSENT, seen=0)
        planning.plan(session, clock, buyer, rfi_id, trial_id, typed, seen=0)
    for name, email, languages in _RATERS:
        typed = {"name": name, "email": email, "language": "en", "languages": languages}
        appointing.appoint(session, clock, stage.links, buyer, rfi_id, typed)
