"""The step *Brief*: what the chosen questions and requirements refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from question_bank.model import BriefField
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, saved, show
from questionnaire.core.codes import COUNTRIES, LANGUAGES, country_name, language_name
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.models import Rfi
from questionnaire.services import boarding, brief_values, briefing, drafting, preparing
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid

#: Rows for languages that are always there to be filled in, without JavaScript too.
SPARE_ROWS = 3


@blueprint.get("/<uuid:rfi_id>/brief")
def brief(rfi_id: UUID) -> Page:
    """The fields that are needed; of an RFI that was sent, what was stated."""
    session, organisation_id = database.session, current().organisation_id
    rfi = drafting.rfi_of(session, organisation_id, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    fields = briefing.asked(session, rfi, bank)
    if rfi.state != "draft":
        return _stated(rfi, fields)
    return _page(rfi, fields, briefing.typed_brief(fields, rfi.brief), {})


@blueprint.post("/<uuid:rfi_id>/brief")
def state_brief(rfi_id: UUID) -> Page:
    """Save the brief; what is still empty is said, and only sending needs it."""
    session, actor = database.session, current().actor()
    rfi = drafting.draft(session, actor, rfi_id)
    fields = briefing.asked(session, rfi, bank_of(session, rfi.edition_digest))
    typed = {one.name: _typed(one) for one in fields if one.name in request.form.getlist("field")}
    shown = briefing.typed_brief(fields, rfi.brief) | typed
    try:
        briefing.state(
            session, edge.clock(), actor, rfi_id, typed, seen=request.form.get("seen", "")
        )
    except Invalid as fault:
        return _page(rfi, fields, shown, fault.faults), 422
    except drafting.Stale as fault:
        return _page(rfi, fields, shown, {}, _theirs(rfi, fields, typed), fault.sentence), 409
    return _onward(rfi)


def _onward(rfi: Rfi) -> Page:
    """To the next step when nothing is missing here, else back with what is."""
    points = preparing.points(database.session, rfi, edge.now())
    missing = sum(one.step == "brief" and one.blocking for one in points)
    if request.form.get("then") != "stay" and missing:
        flash(_("Saved. %(n)s more to state before the RFI can be sent.", n=missing), "warning")
        return redirect(url_for("buyer.brief", rfi_id=rfi.id), 303)
    return saved(rfi, "brief")


def _typed(field: BriefField) -> Any:
    """What the controls of one field sent."""
    if field.kind in ("multi_choice", "countries"):
        return request.form.getlist(field.name)
    if field.kind == "names":
        none = request.form.get(f"{field.name}.none", "")
        return {"names": request.form.get(field.name, ""), "none": none}
    if field.kind == "languages":
        return _rows(field)
    return request.form.get(field.name, "")


def _rows(field: BriefField) -> list[dict[str, str]]:
    columns = [one.name for one in brief_values.languages_table(field).columns]
    rows = []
    for number in range(brief_values.MOST_LANGUAGES + SPARE_ROWS):
        cells = {one: request.form.get(f"{field.name}.{number}.{one}", "") for one in columns}
        if f"{field.name}.{number}.{columns[0]}" in request.form:
            rows.append(cells)
    return rows


def _theirs(rfi: Rfi, fields: Sequence[BriefField], typed: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the brief now, of the fields where this page says something else."""
    return {
        one.name: brief_values.show(one, value)
        for one in fields
        if (value := brief_values.held(rfi.brief, one.name)) is not None
        and one.name in typed
        and brief_values.typed(one, value) != typed[one.name]
    }


def _page(
    rfi: Rfi,
    fields: Sequence[BriefField],
    typed: Mapping[str, Any],
    faults: Mapping[str, str],
    theirs: Mapping[str, str] | None = None,
    stale: str = "",
) -> str:
    return show(
        "buyer/brief.html",
        rfi,
        "brief",
        fields=fields,
        typed=typed,
        faults=faults,
        summary=_named(fields, faults),
        theirs=theirs or {},
        stale=stale,
        seen=drafting.digest(rfi.brief),
        must=_needed(rfi),
        unstated={one.name for one in fields if brief_values.held(rfi.brief, one.name) is None},
        countries=_sorted(COUNTRIES, country_name),
        spoken=_sorted(LANGUAGES, language_name),
        table=brief_values.languages_table,
        spare=SPARE_ROWS,
    )


def _needed(rfi: Rfi) -> set[str]:
    """The fields without which the RFI cannot be sent."""
    session = database.session
    bank = bank_of(session, rfi.edition_digest)
    return {one.name for one in briefing.needed(session, rfi, bank)}


def _named(fields: Sequence[BriefField], faults: Mapping[str, str]) -> dict[str, str]:
    """The faults for the top of the page, each with the field that it is about."""
    labels = {one.name: one.label.text(language()) for one in fields}
    named = {}
    for place, sentence in faults.items():
        if place in labels:
            named[place] = f"{labels[place]}: {sentence}"
            continue
        name, row, _column = place.split(".", 2)
        at = _("%(label)s, row %(n)s", label=labels[name], n=int(row) + 1)
        named[place] = f"{at}: {sentence}"
    return named


def _stated(rfi: Rfi, fields: Sequence[BriefField]) -> str:
    return render_template(
        "buyer/brief_sent.html",
        rfi=boarding.head(database.session, rfi.organisation_id, rfi.id),
        stated=[
            (one, brief_values.show(one, brief_values.held(rfi.brief, one.name), language()))
            for one in fields
        ],
    )


def _sorted(codes: frozenset[str], name: Any) -> list[tuple[str, str]]:
    return sorted(((one, name(one, language())) for one in codes), key=lambda one: one[1])
