"""The raters of an RFI: named, sent their links, followed; and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.trials import reached_rfi, scorecard_of
from questionnaire.buyer.vendors import languages_offered
from questionnaire.core.plans import CALIBRATION_CALLS, LEAST_RATERS
from questionnaire.core.ratings import GOOD_DIFFERENCE
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import appointing, calibrating, gathering
from questionnaire.services.faults import Invalid

COLUMNS = ("name", "email", "language", "languages")
#: So many differences are listed here; a page of a trial has all of its own.
MOST_APART = 60
BLANK = {"name": "", "email": "", "language": "en", "languages": ""}


@blueprint.get("/<uuid:rfi_id>/trial/raters")
def raters(rfi_id: UUID) -> Page:
    """Who rates, how far each is, and where they differ."""
    rfi = reached_rfi(rfi_id)
    if rfi.state == "draft":
        return redirect(url_for("buyer.board", rfi_id=rfi.id))
    return _page(rfi_id, BLANK, {})


@blueprint.post("/<uuid:rfi_id>/trial/raters")
def appoint_rater(rfi_id: UUID) -> Page:
    """Add a rater and mail the link."""
    typed = {name: request.form.get(name, "") for name in COLUMNS}
    actor = current().actor()
    try:
        appointing.appoint(
            database.session, edge.clock(), edge.links(), actor, rfi_id, typed, language=language()
        )
    except Invalid as fault:
        return _page(rfi_id, typed, fault.faults), 422
    flash(_("%(name)s can rate now; the link is on its way.", name=typed["name"]), "success")
    return _back(rfi_id)


@blueprint.post("/<uuid:rfi_id>/trial/raters/<uuid:rater_id>/mail")
def mail_rater(rfi_id: UUID, rater_id: UUID) -> Page:
    """Mail the same link once more."""
    after = request.form.get("after", type=int, default=0)
    actor = current().actor()
    appointing.mail_again(
        database.session, edge.clock(), edge.links(), actor, rfi_id, rater_id, after=after
    )
    flash(_("The link is on its way again."), "success")
    return _back(rfi_id)


@blueprint.post("/<uuid:rfi_id>/trial/raters/<uuid:rater_id>/renew")
def renew_rater(rfi_id: UUID, rater_id: UUID) -> Page:
    """End the present link and mail a new one."""
    appointing.renew(
        database.session,
        edge.clock(),
        edge.links(),
        current().actor(),
        rfi_id,
        rater_id,
        instead_of=request.form.get("link", type=UUID),
    )
    flash(_("There is a new link; the one before no longer works."), "success")
    return _back(rfi_id)


@blueprint.post("/<uuid:rfi_id>/trial/raters/<uuid:rater_id>/revoke")
def revoke_rater(rfi_id: UUID, rater_id: UUID) -> Page:
    """End the present link."""
    appointing.revoke(database.session, edge.clock(), current().actor(), rfi_id, rater_id)
    flash(_("The link no longer works. What was rated is kept and counts."), "success")
    return _back(rfi_id)


def _back(rfi_id: UUID) -> Page:
    return redirect(url_for("buyer.raters", rfi_id=rfi_id), 303)


def _page(rfi_id: UUID, typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    rfi = reached_rfi(rfi_id)
    scorecard = scorecard_of(rfi)
    trials = gathering.of_rfi(database.session, rfi.id).values()
    links = edge.links()
    listed = appointing.raters(database.session, rfi.id)
    return render_template(
        "buyer/raters.html",
        rfi=rfi,
        scorecard=scorecard,
        raters=listed,
        links={one.id: links.rater(one.link_id) for one in listed if one.revoked_at is None},
        finished=Counter(one.rater_id for trial in trials for one in trial.finished),
        theirs={
            one.id: sum(
                not one.languages or call.language in one.languages
                for trial in trials
                for call in trial.calls
            )
            for one in listed
        },
        calibration=calibrating.calibration(trials, scorecard) if scorecard else None,
        titles={one.id: one.title.text(language()) for one in scorecard.criteria}
        if scorecard
        else {},
        most_apart=MOST_APART,
        typed=typed,
        faults=faults,
        offered=languages_offered(),
        least={"raters": LEAST_RATERS, "calls": CALIBRATION_CALLS, "difference": GOOD_DIFFERENCE},
    )
