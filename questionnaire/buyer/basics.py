"""The step *Basics*: title, purpose, deadline, reply-to and profiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, draft_or_board, saved, show
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import drafting
from questionnaire.services.basics import Basics, read_basics, time_zones, typed_basics
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid

PLAIN = ("title", "purpose", "reply_to", "deadline_day", "deadline_time", "time_zone", "base")


def typed_in() -> dict[str, Any]:
    """What the controls of the basics sent."""
    plain = {name: request.form.get(name, "") for name in PLAIN}
    return plain | {"add_ons": request.form.getlist("add_ons")}


@blueprint.get("/<uuid:rfi_id>/basics")
def basics(rfi_id: UUID) -> Page:
    """What the draft says so far."""
    rfi = draft_or_board(rfi_id)
    return rfi if not isinstance(rfi, Rfi) else _page(rfi, typed_basics(rfi), {})


@blueprint.post("/<uuid:rfi_id>/basics")
def state_basics(rfi_id: UUID) -> Page:
    """Save the basics."""
    typed, session = typed_in(), database.session
    rfi = drafting.draft(session, current().actor(), rfi_id)
    try:
        wanted = read_basics(typed, bank_of(session, rfi.edition_digest), edge.now())
        drafting.state_basics(
            session,
            edge.clock(),
            current().actor(),
            rfi_id,
            wanted,
            seen=request.form.get("seen", ""),
        )
    except Invalid as fault:
        return _page(rfi, typed, fault.faults), 422
    except drafting.Stale as fault:
        theirs = {name: one for name, one in typed_basics(rfi).items() if one != typed[name]}
        return _page(rfi, typed, {}, theirs, fault.sentence), 409
    return saved(rfi, "basics")


def _page(
    rfi: Rfi,
    typed: Mapping[str, Any],
    faults: Mapping[str, str],
    theirs: Mapping[str, Any] | None = None,
    stale: str = "",
) -> str:
    return show(
        "buyer/basics.html",
        rfi,
        "basics",
        typed=typed,
        faults=faults,
        theirs=theirs or {},
        stale=stale,
        seen=drafting.digest(Basics.of(rfi).columns()),
        zones=time_zones(),
    )
