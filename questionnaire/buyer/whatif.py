"""The what-if: other requirements and weights on the answers as they are, and who would flip."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer import whatif_words as words
from questionnaire.buyer.demands import typed_demand, typed_of
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.requirements import line_of
from questionnaire.buyer.steps import Page
from questionnaire.buyer.tries import Trying, encoded, trying
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import (
    boarding,
    concluding,
    demand_values,
    demanding,
    publishing,
    revising,
    supposing,
)
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.requiring import Held


@blueprint.get("/<uuid:rfi_id>/what-if")
def what_if(rfi_id: UUID) -> Page:
    """What is tried and what it does; then what else can be tried, what excludes most first."""
    return _page(rfi_id, trying(rfi_id))


@blueprint.get("/<uuid:rfi_id>/what-if/requirements/<path:requirement_id>")
def suppose(rfi_id: UUID, requirement_id: str) -> Page:
    """One requirement with the controls of the draft's editor."""
    tried = trying(rfi_id)
    held = tried.wanted.edits.get(requirement_id) or tried.now.one(requirement_id)
    return _editor(rfi_id, tried, held, typed_of(held), {})


@blueprint.post("/<uuid:rfi_id>/what-if/requirements/<path:requirement_id>")
def see(rfi_id: UUID, requirement_id: str) -> Page:
    """Try it: nothing is stored, the address of the next page holds it."""
    tried = trying(rfi_id)
    before = tried.now.one(requirement_id)
    typed = typed_demand() | {"off": "on" not in request.form}
    try:
        edit = _edit(tried, before, typed)
        wanted = supposing.with_edit(tried.now, tried.wanted, edit, edge.now().date())
        address = encoded(tried.now, wanted)
    except Invalid as fault:
        return _editor(rfi_id, tried, before, typed, fault.faults), 422
    except Refused as fault:
        return _editor(rfi_id, tried, before, typed, {"value": fault.sentence}), 422
    return redirect(_address(rfi_id, address), 303)


@blueprint.get("/<uuid:rfi_id>/what-if/weights")
def suppose_weights(rfi_id: UUID) -> Page:
    """Weights, floors and the weight of the price."""
    tried = trying(rfi_id)
    return _weights(rfi_id, tried, words.typed_weighting(tried.now, tried.wanted), {})


@blueprint.post("/<uuid:rfi_id>/what-if/weights")
def see_weights(rfi_id: UUID) -> Page:
    """Try other weights: nothing is stored, the address of the next page holds them."""
    tried, typed = trying(rfi_id), request.form.to_dict()
    try:
        weighting = words.read_weighting(tried.now, typed)
        wanted = supposing.with_weighting(tried.now, tried.wanted, weighting)
        address = encoded(tried.now, wanted)
    except Invalid as fault:
        return _weights(rfi_id, tried, typed, fault.faults), 422
    except Refused as fault:
        return _weights(rfi_id, tried, typed, {"price_weight": fault.sentence}), 422
    return redirect(_address(rfi_id, address), 303)


def _address(rfi_id: UUID, tried: str | None) -> str:
    values: dict[str, Any] = {"try": tried}
    return url_for("buyer.what_if", rfi_id=rfi_id, _anchor="does", **values)


def _edit(tried: Trying, before: Held, typed: dict[str, Any]) -> Held:
    """What the controls say, on the requirement as it is now."""
    rfi, bank = tried.now.rfi, tried.now.bank
    editor = demanding.editor_of(before.requirement, bank, rfi.brief, frozenset(rfi.question_ids))
    requirement = replace(
        before.requirement,
        threshold=demand_values.read_threshold(before.requirement, editor, typed),
        severity=typed["severity"],
        assurance=demand_values.read_assurance(typed["assurance"]),
        rationale=revising.read_rationale(typed["rationale"], before.requirement.rationale),
    )
    return replace(before, requirement=requirement, off=typed["off"])


def _page(rfi_id: UUID, tried: Trying) -> Page:
    session, member = database.session, current()
    found = concluding.conclude(session, member.organisation_id, rfi_id, edge.now(), language())
    context = words.told(tried, found, request.args, language())
    page = render_template(
        "buyer/whatif.html",
        rfi=boarding.head(session, member.organisation_id, rfi_id),
        tried=tried,
        found=found,
        publishable=publishing.why_not(session, rfi_id),
        **context,
    )
    return (page, 422) if tried.fault else page


def _editor(
    rfi_id: UUID, tried: Trying, held: Held, typed: dict[str, Any], faults: dict[str, str]
) -> str:
    now = tried.now
    return render_template(
        "buyer/whatif_requirement.html",
        rfi=boarding.head(database.session, current().organisation_id, rfi_id),
        bank=now.bank,
        tried=tried,
        line=line_of(now.bank, now.rfi, now.one(held.id)),
        editor=demanding.editor_of(
            now.one(held.id).requirement, now.bank, now.rfi.brief, frozenset(now.rfi.question_ids)
        ),
        typed=typed,
        faults=faults,
        rationale_limit=revising.RATIONALE_LIMIT,
    )


def _weights(rfi_id: UUID, tried: Trying, typed: dict[str, Any], faults: dict[str, str]) -> str:
    return render_template(
        "buyer/whatif_weights.html",
        rfi=boarding.head(database.session, current().organisation_id, rfi_id),
        tried=tried,
        rows=words.weight_rows(tried.now, language()),
        typed=typed,
        faults=faults,
    )
