"""Asking the vendor about a finding that only asks, from the page of its assessment."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting
from questionnaire.reviewer.assessment_views import page
from questionnaire.reviewer.lock_views import Reply
from questionnaire.reviewer.place import Place
from questionnaire.services import confirming
from questionnaire.services.faults import Invalid, Refused


@blueprint.post("/assessments/<uuid:assessment_id>/clarify")
def clarify(assessment_id: UUID) -> Reply:
    """Ask in the words that were typed; what is wrong comes back in its form."""
    session, clock, actor = acting()
    names = ("finding", "question", "remark")
    typed = {name: request.form.get(name, "") for name in names}
    where = (session, clock, edge.links(), actor, assessment_id)
    try:
        confirming.ask(*where, *typed.values())
    except Invalid as fault:
        return page(assessment_id, typed, fault.faults), 422
    except Refused as refusal:
        return page(assessment_id, typed, {"clarify": refusal.sentence}), 409
    flash(_("The vendor was asked; the question is open for it again."), "success")
    return _back(assessment_id)


@blueprint.post("/assessments/<uuid:assessment_id>/clarify/<uuid:clarification_id>/take-back")
def take_back_clarification(assessment_id: UUID, clarification_id: UUID) -> Reply:
    """The vendor need not answer any more."""
    try:
        confirming.take_back(*acting(), assessment_id, clarification_id)
    except Refused as refusal:
        return page(assessment_id, {}, {"clarify": refusal.sentence}), 409
    flash(_("The question to the vendor is taken back."), "success")
    return _back(assessment_id)


def _back(assessment_id: UUID) -> Reply:
    here = Place.here().to("reviewer.assessment", assessment_id=assessment_id)
    return redirect(f"{here}#clarify", 303)
