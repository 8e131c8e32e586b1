"""A buyer's decision past the gate, as a reviewer sees it who is asked to agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting
from questionnaire.reviewer.lock_views import Reply
from questionnaire.services import choosing, reading_decisions, standing
from questionnaire.services.faults import Refused

OPTIONS = {
    "vendor": _l("for the whole service"),
    "hybrid": _l("for a part of the service"),
}
DONE = {
    "agree": _l("You agreed: the decision stands."),
    "end": _l("The decision does not stand. It stays in the buyer's list."),
}


@blueprint.get("/reviews/<uuid:rfi_id>/decision")
def decision(rfi_id: UUID) -> Reply:
    return _page(rfi_id)


@blueprint.post("/reviews/<uuid:rfi_id>/decision/<uuid:decision_id>")
def settle_decision(rfi_id: UUID, decision_id: UUID) -> Reply:
    """Agree to the decision that waits, or decline it."""
    steps: dict[str, Callable[..., None]] = {"agree": choosing.agree, "end": choosing.end}
    step = request.form.get("step", "")
    session, organisation_id = edge.database.session, current().organisation_id
    reading_decisions.one(session, organisation_id, rfi_id, decision_id)
    try:
        if step not in steps:
            raise Refused(_("Choose one of the steps on the page."))
        steps[step](*acting(), rfi_id, decision_id)
    except Refused as fault:
        return _page(rfi_id, {"decision": fault.sentence}), 409
    flash(str(DONE[step]), "success")
    return redirect(url_for("reviewer.review", rfi_id=rfi_id), 303)


def _page(rfi_id: UUID, faults: Mapping[str, str] | None = None) -> str:
    session, member = edge.database.session, current()
    return render_template(
        "reviewer/decision.html",
        review=standing.review(session, member.organisation_id, rfi_id),
        waiting=reading_decisions.ledger(session, member.organisation_id, rfi_id).waiting,
        option_words=OPTIONS,
        me=member.user_id,
        faults=faults or {},
    )
