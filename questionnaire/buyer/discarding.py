"""Discarding a draft: what would be lost, and a tick that it is meant."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, draft_or_board, show
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import discarding, listing


@blueprint.get("/<uuid:rfi_id>/discard")
def discard(rfi_id: UUID) -> Page:
    """The question whether it is meant."""
    rfi = draft_or_board(rfi_id)
    return rfi if not isinstance(rfi, Rfi) else _page(rfi, {})


@blueprint.post("/<uuid:rfi_id>/discard")
def confirm_discard(rfi_id: UUID) -> Page:
    """Discard the draft, once the tick says that it is meant; pressed twice it is gone once."""
    if request.form.get("sure") != "yes":
        rfi = draft_or_board(rfi_id)
        unsure = {"sure": _("Tick that you mean it: a discarded draft does not come back.")}
        return rfi if not isinstance(rfi, Rfi) else (_page(rfi, unsure), 422)
    discarding.discard(database.session, edge.clock(), current().actor(), rfi_id)
    flash(_("The draft is discarded."), "success")
    return redirect(url_for("buyer.rfis"), 303)


def _page(rfi: Rfi, faults: dict[str, str]) -> str:
    listed = len(listing.vendors_of(database.session, rfi))
    return show("buyer/discard.html", rfi, "", faults=faults, listed=listed)
