"""The rater's gate: a browser that has entered a code reaches one person's calls, and checks again
with every request that the link still stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, request
from flask_babel import lazy_gettext as _l

from questionnaire import door, edge
from questionnaire.door import Door, Expired, Found, Keys
from questionnaire.services import admitting
from questionnaire.services.admitting import Admitted
from questionnaire.services.faults import Missing

blueprint = Blueprint("rater", __name__)

_KEYS = Keys("raters")


def _find(session: Any, token: str, now: datetime) -> Found:
    found = admitting.find(session, token, now)
    return Found(found.rater_id, found.link_id, found)


door.install(
    blueprint,
    Door(
        name="rater",
        path="/rating",
        keys=_KEYS,
        start="rater.calls",
        variable="rater_id",
        inside="/rater",
        words={"heading": _l("Open your test calls"), "button": _l("Open the test calls")},
        purpose="rater",
        find=_find,
        send_code=admitting.send_code,
        verify=admitting.verify,
        tries_left=admitting.tries_left,
    ),
)


@blueprint.before_request
def _enter() -> None:
    rater_id = (request.view_args or {}).get("rater_id")
    if rater_id is None:
        return
    link_id = _KEYS.link_to(rater_id)
    if link_id is None:
        raise Missing(rater_id)
    found = admitting.admit(
        edge.database.session,
        rater_id,
        link_id,
        edge.now(),
        to_change=request.method not in edge.SAFE_METHODS,
    )
    if not _KEYS.last(rater_id):
        raise Expired(link_id)
    g.admitted = found
    g.language = found.language


def admitted() -> Admitted:
    """The rater of this request."""
    return cast(Admitted, g.admitted)
