"""The plan of a trial: suggested from the brief, laid out, corrected, taken along as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.trials import frame, reached_rfi
from questionnaire.core.plans import (
    CALIBRATION_CALLS,
    LEAST_AGENTS,
    Wish,
    off_for_half,
    shortfalls,
    spoken_names,
    suggestion,
)
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import altering, consenting, exporting, gathering, planning, trialling
from questionnaire.services.faults import Invalid
from questionnaire.services.gathering import Gathered

PLAIN = ("languages", "each", "calibration")


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>/plan")
def trial_plan(rfi_id: UUID, trial_id: UUID) -> Page:
    """The calls that are planned, and what to add."""
    return _page(rfi_id, trial_id, None, {})


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/plan")
def plan_calls(rfi_id: UUID, trial_id: UUID) -> Page:
    """Add calls; the same page sent twice adds them once."""
    typed = _typed()
    try:
        added = planning.plan(
            database.session,
            edge.clock(),
            current().actor(),
            rfi_id,
            trial_id,
            typed,
            seen=request.form.get("seen", type=int, default=-1),
            language=language(),
        )
    except Invalid as fault:
        return _page(rfi_id, trial_id, typed, fault.faults), 422
    if added:
        flash(ngettext("%(num)s call is planned.", "%(num)s calls are planned.", added), "success")
    else:
        flash(_("The plan had changed meanwhile: nothing was added. Look, then press again."),
              "warning")  # fmt: skip
    return _to_plan(rfi_id, trial_id)


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/calls")
def change_calls(rfi_id: UUID, trial_id: UUID) -> Page:
    """What was pressed, for the calls that are ticked."""
    codes = planning.codes_typed(request.form.getlist("call"))
    wanted = (database.session, edge.clock(), current().actor(), rfi_id, trial_id, codes)
    if request.form.get("do") == "remove":
        removed = planning.remove(*wanted)
        said = ngettext("%(num)s call is off the plan.", "%(num)s calls are off the plan.",
                        removed.gone)  # fmt: skip
        if removed.rated:
            said += " " + ngettext(
                "%(num)s call stays: somebody has begun to rate it.",
                "%(num)s calls stay: somebody has begun to rate them.",
                removed.rated,
            )
        flash(said, "success" if removed.gone else "warning")
    elif request.form.get("do") in ("off", "on"):
        altering.alter(*wanted, unaltered=request.form.get("do") == "off")
        flash(_("Saved."), "success")
    else:
        planning.calibrate(*wanted, calibration=request.form.get("do") == "calibrate")
        flash(_("Saved."), "success")
    return _to_plan(rfi_id, trial_id)


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>/calls.csv")
def calls_csv(rfi_id: UUID, trial_id: UUID) -> Response:
    """The planned calls for whoever makes them."""
    rfi = reached_rfi(rfi_id)
    context = frame(rfi, trial_id)
    scorecard = trialling.scorecard_of(database.session, rfi)
    calls = gathering.of_trial(database.session, trial_id).calls
    name = "own-team" if context["subject"].vendor is None else "trial"
    return Response(
        exporting.calls_csv(calls, scorecard, language()),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}-calls.csv"'},
    )


def _to_plan(rfi_id: UUID, trial_id: UUID) -> Page:
    return redirect(url_for("buyer.trial_plan", rfi_id=rfi_id, trial_id=trial_id), 303)


def _typed() -> dict[str, Any]:
    plain = {name: request.form.get(name, "") for name in PLAIN}
    return plain | {name: request.form.getlist(name) for name in ("scenarios", "bands")}


def _page(
    rfi_id: UUID, trial_id: UUID, typed: Mapping[str, Any] | None, faults: Mapping[str, str]
) -> str:
    rfi = reached_rfi(rfi_id)
    context = frame(rfi, trial_id)
    scorecard = context["scorecard"]
    gathered = gathering.of_trial(database.session, trial_id)
    suggested = suggestion(rfi.brief, scorecard) if scorecard else None
    return render_template(
        "buyer/trial_plan.html",
        **context,
        gathered=gathered,
        rated=_rated(gathered),
        warnings=[
            *shortfalls([one.slot for one in gathered.scored], rfi.brief, scorecard, language()),
            *off_for_half([one.unaltered for one in gathered.scored], language()),
        ]
        if scorecard and gathered.calls
        else [],
        consented=context["subject"].vendor is None
        or consenting.consent(database.session, trial_id).given,
        typed=typed or (_suggested(suggested, gathered) if suggested else {}),
        faults=faults,
        least_agents=LEAST_AGENTS,
    )


def _rated(gathered: Gathered) -> dict[str, int]:
    """By code: how many people have finished the call."""
    found: dict[str, int] = {}
    for one in gathered.finished:
        found[one.call] = found.get(one.call, 0) + 1
    return found


def _suggested(wish: Wish, gathered: Gathered) -> dict[str, Any]:
    """What the controls hold at first: the brief's wish, or what was planned; calibration once."""
    slots = [one.slot for one in gathered.calls]
    return {
        "scenarios": {one.scenario for one in slots} or wish.scenarios,
        "languages": spoken_names(
            list(dict.fromkeys(one.language for one in slots)) or wish.languages, language()
        ),
        "bands": {one.band for one in slots} or wish.bands,
        "each": wish.each,
        "calibration": 0 if slots else CALIBRATION_CALLS,
    }
