"""One vendor of an open RFI and what can be done about it; deadlines; withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.edge import database
from questionnaire.models import Assessment
from questionnaire.services import boarding, drafting, extending, inviting, listing, trailing
from questionnaire.services.basics import read_deadline, time_zones
from questionnaire.services.faults import Invalid

EXTENDED: Mapping[extending.Extended, object] = {
    "same": _l("This is the vendor's deadline already: nothing was changed."),
    "told": _l("The deadline is changed, and the vendor is told by mail."),
    "untold": _l("The deadline is changed. No mail went out: the vendor has no working link."),
}


@blueprint.get("/<uuid:rfi_id>/vendors/<uuid:assessment_id>")
def vendor(rfi_id: UUID, assessment_id: UUID) -> Page:
    """One vendor: link, mail, deadline, history."""
    if _is_draft(rfi_id):
        return redirect(url_for("buyer.vendors", rfi_id=rfi_id))
    return _vendor(rfi_id, assessment_id, {}, {})


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/resend")
def resend(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Mail the same link once more."""
    after = request.form.get("after", type=int, default=0)
    inviting.resend(
        database.session,
        edge.clock(),
        edge.links(),
        current().actor(),
        _assessment(rfi_id, assessment_id),
        after=after,
    )
    flash(_("The invitation is on its way again."), "success")
    return _to_vendor(rfi_id, assessment_id)


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/renew")
def renew(rfi_id: UUID, assessment_id: UUID) -> Page:
    """End the present link and mail a new one into the same draft."""
    inviting.reissue(
        database.session,
        edge.clock(),
        edge.links(),
        current().actor(),
        _assessment(rfi_id, assessment_id),
        instead_of=request.form.get("link", type=UUID),
    )
    flash(_("There is a new link; the one before no longer works."), "success")
    return _to_vendor(rfi_id, assessment_id)


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/revoke")
def revoke(rfi_id: UUID, assessment_id: UUID) -> Page:
    """End the present link."""
    assessment = _assessment(rfi_id, assessment_id)
    inviting.revoke(database.session, edge.clock(), current().actor(), assessment)
    flash(_("The link no longer works. What was answered is kept."), "success")
    return _to_vendor(rfi_id, assessment_id)


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/deadline")
def extend_vendor(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Give one vendor a deadline of its own."""
    head = boarding.head(database.session, current().organisation_id, rfi_id)
    typed = _typed() | {"time_zone": head.time_zone}
    try:
        extended = extending.extend_one(
            database.session,
            edge.clock(),
            edge.links(),
            current().actor(),
            rfi_id,
            assessment_id,
            _deadline(typed)[0],
        )
    except Invalid as fault:
        return _vendor(rfi_id, assessment_id, typed, fault.faults), 422
    flash(str(EXTENDED[extended]), "success")
    return _to_vendor(rfi_id, assessment_id)


@blueprint.post("/<uuid:rfi_id>/vendors/<uuid:assessment_id>/withdraw")
def withdraw_vendor(rfi_id: UUID, assessment_id: UUID) -> Page:
    """Take one vendor out of the RFI, once the tick says that it is meant."""
    if request.form.get("sure") != "yes":
        return _vendor(rfi_id, assessment_id, {}, {"sure": _unsure()}), 422
    extending.withdraw_one(database.session, edge.clock(), current().actor(), rfi_id, assessment_id)
    flash(_("The vendor is out of the RFI and told by mail."), "success")
    return redirect(url_for("buyer.board", rfi_id=rfi_id), 303)


@blueprint.get("/<uuid:rfi_id>/deadline")
def deadline(rfi_id: UUID) -> Page:
    """The deadline of everybody, and withdrawing the RFI."""
    if _is_draft(rfi_id):
        return redirect(url_for("buyer.basics", rfi_id=rfi_id))
    return _whole(rfi_id, None, {})


@blueprint.post("/<uuid:rfi_id>/deadline")
def extend(rfi_id: UUID) -> Page:
    """Move the deadline of everybody."""
    typed = _typed()
    try:
        moment, zone = _deadline(typed)
        told = extending.extend_all(
            database.session, edge.clock(), edge.links(), current().actor(), rfi_id, moment, zone
        )
    except Invalid as fault:
        return _whole(rfi_id, typed, fault.faults), 422
    flash(
        ngettext("Saved. %(num)s vendor is told.", "Saved. %(num)s vendors are told.", told),
        "success",
    )
    return redirect(url_for("buyer.board", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/withdraw")
def withdraw(rfi_id: UUID) -> Page:
    """Withdraw the RFI, once the tick says that it is meant."""
    if request.form.get("sure") != "yes":
        return _whole(rfi_id, None, {"sure": _unsure()}), 422
    extending.withdraw_all(database.session, edge.clock(), current().actor(), rfi_id)
    flash(_("The RFI is withdrawn. Everybody who was still answering is told."), "success")
    return redirect(url_for("buyer.board", rfi_id=rfi_id), 303)


def _is_draft(rfi_id: UUID) -> bool:
    head = boarding.head(database.session, current().organisation_id, rfi_id)
    return head.state == "draft"


def _unsure() -> str:
    return str(_("Tick that you mean it: withdrawing cannot be undone."))


def _assessment(rfi_id: UUID, assessment_id: UUID) -> Assessment:
    rfi = drafting.locked(database.session, current().actor(), rfi_id)
    return listing.assessment_of(database.session, rfi, assessment_id)


def _to_vendor(rfi_id: UUID, assessment_id: UUID) -> Page:
    return redirect(url_for("buyer.vendor", rfi_id=rfi_id, assessment_id=assessment_id), 303)


def _typed() -> dict[str, Any]:
    return {
        one: request.form.get(one, "") for one in ("deadline_day", "deadline_time", "time_zone")
    }


def _deadline(typed: Mapping[str, Any]) -> tuple[datetime, str]:
    faults: dict[str, str] = {}
    moment, zone = read_deadline(typed, edge.now(), faults)
    if faults or moment is None:
        raise Invalid(faults)
    return moment, zone


def _typed_from(moment: datetime, zone: str) -> dict[str, Any]:
    local = moment.astimezone(ZoneInfo(zone))
    return {
        "deadline_day": local.date().isoformat(),
        "deadline_time": f"{local:%H:%M}",
        "time_zone": zone,
    }


def _vendor(
    rfi_id: UUID, assessment_id: UUID, typed: Mapping[str, Any], faults: Mapping[str, str]
) -> str:
    session, member = database.session, current()
    rfi, row = boarding.vendor_row(
        session, member.organisation_id, rfi_id, assessment_id, edge.now()
    )
    return render_template(
        "buyer/vendor.html",
        rfi=rfi,
        row=row,
        link=edge.links().vendor(row.invitation_id) if row.invitation_id else "",
        typed=typed or _typed_from(row.due_at, rfi.time_zone),
        faults=faults,
        now=edge.now(),
        trail=trailing.trail(
            session,
            member.organisation_id,
            assessment_id=assessment_id,
            before=request.args.get("before", type=UUID),
            limit=20,
        ),
    )


def _whole(rfi_id: UUID, typed: Mapping[str, Any] | None, faults: Mapping[str, str]) -> str:
    rfi = boarding.head(database.session, current().organisation_id, rfi_id)
    return render_template(
        "buyer/deadline.html",
        rfi=rfi,
        typed=typed or _typed_from(rfi.deadline, rfi.time_zone),
        faults=faults,
        zones=time_zones(),
        now=edge.now(),
    )
