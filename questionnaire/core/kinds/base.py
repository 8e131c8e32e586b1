"""What every kind of question can do with its answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from question_bank.model import Column, Question
from question_bank.values import Money
from questionnaire.core.numbers import json_number

#: Something that is asked and answered with one value: a question, or one cell of a table.
Asked = Question | Column

Cellvalue = bool | int | Decimal | Money | date | time | str | tuple[str, ...]
#: A row of a table: every column of the question by name; None is an empty cell.
Row = Mapping[str, Cellvalue | None]
Value = Cellvalue | tuple[Row, ...]

#: What a web form holds: a text, several, the two boxes of an amount, or the rows of a table.
Raw = str | Sequence[str] | Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


V = TypeVar("V")


class Kind(ABC, Generic[V]):
    """One way to ask: how an answer is read from a form or from JSON, kept, and shown.

    Everywhere None is "no answer": an empty text box, an untouched table. It is never the same as
    no, zero, an empty table ("none to report") or an empty choice ("none of these"). A value is
    canonical: equal answers are equal values, whatever the order or notation they came in.
    """

    name: ClassVar[str]

    @abstractmethod
    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> V | None:
        """The value that a form's input means, or None for no answer; AnswerFault otherwise."""

    @abstractmethod
    def from_json(self, asked: Asked, value: object, language: str = "en") -> V | None:
        """The value that JSON holds (brief 2.1a), checked strictly; AnswerFault otherwise."""

    def to_json(self, value: V | None) -> Any:
        """The canonical JSON of a value: what is stored and compared; None for no answer."""
        return json_of(value)

    @abstractmethod
    def to_raw(self, asked: Asked, value: V | None, language: str = "en") -> Raw:
        """What goes back into the form; `parse` makes the same value of it."""

    @abstractmethod
    def show(self, asked: Asked, value: V | None, language: str = "en") -> str:
        """The value for people, with unit; an empty text for None."""


def json_of(value: object) -> Any:
    """The canonical JSON of a value or a cell; a float or an int without binary noise."""
    match value:
        case Decimal():
            return json_number(value)
        case Money(amount=amount, currency=currency):
            return {"amount": json_number(amount), "currency": currency}
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case tuple() | list():
            return [json_of(one) for one in value]
        case Mapping():
            return {str(name): json_of(cell) for name, cell in value.items()}
    return value


def is_blank(raw: object) -> bool:
    """Nothing typed: None, or a text of spaces."""
    return raw is None or (isinstance(raw, str) and not raw.strip())
