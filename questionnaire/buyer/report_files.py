"""The report as a file: asked for here, made by the worker, fetched here."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, fetching, keeping, making, sweeping
from questionnaire.services.faults import Invalid, Refused


@blueprint.get("/<uuid:rfi_id>/report/files")
def report_files(rfi_id: UUID) -> Page:
    """Which files there are, how far those are that are being made, and what is out of date."""
    return _page(rfi_id)


@blueprint.post("/<uuid:rfi_id>/report/files")
def make_report(rfi_id: UUID) -> Page:
    """Have one made: `kind` is pdf, xlsx or csv."""
    session, actor = database.session, current().actor()
    try:
        making.ask(session, edge.clock(), actor, rfi_id, request.form.get("kind", ""), language())
    except Invalid as fault:
        return _page(rfi_id, fault.faults), 422
    except Refused as fault:
        return _page(rfi_id, {"make": fault.sentence}), 409
    return redirect(url_for("buyer.report_files", rfi_id=rfi_id), 303)


@blueprint.get("/<uuid:rfi_id>/report/files/<uuid:file_id>")
def report_file(rfi_id: UUID, file_id: UUID) -> Response:
    """The bytes of one that is ready."""
    store = keeping.store_at(edge.settings().evidence_url)
    where = (database.session, store, current().organisation_id, rfi_id, file_id)
    name, content_type, content = fetching.content(*where)
    named = f'attachment; filename="{name}"'
    return Response(content, content_type=content_type, headers={"Content-Disposition": named})


def _page(rfi_id: UUID, faults: Mapping[str, str] | None = None) -> str:
    session, organisation_id = database.session, current().organisation_id
    files = fetching.files(session, organisation_id, rfi_id, edge.now())
    return render_template(
        "buyer/report_files.html",
        rfi=boarding.head(session, organisation_id, rfi_id),
        files=files,
        under_way=any(one.under_way for one in files),
        faults=faults or {},
        most_kept=sweeping.MOST_KEPT,
        kept_days=making.KEPT_FOR.days,
    )
