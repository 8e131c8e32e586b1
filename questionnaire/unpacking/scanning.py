"""The XML of a workbook, read in pieces: for what the values alone do not tell.

No document type is let in, and with it no entity; nothing is nested deeply; and where a formula
stands, where an error, and what is shown as a percentage is noted.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from questionnaire.unpacking.refusals import Refusal
from questionnaire.unpacking.zipped import has, pieces

MOST_DEPTH = 40
MOST_CELLS = 400_000
#: The last row and column in which something may stand.
MOST_ROWS, MOST_COLUMNS = 5_000, 200
MOST_SHEETS = 120

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_PERCENT_IDS = ("9", "10")
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


@dataclass(slots=True)
class Marks:
    """What was noted of one sheet, by (row, column) counted from 0."""

    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    percents: set[tuple[int, int]] = field(default_factory=set)


def walk(archive: zipfile.ZipFile, name: str, start: Start, end: End | None = None) -> None:
    """Read one part as XML; `start` and `end` get names without their namespace."""
    depth = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise Refusal("strange xml", name)
        start(tag.rpartition(":")[2], attributes)

    def finish(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag.rpartition(":")[2])

    def refuse(*_told: Any) -> None:
        raise Refusal("strange xml", name)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        for piece in pieces(archive, name):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise Refusal("damaged", name) from fault


def check_kinds(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that says of itself that it has macros, or points outside."""

    def kind(_tag: str, attributes: dict[str, str]) -> None:
        if "macroenabled" in attributes.get("ContentType", "").casefold():
            raise Refusal("macros")

    def relation(_tag: str, attributes: dict[str, str]) -> None:
        outside = attributes.get("TargetMode", "").casefold() == "external"
        # A link to click on is what spreadsheet programs make of a typed address; it is not read.
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Refusal("links")

    if has(archive, "[Content_Types].xml"):
        walk(archive, "[Content_Types].xml", kind)
    for name in archive.namelist():
        if name.endswith(".rels"):
            walk(archive, name, relation)


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Every sheet's name and the part that holds it, in the workbook's order."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []

    def relation(_tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        targets[attributes.get("Id", "")] = posixpath.normpath(path)

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            ids = [value for name, value in attributes.items() if name.rpartition(":")[2] == "id"]
            found.append((attributes.get("name", ""), targets.get(ids[0] if ids else "", "")))

    if has(archive, "xl/_rels/workbook.xml.rels"):
        walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
    if len(found) > MOST_SHEETS:
        raise Refusal("too large")
    return found


def percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the styles that show 0.82 as 82 %."""
    if not has(archive, "xl/styles.xml"):
        return frozenset()
    codes, styles, inside = set(_PERCENT_IDS), list[str](), [False]

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            codes.add(attributes.get("numFmtId", ""))
        if tag == "cellXfs":
            inside[0] = True
        if tag == "xf" and inside[0]:
            styles.append(attributes.get("numFmtId", ""))

    def finish(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    walk(archive, "xl/styles.xml", begin, finish)
    return frozenset(str(number) for number, code in enumerate(styles) if code in codes)


class Scan:
    """Reads the cells of one sheet after the other; all of them together are limited."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._percents = archive, percent_styles(archive)
        self._cells = 0

    def marks(self, part: str) -> Marks:
        """What is to be noted of one sheet; Refusal when something stands too far out."""
        marks, at, style = Marks(), (0, -1), ""

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal at, style
            if tag == "row":
                number = attributes.get("r", "")
                at = (int(number) - 1 if _whole(number) else at[0] + 1, -1)
            elif tag == "c":
                at = _place(attributes.get("r"), at)
                style = attributes.get("s", "0")
                self._count()
                if attributes.get("t") == "e":
                    marks.errors.append(_near(at))
            elif tag in ("f", "v", "is"):
                place = _near(at)
                if tag == "f":
                    marks.formulas.append(place)
                elif style in self._percents:
                    marks.percents.add(place)

        walk(self._archive, part, begin)
        return marks

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise Refusal("too large")


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 8


def _place(typed: str | None, before: tuple[int, int]) -> tuple[int, int]:
    """(row, column) of a cell; the one behind the last where it does not say."""
    found = _PLACE.fullmatch(typed or "")
    if found is None:
        return before[0], before[1] + 1
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _near(place: tuple[int, int]) -> tuple[int, int]:
    """The place of a cell that holds something; Refusal when it is far out."""
    if place[0] >= MOST_ROWS or place[1] >= MOST_COLUMNS or min(place) < 0:
        raise Refusal("too large")
    return place
