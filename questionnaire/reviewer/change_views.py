"""The second person for other requirements: what is proposed, what it would do, agreeing to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting
from questionnaire.services import anticipating, drafting, foreseeing, standing
from questionnaire.services.faults import Invalid, Refused

Reply = str | Response | tuple[str, int]


@blueprint.get("/reviews/<uuid:rfi_id>/requirements")
def requirement_change(rfi_id: UUID) -> Reply:
    """What waits for a second person in this RFI."""
    return _page(rfi_id, {})


@blueprint.post("/reviews/<uuid:rfi_id>/requirements")
def change_requirements(rfi_id: UUID) -> Reply:
    """Agree to it, or decline it."""
    try:
        number = _step(rfi_id)
    except Invalid as fault:
        return _page(rfi_id, fault.faults), 422
    except Refused as fault:
        return _page(rfi_id, {"change": fault.sentence}), 409
    if number is None:
        flash(_("The proposal has ended. The requirements stay as they are."), "success")
    else:
        flash(_("Version %(n)s is published, and everybody was judged on it.", n=number), "success")
    return redirect(url_for("reviewer.review", rfi_id=rfi_id), 303)


def _step(rfi_id: UUID) -> int | None:
    with edge.reading() as session:
        actor = current().actor()
        known = anticipating.step_ahead(session, edge.clock(), actor, rfi_id, request.form)
    return foreseeing.step(*acting(), rfi_id, request.form, known=known)


def _page(rfi_id: UUID, faults: Mapping[str, str]) -> str:
    session, member = edge.database.session, current()
    review = standing.review(session, member.organisation_id, rfi_id)
    rfi = drafting.rfi_of(session, member.organisation_id, rfi_id)
    return render_template(
        "reviewer/requirement_change.html",
        review=review,
        faults=faults,
        me=member.user_id,
        **foreseeing.foresee(session, rfi, edge.now(), language()),
    )
