"""A member's own page: name, language, and how this person signs in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import choose, current, ways_in
from questionnaire.admin.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import staffing
from questionnaire.services.faults import Invalid


@blueprint.route("/account", methods=["GET", "POST"])
def account() -> str | tuple[str, int] | Response:
    """Read and change one's own name and language."""
    if request.method == "GET":
        return _page({"name": current().name, "language": current().language}, {})
    typed = {name: request.form.get(name, "") for name in ("name", "language")}
    try:
        staffing.introduce(database.session, edge.clock(), current().actor(), **typed)
    except Invalid as fault:
        return _page(typed, fault.faults), 422
    flash(_("Your account is saved."), "success")
    return redirect(url_for("admin.account"))


@blueprint.post("/account/organisation")
def switch() -> Response:
    """Go on working for another of one's organisations."""
    try:
        wanted = UUID(request.form.get("organisation", ""))
    except ValueError:
        abort(404)
    if not choose(wanted):
        abort(404)
    return redirect(url_for("home"))


def _page(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template(
        "admin/account.html", me=current(), ways=ways_in(), typed=typed, faults=faults
    )
