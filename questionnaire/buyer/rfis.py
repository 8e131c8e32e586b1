"""The list of RFIs, and beginning a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.basics import typed_in
from questionnaire.buyer.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import drafting, rounds
from questionnaire.services.basics import read_basics, time_zones
from questionnaire.services.editions import current_bank
from questionnaire.services.faults import Invalid

Page = str | tuple[str, int] | Response

#: How much time vendors get where the buyer does not say otherwise.
USUAL_ROUND = timedelta(days=21)


@blueprint.get("")
def rfis() -> str:
    """Every RFI of the organisation, newest first."""
    lines, older = rounds.rfis(
        database.session, current().organisation_id, before=_uuid(request.args.get("before"))
    )
    return render_template("buyer/rfis.html", lines=lines, older=older, now=edge.now())


@blueprint.get("/new")
def new() -> str:
    """The first step of an RFI: its basics, and what to begin from."""
    return _new(_suggested(), {}, rounds.fresh_id())


@blueprint.post("/new")
def create() -> Page:
    """Begin the RFI; sent twice, the same page begins one."""
    typed = typed_in() | {"preset": request.form.get("preset", "")}
    id = _uuid(request.form.get("id")) or rounds.fresh_id()
    try:
        basics = read_basics(typed, current_bank(), edge.now())
        rfi = drafting.create(
            database.session,
            edge.clock(),
            current().actor(),
            basics,
            id=id,
            preset=str(typed["preset"]),
        )
    except Invalid as fault:
        return _new(typed, fault.faults, id), 422
    flash(_("The draft is saved. Now choose what to ask."), "success")
    return redirect(url_for("buyer.questions", rfi_id=rfi.id), 303)


def _new(typed: Mapping[str, Any], faults: Mapping[str, str], id: UUID) -> str:
    bank = current_bank()
    return render_template(
        "buyer/new.html",
        typed=typed,
        faults=faults,
        theirs={},
        id=id,
        bank=bank,
        zones=time_zones(),
        questions_in={
            preset.id: sum(len(bank.sections_by_id[one].questions) for one in preset.sections)
            for preset in bank.presets
        },
    )


def _suggested() -> dict[str, Any]:
    """What the controls hold at first: three weeks, the zone of the last RFI, oneself."""
    zone = rounds.last_time_zone(database.session, current().organisation_id)
    local: datetime = (edge.now() + USUAL_ROUND).astimezone(ZoneInfo(zone))
    return {
        "title": "",
        "purpose": "",
        "reply_to": current().email,
        "deadline_day": local.date().isoformat(),
        "deadline_time": "17:00",
        "time_zone": zone,
        "base": "",
        "add_ons": [],
        "preset": current_bank().presets[0].id,
    }


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
