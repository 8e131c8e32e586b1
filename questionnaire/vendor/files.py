"""A vendor's own files, handed back as they came in."""

from __future__ import annotations

import io
from uuid import UUID

from flask import send_file
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.services import keeping
from questionnaire.services.faults import Missing
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint


@blueprint.get("/assessment/<uuid:assessment_id>/files/<uuid:evidence_id>")
def file(assessment_id: UUID, evidence_id: UUID) -> Response:
    """Download one file; never shown inside the page, whatever it holds."""
    evidence, content = keeping.read_own(
        edge.database.session,
        keeping.store_at(edge.settings().evidence_url),
        gate.reached().organisation_id,
        assessment_id,
        evidence_id,
    )
    if evidence.question_id not in gate.questionnaire().questions:
        raise Missing(evidence_id)
    return send_file(
        io.BytesIO(content),
        mimetype=evidence.content_type,
        as_attachment=True,
        download_name=evidence.name,
        max_age=0,
    )
