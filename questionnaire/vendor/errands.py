"""A colleague's first page: what was handed over, what is missing of it, and being done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.controls.frames import afresh
from questionnaire.services import helping, resuming, submitting
from questionnaire.services.faults import Invalid
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import counts, progress
from questionnaire.vendor.places import address, own

Page = str | tuple[str, int] | Response


@blueprint.post("/assessment/<uuid:assessment_id>/done")
def finish(assessment_id: UUID) -> Page:
    """Say to the owner that this part is done."""
    note = request.form.get("note", "")
    try:
        helping.finish(edge.database.session, edge.clock(), edge.links(), gate.reached(), note)
    except Invalid as fault:
        return page(note, fault.faults), 422
    flash(_("Thank you. %(owner)s is told that you are done.", owner=_owner()), "success")
    return redirect(address("vendor.start"), 303)


def page(note: str | None = None, faults: Mapping[str, str] | None = None) -> str:
    """The start page of whoever was handed a part."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    session = edge.database.session
    wanted = questionnaire.questions.keys() | questionnaire.triggers
    kept = resuming.part(session, reached.assessment_id, wanted)
    hidden = questionnaire.hidden(kept)
    lines = progress(questionnaire, kept, hidden)
    given = questionnaire.typed(kept)
    lacking = submitting.lacking(questionnaire, given, hidden, reached.language)
    errand = helping.errand(session, reached)
    fixed = {
        "reached": reached,
        "owner": _owner(),
        "errand": errand,
        "note": errand.done_note if note is None else note,
        "faults": faults or {},
        "lines": lines,
        "around": gate.whole().sections,
        "next": next((one for one in lines if not one.done), None),
        "asked": sum(one.asked for one in lines),
        "answered": sum(one.answered for one in lines),
        "late": edge.now() > reached.deadline,
        "lacking": lacking,
        "missing": [
            (ones[0].section, ones)
            for _id, group in groupby(lacking, key=lambda one: one.section.id)
            if (ones := list(group))
        ],
    }
    return afresh("vendor/errand.html", fixed, counts(lines) | own())


def _owner() -> str:
    giver = gate.reached().handed_by or ""
    return gate.people().get(giver, giver)
