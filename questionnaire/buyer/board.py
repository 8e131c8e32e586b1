"""The board of an RFI: how far every vendor is, and what the answers came to."""

from __future__ import annotations

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.lines import matrix_lines, vendor_lines
from questionnaire.buyer.steps import STEPS, Page
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, drafting, exporting, preparing, trailing

LATEST = 5


@blueprint.get("/<uuid:rfi_id>")
def board(rfi_id: UUID) -> Page:
    """Every vendor of the RFI; of a draft, the first step in which something is missing."""
    session, member, now = database.session, current(), edge.now()
    found = boarding.board(session, member.organisation_id, rfi_id, now)
    if found.rfi.state == "draft":
        return _to_draft(rfi_id)
    return render_template(
        "buyer/board.html",
        rfi=found.rfi,
        board=found,
        now=now,
        submitted=sum(not one.in_house for one in found.submitted),
        lines=vendor_lines(found, edge.links(), language()),
        matrix=matrix_lines(found, language()),
        trail=trailing.trail(session, member.organisation_id, rfi_id=rfi_id, limit=LATEST),
    )


@blueprint.get("/<uuid:rfi_id>/counts.csv")
def counts(rfi_id: UUID) -> Response:
    """Vendors by sections with their counts, for a spreadsheet."""
    found = boarding.board(database.session, current().organisation_id, rfi_id, edge.now())
    return Response(
        exporting.counts_csv(found, language()),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{exporting.file_name(found)}"'},
    )


@blueprint.get("/<uuid:rfi_id>/history")
def history(rfi_id: UUID) -> str:
    """Every change of this RFI, the newest first."""
    organisation_id = current().organisation_id
    head = boarding.head(database.session, organisation_id, rfi_id)
    before = request.args.get("before", type=UUID)
    return render_template(
        "buyer/history.html",
        rfi=head,
        trail=trailing.trail(database.session, organisation_id, rfi_id=rfi_id, before=before),
    )


def _to_draft(rfi_id: UUID) -> Page:
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    points = preparing.points(database.session, rfi, edge.now())
    blocked = {one.step for one in points if one.blocking}
    step = next((name for name in STEPS if name in blocked), "send")
    return redirect(url_for(STEPS[step][1], rfi_id=rfi_id))
