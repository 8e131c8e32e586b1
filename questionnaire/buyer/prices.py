"""The prices of an RFI: sealed until the review is locked, and opened by somebody who is named."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from questionnaire import controls, edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, locking, pricing
from questionnaire.services.faults import Refused


@blueprint.get("/<uuid:rfi_id>/prices")
def prices(rfi_id: UUID) -> Page:
    return _page(rfi_id)


@blueprint.post("/<uuid:rfi_id>/prices")
def open_prices(rfi_id: UUID) -> Page:
    """Open them; who did it first, and when, goes into the audit trail."""
    session, member = database.session, current()
    try:
        locking.open_prices(session, edge.clock(), member.actor(), rfi_id)
    except Refused as fault:
        return _page(rfi_id, fault.sentence), 409
    flash(_("The prices are open. That you opened them is on record."), "success")
    return redirect(url_for("buyer.prices", rfi_id=rfi_id), 303)


def _page(rfi_id: UUID, refused: str = "") -> str:
    organisation_id = current().organisation_id
    found = pricing.offers(database.session, organisation_id, rfi_id)
    return render_template(
        "buyer/prices.html",
        rfi=boarding.head(database.session, organisation_id, rfi_id),
        found=found,
        review=found.review,
        lock=found.review.lock,
        faults={"prices": refused} if refused else {},
        answer_html=lambda question, answer: controls.answer_html(question, answer, language()),
    )
