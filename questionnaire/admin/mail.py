"""The organisation's mail: what became of each, and kept mail to read where no server sends it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.admin.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import overseeing


@blueprint.get("/mail")
def messages() -> str:
    """Every mail of the organisation with its state, the newest first."""
    state = request.args.get("state", "")
    found = overseeing.letters(
        database.session,
        current().organisation_id,
        server=_server(),
        state=state,
        before=_before(),
    )
    return render_template("admin/messages.html", found=found, state=state, server=_server())


@blueprint.post("/mail/<uuid:message_id>")
def message(message_id: UUID) -> str:
    """Read one kept mail: by POST, because the trail tells of it."""
    opened = overseeing.read(
        database.session, edge.clock(), current().actor(), message_id, server=_server()
    )
    return render_template("admin/message.html", opened=opened)


@blueprint.post("/mail/<uuid:message_id>/repeat")
def repeat(message_id: UUID) -> Response:
    """Send a mail after all."""
    repeated = overseeing.repeat(
        database.session, edge.clock(), current().actor(), message_id, server=_server()
    )
    flash(_("The mail to %(address)s is being sent again.", address=repeated.to_address), "success")
    return redirect(url_for("admin.messages"))


def _server() -> bool:
    return edge.settings().smtp_url is not None


def _before() -> UUID | None:
    try:
        return UUID(request.args.get("before", ""))
    except ValueError:
        return None
