"""One vendor's assessment: every judgement by section, its flags, and who did what."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import render_template, request

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.phrasing import why
from questionnaire.reviewer.place import Place
from questionnaire.reviewer.worse import worse_words
from questionnaire.services import confirming, overlooking, trailing
from questionnaire.services.clarifying import REMARK_LIMIT
from questionnaire.services.filtering import id_of


@blueprint.get("/assessments/<uuid:assessment_id>")
def assessment(assessment_id: UUID) -> str:
    return page(assessment_id)


def page(
    assessment_id: UUID,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    """The page; with what was typed into one of its forms, and what was wrong with it."""
    member, session = current(), edge.database.session
    seen = overlooking.overlook(session, member.organisation_id, member.user_id, assessment_id)
    trail = trailing.trail(
        session,
        member.organisation_id,
        assessment_id=assessment_id,
        before=id_of(request.args.get("before")),
    )
    asking = confirming.to_clarify(
        session, member.organisation_id, assessment_id, edge.now().date(), language()
    )
    return render_template(
        "reviewer/assessment.html",
        seen=seen,
        asking=asking,
        typed=typed or {},
        faults=faults or {},
        remark_limit=REMARK_LIMIT,
        speech=language(),
        trail=trail,
        why=why,
        worse_words=worse_words,
        wanted_section=request.args.get("section"),
        place=Place.here(),
        me=member.user_id,
    )
