"""From the link in a mail to the questionnaire: a code goes out, a code comes in."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.services import opening
from questionnaire.services.faults import Refused
from questionnaire.services.opening import WrongCode
from questionnaire.services.reaching import Reached
from questionnaire.vendor.carrying import Carried, carried
from questionnaire.vendor.gate import blueprint, is_in, let_in

#: Holds the secret of a browser that waits for a code; sent to the pages of invitations only.
COOKIE = "code_browser"

Page = str | tuple[str, int] | Response


@blueprint.get("/invitation/<token>")
def invitation(token: str) -> Page:
    """What a link shows to whoever follows it, mail scanners among them: nothing of its matter."""
    reached = opening.find(edge.database.session, token, edge.now())
    if is_in(reached):
        return redirect(url_for("vendor.start", assessment_id=reached.assessment_id))
    return render_template("vendor/invitation.html", token=token)


@blueprint.post("/invitation/<token>")
def send_code(token: str) -> Page:
    """Mail a code to the invited address and wait for it in this browser."""
    session = edge.database.session
    reached = opening.find(session, token, edge.now())
    browser = request.cookies.get(COOKIE) or opening.new_browser()
    try:
        opening.send_code(session, edge.clock(), reached, browser)
    except Refused as fault:
        return _ask(token, carried(), fault.sentence, sent=False), 429
    waiting = carried()
    onward = redirect(url_for("vendor.code", token=token), 303)
    reply = make_response(_ask(token, waiting) if waiting else onward)
    reply.set_cookie(
        COOKIE,
        browser,
        max_age=int(opening.LASTS.total_seconds()),
        path="/invitation",
        secure=edge.settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return reply


@blueprint.get("/invitation/<token>/code")
def code(token: str) -> Page:
    """Where the code is typed in."""
    reached = opening.find(edge.database.session, token, edge.now())
    if is_in(reached):
        return redirect(url_for("vendor.start", assessment_id=reached.assessment_id))
    if not _left(reached):
        return redirect(url_for("vendor.invitation", token=token))
    return _ask(token, None)


@blueprint.post("/invitation/<token>/code")
def check_code(token: str) -> Page:
    """Let this browser in, or count the try: a wrong code answers below 400, or it would not."""
    session = edge.database.session
    reached = opening.find(session, token, edge.now())
    if not opening.is_code(request.form.get("code", "")):
        fault = _("A code is eight digits. Type it as it stands in the mail; no try was used up.")
        return _ask(token, carried(), str(fault), sent=_left(reached) > 0)
    browser = request.cookies.get(COOKIE, "")
    try:
        opening.verify(session, edge.clock(), reached, browser, request.form.get("code", ""))
    except WrongCode as fault:
        return _ask(token, carried(), _wrong(fault.left), sent=fault.left > 0)
    let_in(reached)
    waiting = carried()
    if waiting is not None and waiting.belongs_to(reached.assessment_id):
        return render_template("vendor/carried.html", carried=waiting)
    return redirect(url_for("vendor.start", assessment_id=reached.assessment_id), 303)


def _left(reached: Reached) -> int:
    browser = request.cookies.get(COOKIE, "")
    return opening.tries_left(edge.database.session, reached, browser, edge.now())


def _wrong(left: int) -> str:
    if left > 1:
        return str(_("That is not the code. You can try %(left)s more times.", left=left))
    if left == 1:
        return str(_("That is not the code. You can try once more."))
    return str(_("That code does not work (any more) in this browser. Ask for a new one below."))


def _ask(token: str, waiting: Carried | None, fault: str = "", *, sent: bool = True) -> str:
    """The page with the box for the code; `sent` is whether a code can be typed at all."""
    return render_template(
        "vendor/code.html",
        token=token,
        carried=waiting,
        fault=fault,
        sent=sent,
        minutes=int(opening.LASTS.total_seconds() // 60),
    )
