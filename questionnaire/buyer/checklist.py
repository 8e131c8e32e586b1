"""The last step: what is missing, what is good to know, and sending."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import STEPS, Page, draft_or_board, show
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import drafting, listing, requiring, sending
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Refused
from questionnaire.services.questionnaires import questionnaire_of


@blueprint.get("/<uuid:rfi_id>/send")
def checklist(rfi_id: UUID) -> Page:
    """What blocks sending, each with the way to it, and what will be sent to whom."""
    rfi = draft_or_board(rfi_id)
    return rfi if not isinstance(rfi, Rfi) else _page(rfi)


@blueprint.post("/<uuid:rfi_id>/send")
def send(rfi_id: UUID) -> Page:
    """Send; pressed twice, it is sent once."""
    session, actor = database.session, current().actor()
    rfi = drafting.rfi_of(session, actor.organisation_id, rfi_id)
    was_draft = rfi.state == "draft"
    try:
        sending.send(session, edge.clock(), edge.links(), actor, rfi_id)
    except Refused:
        if not was_draft:
            raise
        return _page(rfi), 409
    if was_draft:
        flash(_("The RFI is sent. Every vendor has its own link."), "success")
    return redirect(url_for("buyer.board", rfi_id=rfi_id), 303)


def _page(rfi: Rfi) -> str:
    session = database.session
    bank = bank_of(session, rfi.edition_digest)
    found = requiring.held(session, rfi, bank)
    return show(
        "buyer/checklist.html",
        rfi,
        "send",
        addresses={
            name: url_for(endpoint, rfi_id=rfi.id) for name, (_t, endpoint) in STEPS.items()
        },
        titles={name: title for name, (title, _endpoint) in STEPS.items()},
        questionnaire=questionnaire_of(session, rfi.id, rfi.version),
        counting=len(requiring.in_force(found, rfi.question_ids)),
        listed=listing.vendors_of(session, rfi),
    )
