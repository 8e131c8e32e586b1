"""What ties a vendor's browser to what it keeps, and signing out, which unties it.

A browser locks what was typed and not saved with a key that takes three things: the secret of this
service, a secret of the browser's own (a cookie that no script reads and that outlasts a session,
so that what was typed is there after another code), and an address that has entered a code. Signing
out takes the second away: whatever anybody copied of the browser's storage can never be read again.
"""

from __future__ import annotations

import secrets

from flask import g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from questionnaire import door, edge
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint

COOKIE = "typed_browser"
#: As long as the browser keeps what was typed (vendor-typed.js).
LASTS_SECONDS = 90 * 86400
_PATH = "/assessment"


def typed_key() -> str:
    """The key of this browser, this person and the assessment at hand: 256 bits, URL-safe.

    What the owner typed at a computer that both use is not a colleague's to read; the same person
    gets the same key by every link.
    """
    secret = request.cookies.get(COOKIE, "")
    if len(secret) != 43:
        secret = secrets.token_urlsafe(32)
    # Each page that gives the key renews the cookie: it must outlast what is typed there.
    g.typed_browser = secret
    reached = gate.reached()
    return edge.links().token(f"typed:{secret}:{reached.email.casefold()}", reached.assessment_id)


@blueprint.after_request
def _keep_secret(reply: Response) -> Response:
    if "typed_browser" in g:
        reply.set_cookie(
            COOKIE,
            g.typed_browser,
            max_age=LASTS_SECONDS,
            path=_PATH,
            secure=edge.settings().secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    return reply


@blueprint.post("/assessment/sign-out")
def sign_out() -> Response:
    """End every vendor's way in of this browser, and what it keeps; twice has one effect."""
    gate.leave()
    reply = redirect(url_for("vendor.signed_out"), 303)
    reply.delete_cookie(COOKIE, path=_PATH)
    reply.headers["Clear-Site-Data"] = '"storage"'
    return reply


# In the place of the door's own, which asks for a code to go on with: nobody goes on with leaving.
@blueprint.errorhandler(CSRFError)
def without_token(fault: CSRFError) -> Response:
    """A page left open overnight can still be left, if the browser names it as one of ours."""
    if request.endpoint == "vendor.sign_out" and door.from_here(named=True):
        return sign_out()
    return door.without_session(gate.DOOR, fault)


@blueprint.get("/signed-out")
def signed_out() -> str:
    """Says so, and nothing of what was open."""
    return render_template("vendor/signed_out.html")
