"""The audit trail of the organisation, of one RFI or of one assessment."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request

from questionnaire.accounts import current
from questionnaire.admin.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import trailing


@blueprint.get("/audit")
def audit() -> str:
    """Who changed what and when, the newest first."""
    me, session = current(), database.session
    rfi_id, assessment_id = _id("rfi"), _id("assessment")
    subjects = trailing.subjects(
        session, me.organisation_id, rfi_id=rfi_id, assessment_id=assessment_id
    )
    trail = trailing.trail(
        session,
        me.organisation_id,
        rfi_id=rfi_id,
        assessment_id=assessment_id,
        before=_id("before"),
    )
    return render_template(
        "admin/audit.html", trail=trail, subjects=subjects, assessment_id=assessment_id
    )


def _id(name: str) -> UUID | None:
    typed = request.args.get(name, "")
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        abort(404)
