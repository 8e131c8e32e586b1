"""What a questionnaire's spreadsheet consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

#: What a cell holds; money is an amount and a currency in two cells, a choice its label.
Content = str | int | Decimal | date | time | None


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored of one answer; `value` also where "don't know" has set it aside."""

    state: str = "blank"
    value: Any = None
    comment: str = ""
    reason: str = ""
    version: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A cell to be filled in. `kind` is text, long, number, year, date, time, list or closed.

    `choices` names the list of a `list`; bounds are inclusive. Into a `closed` one nothing is
    written: it says where the answer goes instead.
    """

    kind: str
    choices: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a section's sheet. Only the first row of a question (`version` is not None) has
    cells for state, reason and comment.
    """

    key: str
    text: str
    box: Box
    content: Content = None
    version: int | None = None
    number: str = ""
    help: str = ""
    limits: str = ""
    state: str = ""
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The sheet of one section."""

    name: str
    mark: str
    title: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a table's sheet."""

    key: str
    label: str
    note: str
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet of one table question."""

    name: str
    mark: str
    title: str
    notes: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from one list: codes and, in the same order, labels."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]

    def label(self, code: str) -> str:
        """The label of a code; the code itself where there is none."""
        return self.labels[self.codes.index(code)] if code in self.codes else code


@dataclass(frozen=True, slots=True)
class Book:
    """The whole file. `about` is read again: for which questionnaire it was made, and how."""

    language: str
    title: str
    author: str
    how_name: str
    how: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    lists: Mapping[str, Choices]
    about: Mapping[str, str] = field(default_factory=dict)
