"""Nothing typed is lost by a session that has ended: the page comes back and can be sent again.

The browser gets what it sent as hidden fields, with a fresh token. Signing in happens in another
tab; both tabs share the session, so that the button then works.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from questionnaire import edge, errors


def init(app: Flask) -> None:
    """Answer a missing or outdated token with the page that sends again, where that is safe."""
    app.register_error_handler(CSRFError, _without_token)


def send_again(status: int) -> Response:
    """What was just sent, ready to be sent again after signing in."""
    sentence = _(
        "You are signed out. Sign in again in another tab, then repeat the last step here."
    )
    if request.accept_mimetypes.best == "application/json":
        return errors.page(status, sentence)
    kept = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and "password" not in name
    ]
    page = render_template(
        "security/send_again.html",
        action=request.full_path.rstrip("?"),
        kept=kept,
        files=[one.filename for one in request.files.values() if one.filename],
    )
    return make_response(page, status)


def _without_token(fault: CSRFError) -> Response:
    # Another site could put words into somebody's mouth here; a browser names where they are from.
    ours = {urlsplit(edge.settings().base_url).netloc, request.host}
    from_here = urlsplit(request.headers.get("Origin", "")).netloc in ours
    if from_here and request.form and request.blueprint != "security":
        return send_again(400)
    return errors.page(400, errors.outdated())
