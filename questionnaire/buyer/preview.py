"""The step *Preview*: the questionnaire exactly as a vendor will see it, to be read only."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from questionnaire import controls
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, show
from questionnaire.buyer.vendors import languages_offered
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, drafting
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import questionnaire_of


@blueprint.get("/<uuid:rfi_id>/preview")
@blueprint.get("/<uuid:rfi_id>/preview/<section_id>")
def preview(rfi_id: UUID, section_id: str | None = None) -> Page:
    """One section with every control in it, switched off."""
    session = database.session
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    questionnaire = questionnaire_of(session, rfi.id, rfi.version)
    if section_id is not None and section_id not in questionnaire.sections_by_id:
        raise Missing(section_id)
    chosen = section_id or next(iter(questionnaire.sections_by_id), "")
    shown_in = request.args.get("language", "")
    speech = shown_in if shown_in in dict(languages_offered()) else language()
    context = {
        "questionnaire": questionnaire,
        "chosen": questionnaire.sections_by_id.get(chosen),
        "speech": speech,
        "offered": languages_offered(),
        "controls": controls.section_html(
            questionnaire, chosen, {}, language=speech, read_only=True
        )
        if chosen
        else "",
    }
    if rfi.state == "draft":
        return show("buyer/preview.html", rfi, "preview", **context)
    head = boarding.head(session, rfi.organisation_id, rfi.id)
    return render_template("buyer/preview_sent.html", rfi=head, **context)
