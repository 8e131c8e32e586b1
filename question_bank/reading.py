"""Reads one document with one schema, and turns what is wrong into faults that name the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, ValidationError

from question_bank.faults import Fault

_SENTENCES = {
    "Missing data for required field.": "is missing.",
    "Unknown field.": "is not known here.",
    "Field may not be null.": "must not be empty.",
    "Not a valid mapping type.": "must be a mapping of names to values.",
    "Not a valid list.": "must be a list.",
    "Invalid input type.": "must be a mapping of names to values.",
}
#: Keys by which a member of a list is named in a fault.
_NAMING_KEYS = ("id", "name", "code")


@dataclass
class Reading:
    """Collects faults while documents are read; `broken` holds the ids of what was left out."""

    faults: list[Fault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def add(self, file: str, question: str, place: str, message: str) -> None:
        self.faults.append(Fault(file, question, place, message))

    def load(
        self, schema: Schema, document: object, file: str, question: str = "", place: str = ""
    ) -> Any:
        """What the schema makes of the document; None when it is wrong (the faults say why)."""
        try:
            return schema.load(document)  # type: ignore[arg-type]
        except ValidationError as error:
            for path, message in flatten(error.messages, document):
                self.add(file, question, ".".join(filter(None, (place, path))), message)
            return None


def flatten(messages: object, document: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every message of a validation error with the path of its field, names instead of numbers."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            if key == "_schema":
                yield from flatten(below, document, path)
            else:
                yield from flatten(below, _step(document, key), _join(path, document, key))
    elif isinstance(messages, list):
        for message in messages:
            yield from flatten(message, document, path)
    else:
        text = str(messages)
        unsupported = text.removeprefix("Unsupported value: ")
        yield (
            path,
            _SENTENCES.get(text, text if unsupported == text else f"there is no {unsupported}."),
        )


def _step(document: object, key: object) -> object:
    if isinstance(document, Mapping):
        return document.get(key)
    if isinstance(document, list) and isinstance(key, int) and key < len(document):
        return document[key]
    return None


def _join(path: str, document: object, key: object) -> str:
    if not isinstance(key, int):
        return f"{path}.{key}" if path else str(key)
    member = _step(document, key)
    if isinstance(member, Mapping):
        named = next((member[name] for name in _NAMING_KEYS if name in member), key + 1)
        return f"{path}[{named}]"
    return f"{path}[{key + 1}]"
