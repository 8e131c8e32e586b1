"""The board of an RFI: how far every vendor is, and what the answers came to."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer import words
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.lines import matrix_lines, vendor_lines
from questionnaire.buyer.steps import STEPS, Page
from questionnaire.controls.frames import framed
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, drafting, exporting, preparing, trailing
from questionnaire.services.boarding import Board
from questionnaire.services.trailing import Trail

LATEST = 5
#: So many boards' latest changes are kept as they look.
LATEST_KEPT = 128


@blueprint.get("/<uuid:rfi_id>")
def board(rfi_id: UUID) -> Page:
    """Every vendor of the RFI; of a draft, the first step in which something is missing."""
    session, member, now = database.session, current(), edge.now()
    found = boarding.board(session, member.organisation_id, rfi_id, now)
    if found.rfi.state == "draft":
        return _to_draft(rfi_id)
    trail = trailing.trail(session, member.organisation_id, rfi_id=rfi_id, limit=LATEST)
    return _page(found, trail, now)


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


def _page(board: Board, trail: Trail, now: datetime) -> str:
    """The board in its frame, which changes with the RFI alone."""
    rfi, spoken = board.rfi, language()
    matrix = matrix_lines(board, spoken)
    lasting = (rfi.id, rfi.title, rfi.state, rfi.deadline, rfi.time_zone, rfi.withdrawn_at)
    return framed(
        "buyer/board.html",
        (lasting, board.bank.digest, board.sections, bool(matrix)),
        {"rfi": rfi, "board": board, "with_matrix": bool(matrix)},
        {
            "left": words.left_until(rfi.deadline, now),
            "submitted": sum(not one.in_house for one in board.submitted),
            "vendors": sum(not one.in_house for one in board.vendors),
            "lines": vendor_lines(board, edge.links(), spoken),
            "matrix": matrix,
            "trail": _trail_html(trail, rfi.time_zone, spoken),
        },
    )


@lru_cache(LATEST_KEPT)
def _trail_html(trail: Trail, zone: str, _language: str) -> Markup:
    return Markup(render_template("audit_trail.html", trail=trail, zone=zone))  # noqa: S704


def _to_draft(rfi_id: UUID) -> Page:
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    points = preparing.points(database.session, rfi, edge.now())
    blocked = {one.step for one in points if one.blocking}
    step = next((name for name in STEPS if name in blocked), "send")
    return redirect(url_for(STEPS[step][1], rfi_id=rfi_id))
