"""Carrying over a code what was typed on a page whose time had run out.

The fields go into the pages that ask for the code, and from the last of them to where they were
meant to go. The service keeps nothing of them before the browser has proved itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from questionnaire import edge, errors
from questionnaire.door.doors import Door, Found, wants_json
from questionnaire.services.faults import Missing

FIELD = "carried"
#: Of the frame, not typed by anybody.
_FRAME = ("csrf_token", "invitation", FIELD)


@dataclass(frozen=True, slots=True)
class Carried:
    """A POST that waits: where it was meant for, and every field of it."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """For a hidden field."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)

    def belongs_to(self, door: Door, found: Found) -> bool:
        """Whether it leads into what was opened, and nowhere else."""
        return self.path.startswith(f"{door.inside}/{found.thing_id}/")


def carried() -> Carried | None:
    """What this request brings along in its hidden field."""
    try:
        path, fields = json.loads(request.form.get(FIELD, ""))
        return Carried(_sound(path), tuple((_sound(name), _sound(value)) for name, value in fields))
    except (ValueError, TypeError, RecursionError):
        return None


def _sound(text: object) -> str:
    # JSON can spell halves of characters that no page can be made of.
    return str(text).encode("utf-8", "replace").decode()


def of_this_request() -> Carried:
    """The fields of the POST at hand."""
    pairs = request.form.items(multi=True)
    return Carried(request.path, tuple(one for one in pairs if one[0] not in _FRAME))


def ask_again(door: Door, token: str, status: int = 401) -> Response:
    """The page that keeps what was typed and offers a new code; for a script, where to get one."""
    if wants_json():
        reply = jsonify(expired=True, title=_("Please enter a new code"), sentence=_sentence())
    else:
        waiting = of_this_request()
        had_files = any(one.filename for one in request.files.values())
        reply = make_response(
            render_template(
                "door/expired.html",
                door=door,
                token=token,
                carried=waiting,
                had_files=had_files,
                sentence=_sentence(),
            )
        )
    reply.status_code = status
    return reply


def _sentence() -> str:
    return str(_("Your time on this page had run out. What you typed is kept on this page."))


def without_session(door: Door, fault: CSRFError) -> Response:
    """A page of ours without a session: its own link says whom to ask for a code."""
    if not from_here():
        return errors.page(400, None, fault)
    token = request.form.get("invitation") or request.headers.get("X-Invitation", "")
    try:
        door.find(edge.database.session, token, edge.now())
    except Missing:
        return errors.page(400, None, fault)
    return ask_again(door, token, 400)


def from_here(*, named: bool = False) -> bool:
    """Whether a page of ours sent this: others could put words into a visitor's mouth here.

    A browser names where a POST comes from; what names nothing is no page of another site, and
    is refused only where it has to be `named`.
    """
    origin = request.headers.get("Origin")
    ours = {urlsplit(edge.settings().base_url).netloc, request.host}
    return not named if origin is None else urlsplit(origin).netloc in ours


def nothing(door: Door) -> Response:
    """One page for whatever is wrong, revoked, expired, withdrawn, foreign or unknown."""
    if wants_json():
        return errors.page(
            404,
            _(
                "This link does not open anything any more. What you typed is kept in this "
                "browser: ask the person who invited you for a new link."
            ),
        )
    reply = make_response(render_template(f"{door.name}/nothing.html"))
    reply.status_code = 404
    return reply
