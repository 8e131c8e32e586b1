"""From the link in a mail to what it opens: a code goes out, a code comes in."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.door.carrying import (
    Carried,
    ask_again,
    carried,
    nothing,
    without_session,
)
from questionnaire.door.doors import Door, Found
from questionnaire.door.keys import Expired
from questionnaire.services import codes
from questionnaire.services.codes import WrongCode
from questionnaire.services.faults import Missing, Refused

#: Holds the secret of a browser that waits for a code; sent to the pages of links only.
COOKIE = "code_browser"

Page = str | tuple[str, int] | Response


def install(blueprint: Blueprint, door: Door) -> None:
    """Put the pages of the door on an actor's blueprint, and what it says when it stays shut."""
    at, code_at = f"{door.path}/<token>", f"{door.path}/<token>/code"
    for address, endpoint, view, method in (
        (at, "invitation", _link, "GET"),
        (at, "send_code", _send_code, "POST"),
        (code_at, "code", _code, "GET"),
        (code_at, "check_code", _check_code, "POST"),
    ):
        wrapped = update_wrapper(partial(view, door), view)
        blueprint.add_url_rule(address, endpoint, wrapped, methods=[method])
    blueprint.register_error_handler(Expired, partial(_again, door))
    blueprint.register_error_handler(CSRFError, partial(without_session, door))
    blueprint.register_error_handler(Missing, lambda _fault: nothing(door))


def _again(door: Door, fault: Expired) -> Response:
    token = edge.links().token(door.purpose, fault.link_id)
    if request.method in edge.SAFE_METHODS:
        return redirect(url_for(f"{door.name}.invitation", token=token))
    return ask_again(door, token)


def _link(door: Door, token: str) -> Page:
    """What a link shows to whoever follows it, mail scanners among them: nothing of its matter."""
    found = door.find(edge.database.session, token, edge.now())
    if door.keys.opens(found.thing_id, found.link_id):
        return redirect(_start(door, found))
    return render_template("door/link.html", door=door, token=token)


def _send_code(door: Door, token: str) -> Page:
    """Mail a code to the invited address and wait for it in this browser."""
    session = edge.database.session
    found = door.find(session, token, edge.now())
    browser = request.cookies.get(COOKIE) or codes.new_browser()
    try:
        door.send_code(session, edge.clock(), found.reached, browser)
    except Refused as fault:
        return _ask(door, token, carried(), fault.sentence, sent=False), 429
    waiting = carried()
    onward = redirect(url_for(f"{door.name}.code", token=token), 303)
    reply = make_response(_ask(door, token, waiting) if waiting else onward)
    reply.set_cookie(
        COOKIE,
        browser,
        max_age=int(codes.LASTS.total_seconds()),
        path=door.path,
        secure=edge.settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return reply


def _code(door: Door, token: str) -> Page:
    """Where the code is typed in."""
    session = edge.database.session
    found = door.find(session, token, edge.now())
    if door.keys.opens(found.thing_id, found.link_id):
        return redirect(_start(door, found))
    browser = request.cookies.get(COOKIE, "")
    if not door.tries_left(session, found.reached, browser, edge.now()):
        return redirect(url_for(f"{door.name}.invitation", token=token))
    return _ask(door, token, None)


def _check_code(door: Door, token: str) -> Page:
    """Let this browser in, or count the try: a wrong code answers below 400, or it would not."""
    session = edge.database.session
    found = door.find(session, token, edge.now())
    browser = request.cookies.get(COOKIE, "")
    if not codes.is_code(request.form.get("code", "")):
        fault = _("A code is eight digits. Type it as it stands in the mail; no try was used up.")
        left = door.tries_left(session, found.reached, browser, edge.now())
        return _ask(door, token, carried(), str(fault), sent=left > 0)
    try:
        door.verify(session, edge.clock(), found.reached, browser, request.form.get("code", ""))
    except WrongCode as fault:
        return _ask(door, token, carried(), _wrong(fault.left), sent=fault.left > 0)
    door.keys.give(found.thing_id, found.link_id)
    waiting = carried()
    if waiting is not None and waiting.belongs_to(door, found):
        return render_template("door/carried.html", door=door, carried=waiting)
    return redirect(_start(door, found), 303)


def _start(door: Door, found: Found) -> str:
    values: dict[str, Any] = {door.variable: found.thing_id}
    return url_for(door.start, **values)


def _wrong(left: int) -> str:
    if left > 1:
        return str(_("That is not the code. You can try %(left)s more times.", left=left))
    if left == 1:
        return str(_("That is not the code. You can try once more."))
    return str(_("That code does not work (any more) in this browser. Ask for a new one below."))


def _ask(
    door: Door, token: str, waiting: Carried | None, fault: str = "", *, sent: bool = True
) -> str:
    """The page with the box for the code; `sent` is whether a code can be typed at all."""
    return render_template(
        "door/code.html",
        door=door,
        token=token,
        carried=waiting,
        fault=fault,
        sent=sent,
        minutes=int(codes.LASTS.total_seconds() // 60),
    )
