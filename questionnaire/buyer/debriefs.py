"""Telling vendors what was found: looked at first, then released, each vendor by itself."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.edge import database
from questionnaire.services import boarding, debriefing
from questionnaire.services.faults import Refused


@blueprint.get("/<uuid:rfi_id>/debriefs")
def debriefs(rfi_id: UUID) -> str:
    """Who was told, and who could be."""
    session, organisation_id = database.session, current().organisation_id
    return render_template(
        "buyer/debriefs.html",
        rfi=boarding.head(session, organisation_id, rfi_id),
        lines=debriefing.lines(session, organisation_id, rfi_id),
    )


@blueprint.get("/<uuid:rfi_id>/debriefs/<uuid:assessment_id>")
def debrief(rfi_id: UUID, assessment_id: UUID) -> str:
    """What one vendor will read, word by word."""
    return _page(rfi_id, assessment_id)


@blueprint.post("/<uuid:rfi_id>/debriefs/<uuid:assessment_id>")
def release_debrief(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Let the vendor read it; who did it goes into the audit trail."""
    actor = current().actor()
    where = (rfi_id, assessment_id)
    try:
        debriefing.release(database.session, edge.clock(), edge.links(), actor, *where)
    except Refused as fault:
        return _page(rfi_id, assessment_id, fault.sentence), 409
    flash(_("The vendor can read it now, and was told so by mail."), "success")
    return redirect(url_for("buyer.debriefs", rfi_id=rfi_id), 303)


def _page(rfi_id: UUID, assessment_id: UUID, refused: str = "") -> str:
    session, organisation_id = database.session, current().organisation_id
    where = (organisation_id, rfi_id, assessment_id)
    return render_template(
        "buyer/debrief.html",
        rfi=boarding.head(session, organisation_id, rfi_id),
        found=debriefing.preview(session, *where, edge.now()),
        faults={"release": refused} if refused else {},
    )
