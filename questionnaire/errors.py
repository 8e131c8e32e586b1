"""What a refusal looks like: one sentence, never an internal."""

from __future__ import annotations

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from questionnaire.services.faults import Invalid, Missing, Refused

log = structlog.get_logger(__name__)


def init(app: Flask) -> None:
    """Register a handler for everything that can go wrong."""
    app.register_error_handler(Missing, lambda _fault: page(404))
    app.register_error_handler(Refused, lambda fault: page(409, fault.sentence))
    app.register_error_handler(Invalid, lambda fault: page(422, " ".join(fault.faults.values())))
    app.register_error_handler(CSRFError, lambda _fault: page(400, outdated()))
    app.register_error_handler(HTTPException, lambda fault: page(fault.code or 500, None, fault))
    app.register_error_handler(Exception, _unexpected)


def page(status: int, sentence: str | None = None, fault: HTTPException | None = None) -> Response:
    """A whole page (or JSON, for a script) with one sentence; alike for every cause of a status."""
    if fault is not None and fault.response is not None:
        return make_response(fault.response)
    title, usual = _usual(status)
    if request.accept_mimetypes.best == "application/json":
        reply = jsonify(title=title, sentence=sentence or usual)
    else:
        reply = make_response(
            render_template("error.html", title=title, sentence=sentence or usual, status=status)
        )
    reply.status_code = status
    if isinstance(fault, HTTPException):
        for name, value in fault.get_headers():
            if name in ("Allow", "Retry-After"):
                reply.headers[name] = value
    return reply


def _unexpected(fault: Exception) -> Response:
    log.error("unexpected", path=request.endpoint, exc_info=fault)
    return page(500)


def outdated() -> str:
    """What to say of a page whose token does not count any more."""
    return str(
        _(
            "This page was open for so long that its protection ran out. Go back, reload the page "
            "and send it again; what was saved before is kept."
        )
    )


def _usual(status: int) -> tuple[str, str]:
    texts = {
        400: (_("That could not be read"), _("Go back, check what was entered and try again.")),
        403: (
            _("Not for your role"),
            _("Ask an admin of your organisation for the role you need."),
        ),
        404: (_("There is nothing here"), _("The address is wrong, or it is not yours to see.")),
        405: (
            _("Not like that"),
            _("This page cannot be used in that way. Go back and try again."),
        ),
        409: (_("Not now"), _("The rules do not allow this at the moment.")),
        413: (
            _("Too large"),
            _("What was sent is larger than this page takes. Nothing was changed."),
        ),
        422: (_("Something needs correcting"), _("Go back and correct what is marked.")),
        429: (_("Too many tries"), _("Wait a few minutes and try again.")),
        500: (
            _("Something went wrong on our side"),
            _("Nothing of this step was stored; what was saved before is kept. Try again."),
        ),
    }
    return texts.get(status, texts[500] if status >= 500 else texts[400])
