"""What the controls of a question are called, and what was typed into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from question_bank.model import Question
from questionnaire.services.taking import Typed

#: Parts of one question's controls, each with every value that was sent for it.
Parts = Mapping[str, list[str]]


def element_id(question_id: str) -> str:
    """The id of the element that holds a question: where links to it lead."""
    return f"q-{question_id}"


def by_question(fields: Iterable[tuple[str, str]]) -> dict[str, dict[str, list[str]]]:
    """The fields `<question id>:<part>` of a page, sorted out by question; others are left out."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, value in fields:
        question_id, colon, part = name.partition(":")
        if colon:
            found.setdefault(question_id, {}).setdefault(part, []).append(value)
    return found


def typed_of(question: Question, parts: Parts) -> Typed:
    """What stands in the controls of `question`."""
    return Typed(
        said=_one(parts, "said") or "answered",
        raw=_raw(question, parts),
        none=bool(_one(parts, "none")),
        comment=_one(parts, "comment"),
        reason=_one(parts, "reason"),
        version=_whole(_one(parts, "version")),
    )


def rows_of(question: Question, parts: Parts) -> dict[int, dict[str, Any]]:
    """The rows of a table by their number on the page, in that order."""
    several = {one.name for one in question.columns if one.kind == "multi_choice"}
    typed_text = {one.name for one in question.columns if one.choices_from}
    rows: dict[int, dict[str, Any]] = {}
    for part, values in parts.items():
        kind, _, place = part.partition(":")
        number, _, column = place.partition(":")
        if kind != "row" or not (number.isascii() and number.isdigit() and len(number) < 6):
            continue
        listed = column in several - typed_text
        rows.setdefault(int(number), {})[column] = list(values) if listed else values[0]
    return dict(sorted(rows.items()))


def _raw(question: Question, parts: Parts) -> Any:
    if question.kind == "table":
        return list(rows_of(question, parts).values()) or None
    if question.kind == "money":
        return {"amount": _one(parts, "amount"), "currency": _one(parts, "currency")}
    if question.kind in ("multi_choice", "countries"):
        return [one for one in parts.get("value", ()) if one.strip()] or None
    return _one(parts, "value")


def _one(parts: Parts, part: str) -> str:
    values = parts.get(part)
    return values[0] if values else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
