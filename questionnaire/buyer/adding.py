"""Adding a requirement of one's own: first what it looks at, then what it demands.

Each choice narrows the next one, so the page asks in steps by GET and works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from question_bank.check import fits
from question_bank.model import Bank, DocumentRule, Question, Requirement, RowRule, Wording
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.demands import typed_demand
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, draft_or_board, show
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import demand_values, demanding, drafting, revising, rowing
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid

CHOICES = (
    "question",
    "operator",
    "quantifier",
    "column",
    "op",
    "where",
    "where_value",
    "per",
    "per_value",
)


@blueprint.get("/<uuid:rfi_id>/new-requirement")
def new_requirement(rfi_id: UUID) -> Page:
    """What is chosen so far, and the next thing to choose."""
    rfi = draft_or_board(rfi_id)
    return rfi if not isinstance(rfi, Rfi) else _page(rfi, _chosen(request.args), _blank(), {})


@blueprint.post("/<uuid:rfi_id>/new-requirement")
def add_requirement(rfi_id: UUID) -> Page:
    """Add the requirement."""
    session, actor = database.session, current().actor()
    rfi = drafting.draft(session, actor, rfi_id)
    chosen, typed = _chosen(request.form), typed_demand()
    try:
        _add(rfi, chosen, typed)
    except Invalid as fault:
        return _page(rfi, chosen, typed, fault.faults), 422
    flash(_("The requirement is added."), "success")
    section = bank_of(session, rfi.edition_digest).questions[chosen["question"]].section
    return redirect(url_for("buyer.requirements", rfi_id=rfi_id, _anchor=f"s-{section}"), 303)


def _add(rfi: Rfi, chosen: Mapping[str, str], typed: Mapping[str, Any]) -> None:
    bank = bank_of(database.session, rfi.edition_digest)
    begun = _begun(bank, chosen)
    if begun is None:
        raise Invalid({"question": _("Choose what the requirement looks at first.")})
    editor = demanding.editor_of(begun, bank, rfi.brief, frozenset(rfi.question_ids))
    revising.add(
        database.session,
        edge.clock(),
        current().actor(),
        rfi.id,
        question_id=begun.question,
        operator=begun.operator,
        threshold=demand_values.read_threshold(begun, editor, typed),
        severity=typed["severity"],
        assurance=demand_values.read_assurance(typed["assurance"]),
        rationale=typed["rationale"],
    )


def _chosen(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: str(sent.get(name) or "")[:200] for name in CHOICES}


def _blank() -> dict[str, Any]:
    names = ("value", "plus", "age", "severity", "assurance", "rationale")
    return {"source": "value"} | dict.fromkeys(names, "")


def _begun(bank: Bank, chosen: Mapping[str, str]) -> Requirement | None:
    """The requirement as chosen so far, not yet comparing with anything; None before it is one."""
    question = bank.questions.get(chosen["question"])
    if question is None or chosen["operator"] not in fits(question):
        return None
    threshold: object = ""
    if chosen["operator"] == "evidence_required":
        threshold = DocumentRule(())
    elif chosen["operator"] == "row":
        threshold = rowing.begun_rule(question, bank, chosen)
        if threshold is None:
            return None
    return Requirement(
        "",
        question.id,
        (),
        chosen["operator"],
        threshold,  # type: ignore[arg-type]
        "minor",
        Wording("-"),
    )


def _page(
    rfi: Rfi, chosen: Mapping[str, str], typed: Mapping[str, Any], faults: Mapping[str, str]
) -> str:
    bank = bank_of(database.session, rfi.edition_digest)
    question: Question | None = bank.questions.get(chosen["question"])
    begun = _begun(bank, chosen)
    asked = frozenset(rfi.question_ids)
    return show(
        "buyer/new_requirement.html",
        rfi,
        "requirements",
        asked=[bank.questions[one] for one in rfi.question_ids],
        question=question,
        operators=fits(question) if question else (),
        chosen=chosen,
        rows=rowing.offered(question, bank, chosen) if question and _is_row(chosen) else None,
        editor=demanding.editor_of(begun, bank, rfi.brief, asked) if begun else None,
        rule=begun.threshold if begun and isinstance(begun.threshold, RowRule) else None,
        typed=typed,
        faults=faults,
        rationale_limit=revising.RATIONALE_LIMIT,
    )


def _is_row(chosen: Mapping[str, str]) -> bool:
    return chosen["operator"] == "row"
