"""Taking up an invitation: with a new account, or with the one that is there."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge, errors
from questionnaire.accounts import begin_session, hash_password, new_password, person_id
from questionnaire.admin.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import joining
from questionnaire.services.faults import Invalid, Missing, Refused


@blueprint.route("/join/<token>", methods=["GET", "POST"])
def join(token: str) -> str | tuple[str, int] | Response:
    """The page behind the mailed link; wrong, used, revoked and old links look the same."""
    try:
        offer = joining.find_offer(database.session, token, edge.now())
    except Missing:
        return errors.page(
            404,
            _(
                "This invitation does not work: it was used, has run out after 7 days or was "
                "taken back. Ask the person who invited you for a new one."
            ),
        )
    if request.method == "GET":
        return _page(token, offer, {"name": offer.name, "language": offer.language}, {})
    try:
        return _accepted(token, offer)
    except Invalid as fault:
        return _page(token, offer, request.form, fault.faults), 422
    except Refused as fault:
        return _page(token, offer, request.form, {"main": fault.sentence}), 409


def _accepted(token: str, offer: joining.Offer) -> Response:
    session, clock = database.session, edge.clock()
    asking = person_id()
    if offer.user_id is not None and asking is not None:
        membership = joining.accept_known(session, clock, token, asking)
    else:
        membership = joining.accept_new(
            session,
            clock,
            token,
            name=request.form.get("name", ""),
            language=request.form.get("language", ""),
            password=new_password(request.form),
            hash_password=hash_password,
        )
    begin_session(membership.user_id, membership.organisation_id)
    flash(_("Welcome to %(organisation)s.", organisation=offer.organisation_name), "success")
    return redirect(url_for("home"))


def _page(
    token: str, offer: joining.Offer, typed: Mapping[str, str], faults: Mapping[str, str]
) -> str:
    return render_template(
        "admin/join.html",
        token=token,
        offer=offer,
        asking=person_id(),
        typed=typed,
        faults=faults,
    )
