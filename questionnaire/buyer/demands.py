"""One requirement: changing it, putting it back, adding one, taking one's own out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from question_bank.model import Bank
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.requirements import line_of
from questionnaire.buyer.steps import Page, show
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import demand_values, demanding, drafting, requiring, revising
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid
from questionnaire.services.requiring import Held


@blueprint.get("/<uuid:rfi_id>/requirements/<path:requirement_id>")
def requirement(rfi_id: UUID, requirement_id: str) -> Page:
    """One requirement of a draft, with the controls that fit it."""
    rfi, bank, held = _found(rfi_id, requirement_id)
    if rfi.state != "draft":
        return redirect(url_for("buyer.requirements", rfi_id=rfi_id))
    return _page(rfi, bank, held, typed_of(held), {})


@blueprint.post("/<uuid:rfi_id>/requirements/<path:requirement_id>")
def revise(rfi_id: UUID, requirement_id: str) -> Page:
    """Save one requirement; what asks less at a gate is saved with a yes only."""
    rfi, bank, held = _found(rfi_id, requirement_id)
    typed = typed_demand() | {"off": "on" not in request.form}
    try:
        _save(rfi, bank, held, typed)
    except revising.Unconfirmed as fault:
        return _page(rfi, bank, held, typed, {}, warning=fault.sentence), 422
    except drafting.Stale as fault:
        return _page(rfi, bank, held, typed, {}, stale=fault.sentence), 409
    except Invalid as fault:
        return _page(rfi, bank, held, typed, fault.faults), 422
    flash(_("The requirement is saved."), "success")
    return _back(bank, rfi, held)


@blueprint.post("/<uuid:rfi_id>/requirements/<path:requirement_id>/restore")
def restore(rfi_id: UUID, requirement_id: str) -> Page:
    """Put a requirement back as the profiles suggest it."""
    rfi, bank, held = _found(rfi_id, requirement_id)
    revising.restore(database.session, edge.clock(), current().actor(), rfi_id, requirement_id)
    flash(_("The requirement is back as suggested."), "success")
    return _back(bank, rfi, held)


@blueprint.post("/<uuid:rfi_id>/requirements/<path:requirement_id>/remove")
def remove_requirement(rfi_id: UUID, requirement_id: str) -> Page:
    """Take out a requirement of one's own."""
    revising.remove(database.session, edge.clock(), current().actor(), rfi_id, requirement_id)
    flash(_("The requirement is gone."), "success")
    return redirect(url_for("buyer.requirements", rfi_id=rfi_id), 303)


def typed_demand() -> dict[str, Any]:
    """What the controls of a threshold, a severity, a level and a reason sent."""
    ticked = request.form.getlist("value")
    names = ("source", "plus", "age", "severity", "assurance", "rationale")
    plain = {one: request.form.get(one, "") for one in names}
    return plain | {"value": ticked[0] if len(ticked) == 1 else ticked}


def _save(rfi: Rfi, bank: Bank, held: Held, typed: Mapping[str, Any]) -> None:
    editor = demanding.editor_of(held.requirement, bank, rfi.brief, frozenset(rfi.question_ids))
    revising.revise(
        database.session,
        edge.clock(),
        current().actor(),
        rfi.id,
        held.id,
        threshold=demand_values.read_threshold(held.requirement, editor, typed),
        severity=typed["severity"],
        assurance=demand_values.read_assurance(typed["assurance"]),
        off=typed["off"],
        rationale=typed["rationale"],
        seen=request.form.get("seen", ""),
        confirmed=request.form.get("confirmed") == "yes",
    )


def _found(rfi_id: UUID, requirement_id: str) -> tuple[Rfi, Bank, Held]:
    session = database.session
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    return rfi, bank, requiring.one_of(requiring.held(session, rfi, bank), requirement_id)


def _back(bank: Bank, rfi: Rfi, held: Held) -> Page:
    section = bank.questions[held.requirement.question].section
    return redirect(url_for("buyer.requirements", rfi_id=rfi.id, _anchor=f"s-{section}"), 303)


def typed_of(held: Held) -> dict[str, Any]:
    """What the controls hold for a requirement as it is."""
    requirement = held.requirement
    return demand_values.typed_threshold(requirement.threshold) | {
        "severity": requirement.severity,
        "assurance": str(requirement.assurance or ""),
        "rationale": requirement.rationale.en,
        "off": held.off,
    }


def _page(
    rfi: Rfi,
    bank: Bank,
    held: Held,
    typed: Mapping[str, Any],
    faults: Mapping[str, str],
    *,
    warning: str = "",
    stale: str = "",
) -> str:
    return show(
        "buyer/requirement.html",
        rfi,
        "requirements",
        line=line_of(bank, rfi, held),
        editor=demanding.editor_of(held.requirement, bank, rfi.brief, frozenset(rfi.question_ids)),
        typed=typed,
        faults=faults,
        warning=warning,
        stale=stale,
        seen=drafting.digest(held.to_document()),
        rationale_limit=revising.RATIONALE_LIMIT,
    )
