"""The threshold of a requirement: what its controls hold, and what they mean when sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from question_bank.model import DocumentRule, Reference, Requirement, RowRule, Threshold
from question_bank.vocabulary import ASSURANCES
from questionnaire.core.dates import parse_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import number_of, parse_number, plain_number
from questionnaire.core.phrases import reader, worded
from questionnaire.core.texts import CELL_LIMIT, clean
from questionnaire.services.demanding import Editor
from questionnaire.services.faults import Invalid

#: No document has to be older than fifty years.
OLDEST = 600


def typed_threshold(threshold: Threshold) -> dict[str, Any]:
    """What the controls hold for a threshold."""
    if isinstance(threshold, DocumentRule):
        age = threshold.max_age_months
        return {"source": "value", "value": list(threshold.types), "age": str(age or "")}
    if isinstance(threshold, RowRule):
        if threshold.quantifier == "any_valid_cert":
            (standards,) = threshold.where.values()
            return _typed_value(standards)
        return _typed_value(threshold.value)
    return _typed_value(threshold)


def read_assurance(typed: str) -> int | None:
    """What must stand behind the answer: a level, or nothing but its word. Invalid otherwise."""
    if not typed:
        return None
    if typed not in [str(level) for level in range(1, len(ASSURANCES))]:
        raise Invalid({"assurance": worded("Choose one of the levels shown.")})
    return int(typed)


def _typed_value(value: object) -> dict[str, Any]:
    typed: dict[str, Any] = {"source": "value", "value": "", "plus": ""}
    if isinstance(value, Reference):
        plus = plain_number(value.plus) if value.plus else ""
        return typed | {"source": f"@{value.source}.{value.path}", "plus": plus}
    if isinstance(value, bool):
        return typed | {"value": "yes" if value else "no"}
    if isinstance(value, tuple):
        return typed | {"value": list(value)}
    number = number_of(value)
    return typed | {"value": str(value or "") if number is None else plain_number(number)}


def read_threshold(requirement: Requirement, editor: Editor, typed: Mapping[str, Any]) -> Threshold:
    """The threshold that the controls mean, of the same form as the requirement's own.

    Invalid with a sentence when they mean none.
    """
    held = requirement.threshold
    if isinstance(held, DocumentRule) or editor.control == "documents":
        return DocumentRule(_codes(editor, typed, _old(held)), _age(typed))
    value = _value(editor, typed, held.value if isinstance(held, RowRule) else held)
    if not isinstance(held, RowRule):
        return value  # type: ignore[return-value]
    if held.quantifier == "any_valid_cert":
        ((name, old),) = held.where.items()
        return replace(held, where={name: _codes(editor, typed, old)})
    return replace(held, value=value)


def _old(held: object) -> object:
    return held.types if isinstance(held, DocumentRule) else ()


def _value(editor: Editor, typed: Mapping[str, Any], old: object) -> object:
    source = str(typed.get("source") or "value")
    if source != "value":
        return _reference(editor, source, str(typed.get("plus") or ""), old)
    try:
        if editor.control in ("codes", "texts"):
            return _codes(editor, typed, old)
        return _single(editor, str(typed.get("value") or "").strip())
    except AnswerFault as fault:
        raise Invalid({"value": fault.sentence}) from None


def _reference(editor: Editor, source: str, plus: str, old: object) -> Reference:
    kind, _, path = source.removeprefix("@").partition(".")
    held = isinstance(old, Reference) and (old.source, old.path) == (kind, path)
    if source not in dict(editor.references) and not held:
        raise Invalid({"source": worded("Choose what to compare with from the list.")})
    try:
        added = parse_number(plus, reader()) if plus.strip() else Decimal(0)
    except AnswerFault as fault:
        raise Invalid({"plus": fault.sentence}) from None
    return Reference(kind, path, added)


def _single(editor: Editor, text: str) -> object:
    if not text:
        raise Invalid({"value": worded("Say what the answer is compared with.")})
    match editor.control:
        case "truth":
            if text not in ("yes", "no"):
                raise Invalid({"value": worded("Choose yes or no.")})
            return text == "yes"
        case "number" | "months":
            number = parse_number(text, reader())
            whole = number == number.to_integral_value()
            if editor.control == "months" and not (whole and 0 < number <= OLDEST):
                raise Invalid({"value": worded("Write a whole number of months, 1 or more.")})
            return int(number) if whole else number
        case "date":
            return parse_date(text, reader()).isoformat()
        case "code":
            if text not in dict(editor.choices):
                raise Invalid({"value": worded("Choose one from the list.")})
            return text
    return _text(text)


def _text(text: str) -> str:
    cleaned = clean(text, CELL_LIMIT, reader(), lines=False)
    if cleaned.startswith("@"):
        raise Invalid({"value": worded("A text cannot begin with @.")})
    return cleaned


def _codes(editor: Editor, typed: Mapping[str, Any], old: object) -> tuple[str, ...]:
    """The ticked codes in the order of the list; unchanged when the same ones are ticked."""
    given = typed.get("value") or []
    if editor.control == "texts":
        lines = given.splitlines() if isinstance(given, str) else given
        found = tuple(dict.fromkeys(_text(one) for one in lines if str(one).strip()))
    else:
        ticked = {given} if isinstance(given, str) else set(given)
        if ticked - set(dict(editor.choices)):
            raise Invalid({"value": worded("Choose from the list only.")})
        found = tuple(code for code, _ in editor.choices if code in ticked)
    if not found:
        raise Invalid({"value": worded("Choose at least one.")})
    same = isinstance(old, tuple) and set(old) == set(found)
    return old if same else found  # type: ignore[return-value]


def _age(typed: Mapping[str, Any]) -> int | None:
    text = str(typed.get("age") or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= OLDEST):
        raise Invalid(
            {"age": worded("Write a whole number of months, or leave it empty for any age.")}
        )
    return int(text)
