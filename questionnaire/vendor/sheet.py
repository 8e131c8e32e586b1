"""The questionnaire as a spreadsheet."""

from __future__ import annotations

import io
from uuid import UUID

from flask import request, send_file
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.services import resuming, sheet_making
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint


@blueprint.get("/assessment/<uuid:assessment_id>/questionnaire.xlsx")
def sheet(assessment_id: UUID) -> Response:
    """Everything that is asked, with the answers so far, or without any (`?empty=1`)."""
    reached = gate.reached()
    empty = bool(request.args.get("empty"))
    kept = {} if empty else resuming.draft(edge.database.session, assessment_id)
    content = sheet_making.make(reached, gate.questionnaire(), kept, edge.now())
    return send_file(
        io.BytesIO(content),
        mimetype=sheet_making.MEDIA_TYPE,
        as_attachment=True,
        download_name=sheet_making.file_name(reached),
        max_age=0,
    )
