"""The vendor's gate: a browser that has entered a code reaches one assessment, and checks again
with every request that its invitation still stands.

The session cookie holds, by assessment, which invitation let this browser in and until when; one
browser can be let into several.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reaching import Reached, reach
from questionnaire.services.sniffing import MOST_BYTES

blueprint = Blueprint("vendor", __name__)

#: So long after the last code a browser may go on; every request within it is checked anew.
LASTS = timedelta(hours=12)
#: Several files can come at once where there is no script to send them one by one.
FILES_AT_ONCE = 10
_COOKIE = "invitations"


class Expired(Exception):
    """This browser was let in once, too long ago; `invitation_id` says by which invitation."""

    def __init__(self, invitation_id: UUID) -> None:
        super().__init__(invitation_id)
        self.invitation_id = invitation_id


def let_in(reached: Reached) -> None:
    """Remember in this browser that the code was right."""
    until = int((edge.now() + LASTS).timestamp())
    entries = dict(session.get(_COOKIE, {}))
    entries[reached.assessment_id.hex] = [reached.invitation_id.hex, until]
    # A cookie is small: the assessments that were opened longest ago are asked for a code again.
    newest = sorted(entries.items(), key=lambda one: one[1][1])[-20:]
    session[_COOKIE] = dict(newest)
    session.permanent = True


def is_in(reached: Reached) -> bool:
    """Whether this browser may go on into the assessment without another code."""
    entry = session.get(_COOKIE, {}).get(reached.assessment_id.hex)
    return entry is not None and entry[0] == reached.invitation_id.hex and _lasts(entry)


def _lasts(entry: list[object]) -> bool:
    until = datetime.fromtimestamp(float(cast(int, entry[1])), UTC)
    return until > edge.now()


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
    entry = session.get(_COOKIE, {}).get(assessment_id.hex)
    if entry is None:
        raise Missing(assessment_id)
    invitation_id = UUID(hex=entry[0])
    found = reach(
        edge.database.session,
        invitation_id,
        assessment_id,
        edge.now(),
        to_change=request.method not in edge.SAFE_METHODS,
    )
    if not _lasts(entry):
        raise Expired(invitation_id)
    g.reached = found
    g.language = found.language


@blueprint.errorhandler(Expired)
def _again(fault: Expired) -> Response:
    from questionnaire.vendor.carrying import ask_again

    token = edge.links().token("vendor", fault.invitation_id)
    if request.method in edge.SAFE_METHODS:
        return redirect(url_for("vendor.invitation", token=token))
    return ask_again(token)


def reached() -> Reached:
    """The assessment of this request."""
    return cast(Reached, g.reached)


def questionnaire() -> Questionnaire:
    """What the assessment of this request asks."""
    of = reached()
    return questionnaire_of(edge.database.session, of.rfi_id, of.rfi_version)


def wants_json() -> bool:
    """Whether our script asks, not a person."""
    return request.accept_mimetypes.best == "application/json"
