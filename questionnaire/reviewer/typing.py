"""Reading what reviewers typed: versions, ids, decisions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import request

from questionnaire.services.deciding_together import MOST
from questionnaire.services.faults import Invalid
from questionnaire.services.ruling import Decision


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
        faults["until"] = "Write the date as year-month-day, for example 2027-03-01."
    try:
        if action == "assign" and form.get("assignee"):
            assignee = UUID(form["assignee"])
    except ValueError:
        faults["assignee"] = "Choose somebody from the list."
    if faults:
        raise Invalid(faults)
    return Decision(action, form.get("reason", ""), until, assignee)


def ids_typed(name: str) -> list[UUID]:
    """Every id of this name that was sent; what is none, or beyond the most, is left out."""
    found = []
    for text in request.values.getlist(name)[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
