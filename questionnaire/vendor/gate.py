"""The vendor's gate: a browser that has entered a code reaches one assessment, and checks again
with every request that its invitation still stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, request
from flask_babel import lazy_gettext as _l

from questionnaire import door, edge
from questionnaire.door import LASTS, Door, Expired, Found, Keys, wants_json
from questionnaire.services import crediting, opening, resuming
from questionnaire.services.faults import Missing
from questionnaire.services.narrowing import narrowed, only_these
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reaching import Reached, reach
from questionnaire.services.sniffing import MOST_BYTES

__all__ = ["DOOR", "LASTS", "blueprint", "questionnaire", "reached", "wants_json", "whole"]

blueprint = Blueprint("vendor", __name__)

#: Several files can come at once where there is no script to send them one by one.
FILES_AT_ONCE = 10
_KEYS = Keys("invitations")
#: What a colleague may do; whatever else a vendor can do, today and later, is the owner's alone.
FOR_COLLEAGUES = frozenset(
    {
        "vendor.start", "vendor.section", "vendor.earlier", "vendor.confirm", "vendor.next_open",
        "vendor.save_section", "vendor.save_answer",
        "vendor.paste_rows", "vendor.show_typed", "vendor.attach", "vendor.remove_file",
        "vendor.file", "vendor.replies", "vendor.save_replies", "vendor.finish",
    }
)  # fmt: skip
_FOR_COLLEAGUES_ONLY = frozenset({"vendor.finish"})


def _find(session: Any, token: str, now: datetime) -> Found:
    found = opening.find(session, token, now)
    return Found(found.assessment_id, found.invitation_id, found)


DOOR = Door(
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
)
door.install(blueprint, DOOR)


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
    if found.is_colleague:
        if request.endpoint not in FOR_COLLEAGUES:
            raise Missing(assessment_id)
        found = _as_far_as_open(found)
    elif request.endpoint in _FOR_COLLEAGUES_ONLY:
        raise Missing(assessment_id)
    g.reached = found
    g.language = found.language


def _as_far_as_open(found: Reached) -> Reached:
    """After handing in a colleague has those of its questions that a reviewer has opened again."""
    if found.answering or found.handed_over is None:
        return found
    asked = []
    if found.state == "submitted":
        whole = _whole(found)
        remarks = resuming.remarks(edge.database.session, found.assessment_id)
        asked = [one for id, one in whole.questions.items() if id in remarks]
    return replace(found, handed_over=only_these(found.handed_over, asked))


def reached() -> Reached:
    """The assessment of this request."""
    return cast(Reached, g.reached)


def questionnaire() -> Questionnaire:
    """What the assessment of this request asks whoever makes it: a colleague only its part."""
    of = reached()
    return _whole(of) if of.handed_over is None else narrowed(_whole(of), of.handed_over)


def whole() -> Questionnaire:
    """All that the assessment of this request asks, for what is not about single questions."""
    return _whole(reached())


def _whole(of: Reached) -> Questionnaire:
    return questionnaire_of(edge.database.session, of.rfi_id, of.rfi_version, in_house=of.in_house)


def people() -> Mapping[str, str]:
    """The names of those who work at these answers, by address, the own one among them."""
    of = reached()
    if of.people is not None:
        return crediting.people_in(of.people)
    if "people_here" not in g:
        g.people_here = crediting.people(edge.database.session, of.assessment_id)
    return cast("Mapping[str, str]", g.people_here)


def leave() -> None:
    """Forget in this browser every assessment that a code has opened."""
    _KEYS.forget()
