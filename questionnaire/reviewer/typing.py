"""Reading what reviewers typed: versions, ids, decisions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import request

from questionnaire.core.phrases import worded
from questionnaire.services.deciding_together import MOST
from questionnaire.services.faults import Invalid
from questionnaire.services.proving import LEVELS, NOT_ACCEPTED, Proof
from questionnaire.services.ruling import Decision

#: The levels that the choices of the form stand for.
LEVELS_TYPED = frozenset(str(one) for one in (NOT_ACCEPTED, *LEVELS))
#: No vendor has more sites; more ticks than that are nobody's.
MOST_SITES = 500


def seen() -> int:
    """The flag's version that the page showed."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def decision_typed() -> Decision:
    """The decision as the page's controls hold it; Invalid where a date or person is no such."""
    form, faults = request.form, dict[str, str]()
    until: date | None = None
    assignee: UUID | None = None
    action = form.get("action", "")
    try:
        if action == "waive" and form.get("until", "").strip():
            until = date.fromisoformat(form["until"].strip())
    except ValueError:
        faults["until"] = worded("Write the date as year-month-day, for example 2027-03-01.")
    try:
        if action == "assign" and form.get("assignee"):
            assignee = UUID(form["assignee"])
    except ValueError:
        faults["assignee"] = worded("Choose somebody from the list.")
    if faults:
        raise Invalid(faults)
    return Decision(action, form.get("reason", ""), until, assignee)


def proof_typed() -> Proof:
    """The review as its form holds it; Invalid where a date is none."""
    form, faults = request.form, dict[str, str]()
    days: dict[str, date | None] = {"issued_on": None, "expires_on": None}
    for name in days:
        if typed := form.get(name, "").strip():
            try:
                days[name] = date.fromisoformat(typed)
            except ValueError:
                faults[name] = worded("Write the date as year-month-day, for example 2027-03-01.")
    level = form.get("level", "")
    if faults:
        raise Invalid(faults)
    return Proof(
        level=int(level) if level in LEVELS_TYPED else None,
        issued_on=days["issued_on"],
        expires_on=days["expires_on"],
        sites=tuple(form.getlist("sites")[:MOST_SITES]),
        legal_entity=form.get("legal_entity", ""),
        covers_service=form.get("covers_service") == "yes",
        reason=form.get("reason", ""),
        note=form.get("note", ""),
    )


def ids_typed(name: str) -> list[UUID]:
    """Every id of this name that was sent; what is none, or beyond the most, is left out."""
    found = []
    for text in request.values.getlist(name)[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
