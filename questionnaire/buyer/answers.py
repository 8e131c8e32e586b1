"""The answers of one vendor in one section, each beside what it was held against."""

from __future__ import annotations

import io
from uuid import UUID

from flask import Response, render_template, send_file

from questionnaire import controls, edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, comparing, keeping


@blueprint.get("/<uuid:rfi_id>/answers/<uuid:assessment_id>/<section_id>")
def answers(rfi_id: UUID, assessment_id: UUID, section_id: str) -> str:
    """Question, answer, evidence, and every requirement with its status; nothing that is sealed."""
    session, member, now = database.session, current(), edge.now()
    rfi, row = boarding.vendor_row(session, member.organisation_id, rfi_id, assessment_id, now)
    where = (member.organisation_id, rfi, row, section_id)
    page = comparing.section_page(session, *where, now.date())
    return render_template(
        "buyer/answers.html",
        rfi=rfi,
        row=row,
        page=page,
        today=now.date(),
        shown={
            one.question.id: controls.answer_html(one.question, one.answer, language())
            for one in page.compared
        },
    )


@blueprint.get("/<uuid:rfi_id>/evidence/<uuid:assessment_id>/<uuid:evidence_id>")
def evidence(rfi_id: UUID, assessment_id: UUID, evidence_id: UUID) -> Response:
    """One file that a vendor attached, to be saved and never shown in place."""
    session, member = database.session, current()
    boarding.vendor_row(session, member.organisation_id, rfi_id, assessment_id, edge.now())
    store = keeping.store_at(edge.settings().evidence_url)
    found, content = keeping.read(
        session, store, member.organisation_id, assessment_id, evidence_id
    )
    return send_file(
        io.BytesIO(content),
        mimetype=found.content_type,
        as_attachment=True,
        download_name=found.name,
        max_age=0,
    )
