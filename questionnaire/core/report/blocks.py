"""What a report is made of: plain values that page, PDF, spreadsheet and CSV all show alike.

Nothing here is text with markup in it; who shows a block escapes what the block says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from questionnaire.core.pictures import Chart

#: What a column holds. `score` is to a tenth, `amount` and `percent` to a hundredth and a tenth;
#: `uptime` to a thousandth, rounded down.
COLUMNS = ("text", "whole", "score", "amount", "percent", "mean", "uptime", "day")
NOTICES = ("", "warning", "danger", "success")

#: None is not known, and is said as that.
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class About:
    """Where a page finds more: a vendor's answer, or the flag that was raised on it."""

    assessment: str
    section: str = ""
    question: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `mark` is a code that a page may colour, the value always says it in words too."""

    value: Value
    about: About | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, and what the column holds: one of `COLUMNS`."""

    text: str
    holds: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of each row names it. `name` is unique in the report."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a part; 1 is the first level below the part's own title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What nobody may overlook; `kind` is one of `NOTICES`."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `mark` as in a cell."""

    text: str
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Charts:
    """Pictures side by side; each says in words what it shows, and has its figures as a table."""

    charts: tuple[Chart, ...]


Block = Heading | Paragraph | Notice | Listing | Table | Charts


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts of a report, in its order."""

    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `versions` names what it was made on, each with its value."""

    title: str
    organisation: str
    language: str
    on: date
    parts: tuple[Part, ...]
    versions: tuple[tuple[str, str], ...]

    @property
    def tables(self) -> Iterator[tuple[Part, Table]]:
        """Every table with the part that it stands in, in order."""
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Table):
                    yield part, block
