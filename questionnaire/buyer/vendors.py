"""The step *Vendors*: typed in or pasted, corrected, taken off; and added to an open RFI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from question_bank.model import LANGUAGES
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, show
from questionnaire.core.codes import language_name
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import boarding, contacts, drafting, listing, sending
from questionnaire.services.faults import Invalid, Refused

BLANK = {"vendor": "", "name": "", "email": "", "language": "en"}
#: What is typed about the colleague who answers for the own team; its name is fixed.
OWN = ("name", "email", "language")


@blueprint.get("/<uuid:rfi_id>/vendors")
def vendors(rfi_id: UUID) -> Page:
    """Who is on the list."""
    return _page(drafting.rfi_of(database.session, current().organisation_id, rfi_id))


@blueprint.post("/<uuid:rfi_id>/vendors")
def add_vendor(rfi_id: UUID) -> Page:
    """Put one vendor on the list."""
    session, typed = database.session, _typed()
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    try:
        added = listing.add(session, edge.clock(), current().actor(), rfi_id, typed)
    except Invalid as fault:
        return _page(rfi, typed=typed, faults=fault.faults), 422
    flash(_("%(vendor)s is on the list.", vendor=added.vendor.name), "success")
    return redirect(url_for("buyer.vendors", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/vendors/own-team")
def add_own_team(rfi_id: UUID) -> Page:
    """Let the buyer's own team answer the same questionnaire, through a colleague."""
    session, typed = database.session, {name: request.form.get(f"own_{name}", "") for name in OWN}
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    try:
        listing.add(session, edge.clock(), current().actor(), rfi_id, typed, own_team=True)
    except Invalid as fault:
        faults = {f"own_{name}": sentence for name, sentence in fault.faults.items()}
        return _page(rfi, own=typed, faults=faults), 422
    flash(_("Your own team takes part."), "success")
    return redirect(url_for("buyer.vendors", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/vendors/paste")
def paste_vendors(rfi_id: UUID) -> Page:
    """Put the pasted rows on the list, all or none."""
    session, pasted = database.session, request.form.get("pasted", "")
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    try:
        added = listing.paste(session, edge.clock(), current().actor(), rfi_id, pasted)
    except contacts.WrongRows as fault:
        return _page(rfi, pasted=pasted, rows=fault.rows), 422
    except Invalid as fault:
        return _page(rfi, pasted=pasted, faults=fault.faults), 422
    flash(ngettext("%(num)s vendor is added.", "%(num)s vendors are added.", added), "success")
    return redirect(url_for("buyer.vendors", rfi_id=rfi_id), 303)


@blueprint.get("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/contact")
def contact(rfi_id: UUID, assessment_id: UUID) -> Page:
    """One vendor of the list, to be corrected."""
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    one = listing.assessment_of(database.session, rfi, assessment_id)
    return _contact(rfi, one, listing.typed_contact(one), {})


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/contact")
def change_contact(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Save a correction."""
    session, typed = database.session, _typed()
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    one = listing.assessment_of(session, rfi, assessment_id)
    seen = request.form.get("seen", "")
    try:
        listing.change(
            session, edge.clock(), current().actor(), rfi_id, assessment_id, typed, seen=seen
        )
    except Invalid as fault:
        return _contact(rfi, one, typed, fault.faults), 422
    except drafting.Stale as fault:
        return _contact(rfi, one, typed, {}, fault.sentence), 409
    flash(_("Saved."), "success")
    return redirect(url_for("buyer.vendors", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/remove")
def remove_vendor(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Take a vendor off the list that has not been invited."""
    listing.remove(database.session, edge.clock(), current().actor(), rfi_id, assessment_id)
    flash(_("The vendor is off the list."), "success")
    return redirect(url_for("buyer.vendors", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/vendors/invite")
def invite_added(rfi_id: UUID) -> Page:
    """Invite those who were added after the RFI was sent."""
    invited = sending.invite_added(
        database.session, edge.clock(), edge.links(), current().actor(), rfi_id
    )
    flash(
        ngettext("%(num)s vendor is invited.", "%(num)s vendors are invited.", invited), "success"
    )
    return redirect(url_for("buyer.board", rfi_id=rfi_id), 303)


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in contacts.COLUMNS}


def _page(
    rfi: Rfi,
    *,
    typed: Mapping[str, str] = BLANK,
    own: Mapping[str, str] = BLANK,
    pasted: str = "",
    faults: Mapping[str, str] | None = None,
    rows: Sequence[contacts.RowFault] = (),
) -> str:
    if rfi.state == "withdrawn":
        raise Refused(_("This RFI has been withdrawn. Its list of vendors stays as it is."))
    listed = listing.vendors_of(database.session, rfi)
    context: dict[str, Any] = {
        "listed": listed,
        "own_team": next((one for one in listed if one.in_house), None),
        "typed": typed,
        "own": own,
        "pasted": pasted,
        "faults": faults or {},
        "row_faults": rows,
        "offered": languages_offered(),
        "most": listing.MOST_VENDORS,
    }
    if rfi.state == "draft":
        return show("buyer/vendors.html", rfi, "vendors", **context)
    head = boarding.head(database.session, rfi.organisation_id, rfi.id)
    return render_template("buyer/vendors_sent.html", rfi=head, **context)


def languages_offered() -> list[tuple[str, str]]:
    """The languages in which mails and questionnaires are written, each in its own name."""
    return [(one, language_name(one, one).capitalize()) for one in LANGUAGES]


def _contact(
    rfi: Rfi, one: Any, typed: Mapping[str, str], faults: Mapping[str, str], stale: str = ""
) -> str:
    saved = listing.typed_contact(one)
    theirs = {name: saved[name] for name in saved if stale and saved[name] != typed[name]}
    return render_template(
        "buyer/contact.html",
        rfi=rfi,
        one=one,
        typed=typed,
        faults=faults,
        stale=stale,
        theirs=theirs,
        seen=listing.seen_of(one),
        offered=languages_offered(),
    )
