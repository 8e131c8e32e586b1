"""Around a trial: the vendor's written consent before it, and its one repeat after a failure."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.trials import frame, reached_rfi, result_page
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import consenting, drafting, repeating
from questionnaire.services.faults import Invalid


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>/consent")
def consent(rfi_id: UUID, trial_id: UUID) -> Page:
    """The consent as it was recorded, or what to record."""
    return _consent(rfi_id, trial_id, None, {})


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/consent")
def state_consent(rfi_id: UUID, trial_id: UUID) -> Page:
    """Keep the consent as a new version."""
    typed = {name: request.form.get(name, "") for name in consenting.FIELDS}
    at = (database.session, edge.clock(), current().actor(), rfi_id, trial_id)
    seen = request.form.get("seen", type=int, default=-1)
    try:
        consenting.state(*at, typed, seen=seen, language=language())
    except Invalid as fault:
        return _consent(rfi_id, trial_id, typed, fault.faults), 422
    except drafting.Stale as fault:
        return _consent(rfi_id, trial_id, typed, {}, fault.sentence), 409
    flash(_("Saved."), "success")
    return redirect(url_for("buyer.trial_plan", rfi_id=rfi_id, trial_id=trial_id), 303)


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/repeat")
def repeat_trial(rfi_id: UUID, trial_id: UUID) -> Page:
    """Begin the one repeat of a trial that was failed."""
    at = (database.session, edge.clock(), current().actor(), rfi_id, trial_id)
    fix = request.form.get("fix", "")
    try:
        repeat_id = repeating.repeat(*at, fix, language())
    except Invalid as fault:
        return result_page(rfi_id, trial_id, fix, fault.faults), 422
    flash(_("The repeat is begun. Record the consent to it, then plan its calls."), "success")
    return redirect(url_for("buyer.consent", rfi_id=rfi_id, trial_id=repeat_id), 303)


def _consent(
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, str] | None,
    faults: Mapping[str, str],
    stale: str = "",
) -> str:
    kept = consenting.consent(database.session, trial_id)
    boxes = {
        "given_by": kept.given_by,
        "given_on": kept.given_on.isoformat() if kept.given_on else "",
        "note": kept.note,
    }
    return render_template(
        "buyer/trial_consent.html",
        **frame(reached_rfi(rfi_id), trial_id),
        kept=kept,
        typed=boxes if typed is None else typed,
        theirs={name: one for name, one in boxes.items() if stale and typed and one != typed[name]},
        faults=faults,
        stale=stale,
    )
