"""Locking the review of an RFI: who proposes, who agrees, and ending it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting
from questionnaire.services import choosing, locking, publishing, standing
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.filtering import id_of

Reply = str | Response | tuple[str, int]

DONE = {
    "propose": _l("You proposed to lock the review. A second person has to agree."),
    "agree": _l("The review is locked: the buyer can open the prices now."),
    "take_back": _l("The proposal is taken back."),
    "propose_end": _l("You proposed to end the lock. A second person has to agree."),
    "agree_end": _l("The lock has ended: flags can be decided again, and prices are sealed."),
    "keep": _l("The lock stands as before."),
}


@blueprint.get("/reviews")
def reviews() -> str:
    """Every RFI that somebody has answered, and whether its review is locked."""
    found = standing.rounds(edge.database.session, current().organisation_id)
    return render_template("reviewer/reviews.html", rounds=found)


@blueprint.get("/reviews/<uuid:rfi_id>")
def review(rfi_id: UUID) -> Reply:
    return _page(rfi_id)


@blueprint.post("/reviews/<uuid:rfi_id>")
def change_lock(rfi_id: UUID) -> Reply:
    """Take the step that the pressed button names."""
    step = request.form.get("step", "")
    take = _steps(rfi_id).get(step)
    try:
        if take is None:
            raise Refused("Choose one of the steps on the page.")
        take()
    except Invalid as fault:
        return _page(rfi_id, fault.faults), 422
    except Refused as fault:
        return _page(rfi_id, {"lock": fault.sentence}), 409
    flash(str(DONE[step]), "success")
    return redirect(url_for("reviewer.review", rfi_id=rfi_id), 303)


def _steps(rfi_id: UUID) -> Mapping[str, Callable[[], None]]:
    standing.review(edge.database.session, current().organisation_id, rfi_id)  # or 404
    lock_id = id_of(request.form.get("lock")) or rfi_id
    reason = request.form.get("reason", "")
    return {
        "propose": lambda: locking.propose(*acting(), rfi_id),
        "agree": lambda: locking.agree(*acting(), rfi_id, lock_id),
        "take_back": lambda: locking.take_back(*acting(), rfi_id, lock_id),
        "propose_end": lambda: locking.propose_end(*acting(), rfi_id, lock_id, reason),
        "agree_end": lambda: locking.agree_end(*acting(), rfi_id, lock_id),
        "keep": lambda: locking.keep(*acting(), rfi_id, lock_id),
    }


def _page(rfi_id: UUID, faults: Mapping[str, str] | None = None) -> str:
    found = standing.review(edge.database.session, current().organisation_id, rfi_id)
    return render_template(
        "reviewer/review.html",
        review=found,
        proposed=publishing.standing_change(edge.database.session, rfi_id) is not None,
        lock=found.lock,
        decision_waits=_decision_waits(rfi_id),
        me=current().user_id,
        faults=faults or {},
        reason=request.form.get("reason", ""),
        reason_limit=locking.REASON_LIMIT,
    )


def _decision_waits(rfi_id: UUID) -> bool:
    """Whether a buyer's decision past the gate waits for a second person."""
    return choosing.waiting(edge.database.session, rfi_id) is not None
