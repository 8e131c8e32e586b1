"""The report of an RFI: the page that explains every verdict line by line."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.core.report import words
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, reporting


@blueprint.get("/<uuid:rfi_id>/report")
def report(rfi_id: UUID) -> str:
    """As of today; of a draft there is none, as of a stranger's RFI."""
    session, member = database.session, current()
    found = reporting.report(session, member.organisation_id, rfi_id, edge.now(), language())
    return render_template(
        "buyer/report.html",
        rfi=boarding.head(session, member.organisation_id, rfi_id),
        report=found,
        shown=lambda value, holds: words.shown(value, holds, language()),
        reviews="reviewer" in member.roles,
    )
