"""The vendor's gate: a browser that has entered a code reaches one assessment, and checks again
with every request that its invitation still stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, request
from flask_babel import lazy_gettext as _l

from questionnaire import door, edge
from questionnaire.door import LASTS, Door, Expired, Found, Keys, wants_json
from questionnaire.services import opening
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reaching import Reached, reach
from questionnaire.services.sniffing import MOST_BYTES

__all__ = ["LASTS", "blueprint", "questionnaire", "reached", "wants_json"]

blueprint = Blueprint("vendor", __name__)

#: Several files can come at once where there is no script to send them one by one.
FILES_AT_ONCE = 10
_KEYS = Keys("invitations")


def _find(session: Any, token: str, now: datetime) -> Found:
    found = opening.find(session, token, now)
    return Found(found.assessment_id, found.invitation_id, found)


door.install(
    blueprint,
    Door(
        name="vendor",
        path="/invitation",
        keys=_KEYS,
        start="vendor.start",
        variable="assessment_id",
        inside="/assessment",
        words={"heading": _l("Open your questionnaire"), "button": _l("Open the questionnaire")},
        purpose="vendor",
        find=_find,
        send_code=opening.send_code,
        verify=opening.verify,
        tries_left=opening.tries_left,
    ),
)


@blueprint.url_value_preprocessor
def _allow_files(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    # Before anything reads the body: the usual limit is for one file.
    if request.endpoint in ("vendor.save_section", "vendor.save_replies"):
        request.max_content_length = FILES_AT_ONCE * MOST_BYTES + 4 * 1024 * 1024


@blueprint.before_request
def _enter() -> None:
    assessment_id = (request.view_args or {}).get("assessment_id")
    if assessment_id is None:
        return
    invitation_id = _KEYS.link_to(assessment_id)
    if invitation_id is None:
        raise Missing(assessment_id)
    found = reach(
        edge.database.session,
        invitation_id,
        assessment_id,
        edge.now(),
        to_change=request.method not in edge.SAFE_METHODS,
    )
    if not _KEYS.last(assessment_id):
        raise Expired(invitation_id)
    g.reached = found
    g.language = found.language


def reached() -> Reached:
    """The assessment of this request."""
    return cast(Reached, g.reached)


def questionnaire() -> Questionnaire:
    """What the assessment of this request asks."""
    of = reached()
    return questionnaire_of(edge.database.session, of.rfi_id, of.rfi_version, in_house=of.in_house)
