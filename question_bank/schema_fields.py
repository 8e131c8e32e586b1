"""Fields of the bank's documents: strict ones, since a document is written by people.

Marshmallow's own fields accept `"yes"` as a boolean or `"3"` as a number; these do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_dump, post_load

from question_bank.model import Reference, Wording
from question_bank.values import clean_text
from question_bank.vocabulary import ASSURANCES

TEXT_LIMIT = 2000
QUESTION_ID = re.compile(r"[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_REFERENCE = re.compile(r"@(buyer|answer|policy|language)\.([a-z][A-Za-z0-9_.-]*)")
_KEY_TYPE = "must be a text"


class Text(fields.Field[str]):
    """A text that is not blank, in NFC, of at most 2,000 characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("must be a text; put it in quotation marks.")
        try:
            text = clean_text(value).strip()
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not text:
            raise ValidationError("must not be empty.")
        if len(text) > TEXT_LIMIT:
            raise ValidationError(f"has {len(text)} characters; at most {TEXT_LIMIT} fit.")
        return text


class Name(Text):
    """A code, an id or a name without blanks."""

    def __init__(self, pattern: re.Pattern[str] = NAME, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern = pattern

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if not self.pattern.fullmatch(name):
            raise ValidationError(f"{name!r} is not a name of the right shape.")
        return name


class OneOf(Name):
    """One name out of a closed list."""

    def __init__(self, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if name not in self.names:
            raise ValidationError(f"{name!r} is none of: {', '.join(self.names)}.")
        return name


class Truth(fields.Field[bool]):
    """`true` or `false`, and nothing that looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("must be true or false.")
        return value


class Number(fields.Field[Decimal]):
    """A number as a Decimal, exactly as it is written."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValidationError("must be a number.")
        return Decimal(str(value))


class Whole(fields.Field[int]):
    """A whole number, not negative."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValidationError("must be a whole number, 0 or more.")
        return value


class Level(Whole):
    """A level of assurance that can be demanded: 1 to 4."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        level = super()._deserialize(value, attr, data, **kwargs)
        if not 1 <= level < len(ASSURANCES):
            raise ValidationError(f"must be from 1 to {len(ASSURANCES) - 1}.")
        return level


class Tuple(fields.List[Any]):
    """A list, read as a tuple; twins are refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("must be a list.")
        found = tuple(super()._deserialize(value, attr, data, **kwargs))
        twins = sorted({str(one) for one in found if found.count(one) > 1})
        if twins:
            raise ValidationError(f"{', '.join(twins)} stands here twice.")
        return found

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return list(value)


class Names(Tuple):
    """A list of names."""

    def __init__(self, pattern: re.Pattern[str] = NAME, **kwargs: Any) -> None:
        super().__init__(Name(pattern), **kwargs)


def reference(text: str, plus: Decimal = Decimal(0)) -> Reference:
    """`@buyer.rto_hours` taken apart. ValidationError when it has another shape."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise ValidationError(
            f"{text!r} is no reference; write @buyer.<field>, @answer.<question id>,"
            " @policy.<table> or @language.<part>."
        )
    return Reference(found[1], found[2], plus)


def number_document(number: Decimal | int) -> int | float:
    """A number as JSON has it. ValueError when it has more digits than JSON keeps."""
    if isinstance(number, int):
        return number
    if number == number.to_integral_value():
        return int(number)
    written = float(number)
    if Decimal(str(written)) != number:
        raise ValueError(f"{number} has more digits than can be kept; 15 are possible.")
    return written


class Literal(fields.Field[Any]):
    """What something is compared with: true/false, number, code, list of codes, or a reference."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return read_literal(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return write_literal(value)


class Filter(fields.Field[Mapping[str, Any]]):
    """A row filter: column name to the literal that its cell must be."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise ValidationError("must name columns and what their cells must be.")
        return {key: read_literal(one) for key, one in value.items()}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else {key: write_literal(one) for key, one in value.items()}


def read_literal(value: Any) -> bool | int | Decimal | str | tuple[str, ...] | Reference:
    """A literal out of a document; ValidationError with a sentence when it is none."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, str):
        return reference(value) if value.startswith("@") else Text().deserialize(value)
    if isinstance(value, list):
        return tuple(str(name) for name in Names().deserialize(value) or ())
    if isinstance(value, dict) and set(value) == {"ref", "plus"} and isinstance(value["ref"], str):
        plus: Decimal = Number().deserialize(value["plus"])  # type: ignore[assignment]
        return reference(value["ref"], plus)
    raise ValidationError(
        "must be true, false, a number, a code, a list of codes, a reference such as"
        " @buyer.rto_hours, or a reference with a number to add (ref, plus)."
    )


def write_literal(value: Any) -> Any:
    """The document that :func:`read_literal` reads back as the same literal."""
    if isinstance(value, Reference):
        text = f"@{value.source}.{value.path}"
        return text if not value.plus else {"ref": text, "plus": number_document(value.plus)}
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return number_document(value)
    return value


class WordingSchema(Schema):
    en = Text(required=True)
    lv = Text()
    es = Text()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Wording:
        return Wording(**values)

    @post_dump
    def without_missing(self, document: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {language: text for language, text in document.items() if text is not None}


class Words(fields.Nested):
    """A wording in every language it has; English is required."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(WordingSchema, **kwargs)
