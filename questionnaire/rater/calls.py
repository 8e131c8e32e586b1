"""The list of calls, and rating one of them; works without JavaScript, on a phone first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.core.ratings import CRITICAL_CLASSES
from questionnaire.core.texts import COMMENT_LIMIT
from questionnaire.rater import gate
from questionnaire.rater.gate import blueprint
from questionnaire.services import locking, rating
from questionnaire.services.faults import Invalid
from questionnaire.services.marking import NOT_OBSERVED, NOTE_LIMIT, Marked
from questionnaire.services.rating import Closed, OneCall, Stale

Page = str | tuple[str, int] | Response

#: From so many criteria without a mark the page does not name each of them above.
MANY = 4


@blueprint.get("/rater/<uuid:rater_id>")
def calls(rater_id: UUID) -> Page:
    """Every call by its code, with how far it is."""
    found = rating.calls(edge.database.session, gate.admitted())
    return render_template(
        "rater/calls.html",
        admitted=gate.admitted(),
        calls=found,
        closed=locking.is_opened(edge.database.session, gate.admitted().rfi_id),
        first=[one for one in found if one.calibration and one.state != "finished"],
        open=[one for one in found if not one.calibration and one.state != "finished"],
        finished=[one for one in found if one.state == "finished"],
    )


@blueprint.get("/rater/<uuid:rater_id>/call/<code>")
def call(rater_id: UUID, code: str) -> Page:
    """One call with its marks so far."""
    found = rating.call(edge.database.session, gate.admitted(), code)
    return _page(found, _typed_from(found.marked), {})


@blueprint.post("/rater/<uuid:rater_id>/call/<code>")
def rate(rater_id: UUID, code: str) -> Page:
    """Keep the marks; a page that is behind shows both."""
    session, admitted, typed = edge.database.session, gate.admitted(), _typed()
    seen = request.form.get("seen", type=int, default=0)
    finish = request.form.get("go") != "later"
    try:
        kept = rating.rate(session, edge.clock(), admitted, code, typed, seen=seen, finish=finish)
    except Invalid as fault:
        found = rating.call(session, admitted, code)
        return _page(found, typed, fault.faults, seen=seen), 422
    except Stale as fault:
        return _page(fault.kept, typed, {}, stale=fault.sentence), 409
    except Closed as fault:
        found = rating.call(session, admitted, code)
        return _page(found, typed, {}, seen=seen, refused=fault.sentence), 409
    said = _("%(code)s is finished. Thank you.") if finish else _("%(code)s is kept for later.")
    flash(said % {"code": kept.code}, "success")
    return redirect(url_for("rater.calls", rater_id=rater_id), 303)


def _typed() -> dict[str, Any]:
    """What the controls sent: marks and notes by criterion and class."""
    marks = {
        name.removeprefix("mark-"): value
        for name, value in request.form.items()
        if name.startswith("mark-")
    }
    return {
        "marks": marks,
        "critical": request.form.getlist("critical"),
        "notes": {one: request.form.get(f"note-{one}", "") for one in CRITICAL_CLASSES},
        "comment": request.form.get("comment", ""),
    }


def _typed_from(marked: Marked) -> dict[str, Any]:
    return {
        "marks": {
            id: NOT_OBSERVED if mark is None else str(mark) for id, mark in marked.marks.items()
        },
        "critical": list(marked.critical),
        "notes": dict(marked.critical),
        "comment": marked.comment,
    }


def _summary(faults: Mapping[str, str]) -> dict[str, str]:
    """What the list above the page says: many criteria without a mark are one line of it."""
    unmarked = [name for name in faults if name.startswith("mark-")]
    if len(unmarked) < MANY:
        return dict(faults)
    sentence = _(
        "%(n)s criteria have no mark yet. Choose one, or “not observed”: to the first of them",
        n=len(unmarked),
    )
    rest = {name: one for name, one in faults.items() if name not in unmarked}
    return {unmarked[0]: str(sentence), **rest}


def _page(
    found: OneCall,
    typed: Mapping[str, Any],
    faults: Mapping[str, str],
    *,
    seen: int | None = None,
    stale: str = "",
    refused: str = "",
) -> str:
    """The page of one call; where nothing was saved, what stands there beside what was typed."""
    admitted = gate.admitted()
    return render_template(
        "rater/call.html",
        admitted=admitted,
        call=found,
        scorecard=rating.scorecard_of(edge.database.session, admitted),
        typed=typed,
        faults=faults,
        summary=_summary(faults),
        seen=found.version if seen is None else seen,
        stale=stale,
        refused=refused,
        closed=locking.is_opened(edge.database.session, admitted.rfi_id),
        theirs=_typed_from(found.marked) if stale or refused else None,
        token=edge.links().token("rater", admitted.link_id),
        limits={"note": NOTE_LIMIT, "comment": COMMENT_LIMIT},
    )
