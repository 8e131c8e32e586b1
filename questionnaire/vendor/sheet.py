"""The questionnaire as a spreadsheet: out, in, what would change, and what was saved."""

from __future__ import annotations

import io
from uuid import UUID

from flask import redirect, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import edge
from questionnaire.controls.frames import afresh
from questionnaire.services import (
    resuming,
    sheet_differing,
    sheet_making,
    sheet_opening,
    sheet_taking,
    submitting,
)
from questionnaire.services.faults import Invalid
from questionnaire.services.reaching import closed
from questionnaire.vendor import gate
from questionnaire.vendor.check import missing
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import address, own
from questionnaire.vendor.sheet_rows import refusals, rows, subjects

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/questionnaire.xlsx")
def sheet(assessment_id: UUID) -> Response:
    """Everything that is asked, with the answers so far, or without any (`?empty=1`)."""
    reached = gate.reached()
    empty = bool(request.args.get("empty"))
    kept = {} if empty else resuming.draft(edge.database.session, assessment_id)
    content = sheet_making.make(reached, gate.questionnaire(), kept, edge.now())
    return send_file(
        io.BytesIO(content),
        mimetype=sheet_making.MEDIA_TYPE,
        as_attachment=True,
        download_name=sheet_making.file_name(reached),
        max_age=0,
    )


@blueprint.get("/assessment/<uuid:assessment_id>/spreadsheet")
def spreadsheet(assessment_id: UUID) -> str:
    """Where the file is taken from, and where it comes back."""
    return _spreadsheet({})


@blueprint.post("/assessment/<uuid:assessment_id>/spreadsheet")
def take_spreadsheet(assessment_id: UUID) -> Page:
    """Read a filled file; nothing of it is saved yet."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    if not reached.answering:
        raise closed(reached)
    file = request.files.get("file")
    content = file.stream.read(sheet_opening.MOST_BYTES + 1) if file else b""
    try:
        # It takes a while: nobody has to wait with saving until it is read.
        with edge.reading() as session:
            grids = sheet_opening.open_sheets(content, reached.language)
        upload_id = sheet_taking.take_in(
            session, edge.clock(), reached, questionnaire, (file and file.filename) or "", grids
        )
    except Invalid as fault:
        return _spreadsheet(fault.faults), 422
    return redirect(address("vendor.spreadsheet_changes", upload_id=upload_id), 303)


def _spreadsheet(faults: dict[str, str]) -> str:
    fixed = {
        "reached": gate.reached(),
        "faults": faults,
        "most": sheet_opening.MOST_MEGABYTES,
    }
    return afresh("vendor/spreadsheet.html", fixed, own())


@blueprint.get("/assessment/<uuid:assessment_id>/spreadsheet/<uuid:upload_id>")
def spreadsheet_changes(assessment_id: UUID, upload_id: UUID) -> Page:
    """What the file would change, answer by answer."""
    sheet_taking.kept(edge.database.session, gate.reached(), upload_id, edge.now())
    if not gate.reached().answering:
        return redirect(address("vendor.start"))
    return _changes(upload_id, "")


@blueprint.post("/assessment/<uuid:assessment_id>/spreadsheet/<uuid:upload_id>")
def apply_spreadsheet(assessment_id: UUID, upload_id: UUID) -> Page:
    """Save the answers that were ticked, or all that are new; sent twice it has one effect."""
    session, reached = edge.database.session, gate.reached()
    upload = sheet_taking.kept(session, reached, upload_id, edge.now())
    ticked = set(request.form.getlist("apply"))
    if request.form.get("go") == "all":
        ticked |= set(request.form.getlist("new"))
    if not ticked:
        return _changes(upload_id, _("Tick at least one answer that is to be saved.")), 422
    chosen = {id: _version(request.form.get(f"seen:{id}", "")) for id in ticked}
    sheet_differing.apply(session, edge.clock(), reached, gate.questionnaire(), upload, chosen)
    return redirect(address("vendor.spreadsheet_saved", upload_id=upload_id), 303)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _changes(upload_id: UUID, fault: str) -> str:
    session, reached, questionnaire = edge.database.session, gate.reached(), gate.questionnaire()
    upload = sheet_taking.kept(session, reached, upload_id, edge.now())
    found = sheet_differing.differences(session, reached, questionnaire, upload)
    fixed = {
        "reached": reached,
        "upload": upload,
        "fault": fault,
        "found": found,
        "new": rows(questionnaire, found.of("new")),
        "losses": rows(questionnaire, found.of("loss")),
        "conflicts": rows(questionnaire, found.of("conflict")),
        "refused": refusals(questionnaire, found.refused),
    }
    return afresh("vendor/spreadsheet_changes.html", fixed, own())


@blueprint.get("/assessment/<uuid:assessment_id>/spreadsheet/<uuid:upload_id>/saved")
def spreadsheet_saved(assessment_id: UUID, upload_id: UUID) -> Page:
    """What was saved from the file, what of it was not, and what is still missing."""
    session, reached, questionnaire = edge.database.session, gate.reached(), gate.questionnaire()
    upload = sheet_taking.kept(session, reached, upload_id, edge.now())
    if not reached.answering:
        return redirect(address("vendor.start"))
    kept = resuming.draft(session, assessment_id)
    lacking = submitting.lacking(
        questionnaire, questionnaire.typed(kept), questionnaire.hidden(kept), reached.language
    )
    fixed = {
        "reached": reached,
        "upload": upload,
        "saved": subjects(questionnaire, upload.applied),
        "found": sheet_differing.differences(session, reached, questionnaire, upload),
        "lacking": missing(lacking, blocked=False),
    }
    return afresh("vendor/spreadsheet_saved.html", fixed, own())
