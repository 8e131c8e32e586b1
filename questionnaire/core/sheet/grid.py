"""The cells of sheets that somebody sent, as they were found; nothing of them is believed yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

KINDS = ("text", "number", "percent", "truth", "date", "time", "formula", "error")
_THREE_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]{3}")


class Found(NamedTuple):
    """What stands in a cell: its kind, one of `KINDS`, and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; cells by (row, column), counted from 0."""

    name: str
    cells: Mapping[tuple[int, int], Found]

    def text(self, row: int, column: int) -> str:
        """What is written there; nothing for a formula or an error, whose value is not believed."""
        found = self.cells.get((row, column))
        return found.text.strip() if found else ""


def grids(document: object) -> tuple[Grid, ...] | None:
    """The sheets of what the reading process says; None when it says something else."""
    if not isinstance(document, dict) or not isinstance(document.get("sheets"), list):
        return None
    found = []
    for sheet in document["sheets"]:
        if not isinstance(sheet, dict) or not isinstance(sheet.get("name"), str):
            return None
        cells = [_cell(one) for one in sheet.get("cells") or ()]
        if any(one is None for one in cells):
            return None
        found.append(Grid(sheet["name"], dict(one for one in cells if one)))
    return tuple(found)


def _cell(told: Any) -> tuple[tuple[int, int], Found] | None:
    match told:
        case [int(row), int(column), str(kind), str(text)] if kind in KINDS:
            return (row, column), Found(kind, _neutral(kind, text))
    return None


def _neutral(kind: str, text: str) -> str:
    """A number in a notation that means the same in every language: 1.2340 is no thousand."""
    if kind not in ("number", "percent"):
        return text
    try:
        number = f"{Decimal(text):f}"
    except InvalidOperation:
        return text
    if _THREE_DECIMALS.fullmatch(number):
        number += "0"
    return f"{number}%" if kind == "percent" else number


def place_of(row: int, column: int) -> str:
    """`C12`, as spreadsheet programs call a cell."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
