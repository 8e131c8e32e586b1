"""One vendor's assessment: every judgement by section, its flags, and who did what."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.phrasing import why
from questionnaire.reviewer.place import Place
from questionnaire.services import overlooking, trailing
from questionnaire.services.filtering import id_of


@blueprint.get("/assessments/<uuid:assessment_id>")
def assessment(assessment_id: UUID) -> str:
    member, session = current(), edge.database.session
    seen = overlooking.overlook(session, member.organisation_id, member.user_id, assessment_id)
    trail = trailing.trail(
        session,
        member.organisation_id,
        assessment_id=assessment_id,
        before=id_of(request.args.get("before")),
    )
    return render_template(
        "reviewer/assessment.html",
        seen=seen,
        speech=language(),
        trail=trail,
        why=why,
        wanted_section=request.args.get("section"),
        place=Place.here(),
        me=member.user_id,
    )
