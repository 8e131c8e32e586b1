"""One section a page: shown, and saved as a whole where no script saves each change."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.controls import element_id
from questionnaire.services import resuming, submitting
from questionnaire.services.faults import Missing
from questionnaire.vendor import gate
from questionnaire.vendor.earlier import pressed
from questionnaire.vendor.filling import fill_in
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import section_page
from questionnaire.vendor.places import address, elsewhere

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/section/<section_id>")
def section(assessment_id: UUID, section_id: str) -> Page:
    """The questions of one section with the answers so far."""
    if not gate.reached().answering:
        if gate.reached().is_colleague:
            return redirect(address("vendor.start"))
        return redirect(f"{address('vendor.check')}#section-{section_id}")
    return section_page(section_id)


@blueprint.get("/assessment/<uuid:assessment_id>/next-open")
def next_open(assessment_id: UUID) -> Page:
    """On to the next question that still needs an answer; to the check when there is none."""
    reached = gate.reached()
    if not reached.answering:
        return redirect(elsewhere("check"))
    kept = resuming.draft(edge.database.session, assessment_id)
    here = request.args.get("section", "")
    found = submitting.next_lacking(gate.questionnaire(), kept, here, reached.language)
    if found is None:
        return redirect(elsewhere("check"))
    page = address("vendor.section", section_id=found.section.id)
    return redirect(f"{page}#{element_id(found.question.id)}")


@blueprint.post("/assessment/<uuid:assessment_id>/section/<section_id>")
def save_section(assessment_id: UUID, section_id: str) -> Page:
    """Save what was changed on the page; what is wrong comes back as it was typed."""
    found = gate.questionnaire().sections_by_id.get(section_id)
    if found is None:
        raise Missing(section_id)
    filled = fill_in(found.questions)
    taken = pressed()
    if filled.stays:
        # Below 400 what was taken over is kept.
        return section_page(section_id, filled.typing), 200 if taken else filled.status
    if not taken:
        flash(_("Saved."), "success")
    return redirect(_onward(section_id, taken or filled.at), 303)


def _onward(section_id: str, question_id: str) -> str:
    """Where the pressed button leads: another section or list, the check, or the same place."""
    to = request.form.get("go", "")
    if to == "next":
        return address("vendor.next_open", section=section_id)
    if to == "earlier":
        return address("vendor.earlier", section_id=section_id)
    if to in ("check", "overview") or to.startswith("ask:"):
        return elsewhere(to)
    if to in gate.questionnaire().sections_by_id:
        return address("vendor.section", section_id=to)
    page = address("vendor.section", section_id=section_id)
    return f"{page}#{element_id(question_id)}" if question_id else page
