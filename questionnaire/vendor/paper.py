"""The questionnaire to be read before it is begun, and copies to be kept."""

from __future__ import annotations

import io
from uuid import UUID

from flask import send_file
from flask_babel import gettext as _
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.controls.frames import framed
from questionnaire.services import copying
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import own
from questionnaire.vendor.words import in_zone


@blueprint.get("/assessment/<uuid:assessment_id>/questions")
def questions(assessment_id: UUID) -> str:
    """Every question on one page, with nothing to fill in."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    fixed = {
        "reached": reached,
        "questionnaire": questionnaire,
        "paper": copying.blank(questionnaire, reached.language),
    }
    return framed("vendor/questions.html", (*reached.alike, reached.state), fixed, own())


@blueprint.get("/assessment/<uuid:assessment_id>/questions.pdf")
def questions_pdf(assessment_id: UUID) -> Response:
    """The same as a file."""
    made = copying.blank_pdf(gate.questionnaire(), gate.reached().language)
    return _file(made, _("Questionnaire"))


@blueprint.get("/assessment/<uuid:assessment_id>/answers.pdf")
def answers_pdf(assessment_id: UUID) -> Response:
    """The vendor's own answers as they stand now."""
    reached = gate.reached()
    when = in_zone(reached.submitted_at, reached.time_zone) if reached.submitted_at else ""
    made = copying.answered_pdf(
        edge.database.session, reached, gate.questionnaire(), when, edge.now().date()
    )
    return _file(made, _("Answers"))


def _file(content: bytes, called: str) -> Response:
    name = f"{called} - {gate.reached().title}"[:120]
    plain = secure_filename(name) or "questionnaire"
    return send_file(
        io.BytesIO(content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{plain}.pdf",
        max_age=0,
    )
