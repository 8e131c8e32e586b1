"""A workbook as a spreadsheet program would change it: cell by cell, in the XML of its sheets."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from questionnaire.core.sheet.grid import place_of


def parts(content: bytes) -> dict[str, bytes]:
    """Every part of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def packed(held: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return written.getvalue()


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """One part with something in it replaced, which has to be there."""
    held = parts(content)
    assert old in held[name], name
    return packed(held | {name: held[name].replace(old, new, 1)})


def part_of(content: bytes, sheet: str) -> str:
    """The part that holds the sheet of this name."""
    told = parts(content)["xl/workbook.xml"].decode()
    names = re.findall(r'<sheet name="([^"]*)"', told)
    return f"xl/worksheets/sheet{names.index(escape(sheet)) + 1}.xml"


def written(content: bytes, sheet: str, cells: Mapping[str, str | float | None]) -> bytes:
    """With these cells filled in; None empties one, a text that begins with "=" is a formula."""
    held = parts(content)
    name = part_of(content, sheet)
    told = held[name].decode()
    for place, value in cells.items():
        found = re.search(rf'<c r="{place}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', told, re.S)
        assert found is not None, f"{sheet} has no cell {place}"
        told = told[: found.start()] + _cell(place, found[1] or "", value) + told[found.end() :]
    return packed(held | {name: told.encode()})


def _cell(place: str, style: str, value: str | float | None) -> str:
    if value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"{style}><f>{escape(value[1:])}</f><v>7</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def place(grids: tuple, sheet: str, key: str, column: int = 6) -> str:
    """Where the answer to a question stands on its section's sheet, or another cell of its row."""
    grid = next(one for one in grids if one.name == sheet)
    row = next(at[0] for at, one in grid.cells.items() if at[1] == 0 and one.text == key)
    return place_of(row, column)
