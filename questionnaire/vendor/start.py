"""The first page behind the code: who asks, what for, by when, and how long it takes."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.controls.frames import afresh
from questionnaire.services import debriefing, ending, resuming
from questionnaire.services.faults import Invalid
from questionnaire.services.replying import unsent
from questionnaire.vendor import errands, gate
from questionnaire.vendor.colleagues import everybody
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import counts, progress
from questionnaire.vendor.places import address, board_link, own

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>")
def start(assessment_id: UUID) -> Page:
    """What is asked, by whom, and where one stands with it."""
    if gate.reached().is_colleague:
        return errands.page()
    reached, questionnaire = gate.reached(), gate.questionnaire()
    session = edge.database.session
    kept = resuming.part(session, assessment_id, questionnaire.triggers)
    remarks = resuming.remarks(session, assessment_id) if reached.state == "submitted" else {}
    told = debriefing.released(session, assessment_id) if reached.state == "submitted" else None
    lines = progress(questionnaire, kept, questionnaire.hidden(kept))
    fixed = {
        "reached": reached,
        "questionnaire": questionnaire,
        "lines": lines,
        "next": next((one for one in lines if not one.done), None),
        "asked": sum(one.asked for one in lines),
        "answered": sum(one.answered for one in lines),
        "remarks": remarks,
        "debrief": told is not None,
        "colleagues": everybody(kept),
        "unsent": unsent(remarks),
        "late": edge.now() > reached.deadline,
        "documents": [
            (one.section, [q for q in one.section.questions if q.evidence]) for one in lines
        ],
    }
    return afresh("vendor/start.html", fixed, counts(lines) | own())


@blueprint.get("/assessment/<uuid:assessment_id>/decline")
def decline(assessment_id: UUID) -> Page:
    """Where a vendor says that it does not take part."""
    if not gate.reached().answering:
        return redirect(address("vendor.start"))
    return _decline("", {})


@blueprint.post("/assessment/<uuid:assessment_id>/decline")
def say_no(assessment_id: UUID) -> Page:
    """End it from the vendor's side; sent twice it has one effect."""
    reason = request.form.get("reason", "")
    try:
        ending.decline(
            edge.database.session,
            edge.clock(),
            gate.reached(),
            reason,
            board_link=board_link(gate.reached()),
            speech=gate.reached().language,
        )
    except Invalid as fault:
        return _decline(reason, fault.faults), 422
    return redirect(address("vendor.start"), 303)


def _decline(reason: str, faults: dict[str, str]) -> str:
    fixed = {"reached": gate.reached(), "reason": reason, "faults": faults}
    return afresh("vendor/decline.html", fixed, own())
