"""The tables of a report for a spreadsheet: one XLSX, or a CSV file per table in a zip.

A text stays a text: nothing that a vendor or a buyer wrote is ever a formula or a link. All rows
of a report together are few, so the workbook is built in memory, where any order will do.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from itertools import count
from typing import Any, Final

import xlsxwriter

from questionnaire.core.dates import show_date
from questionnaire.core.phrases import say
from questionnaire.core.report import Report
from questionnaire.core.report.blocks import Cell, Head, Part, Table, Value
from questionnaire.core.report.words import shown
from questionnaire.core.rounding import rounded
from questionnaire.services.exporting import BOM, harmless

#: How a spreadsheet shows what a column holds, and to how many places a CSV file tells it.
_FORMATS: Final = {
    "whole": ("#,##0", 0),
    "score": ("#,##0.0", 1),
    "percent": ('#,##0.0" %"', 1),
    "amount": ("#,##0.00", 2),
    "mean": ("0.00", 2),
    "uptime": ("0.000", 3),
}
_DAY: Final = "yyyy-mm-dd"
#: What a sheet's name cannot hold, and how long it can be.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_NARROWEST, _WIDEST = 9, 60
#: More than a cell can hold is cut, and said to be.
_LONGEST_TEXT: Final = 32_000


def xlsx(report: Report) -> bytes:
    """One sheet per table after one with what the report was made on."""
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(written, options)
    made = datetime.combine(report.on, time())
    book.set_properties(
        {
            "title": report.title,
            "author": report.organisation,
            "created": made,
            "language": report.language,
        }
    )
    sheets = _Sheets(book, report.language)
    tables = list(report.tables)
    names = _names(tables)
    sheets.write(say(report.language, "Versions"), _about(report, tables, names))
    for (_part, table), name in zip(tables, names, strict=True):
        sheets.write(name, table)
    book.close()
    return written.getvalue()


class _Sheets:
    """The sheets of one workbook, with the formats that they share."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language = book, language
        top = {"valign": "top"}
        wrapped = {**top, "text_wrap": True}
        self.text = book.add_format(wrapped)
        self.head = book.add_format({**wrapped, "bold": True, "bg_color": "#EAF0F0", "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.note = book.add_format({"italic": True})
        self.day = book.add_format({**top, "num_format": _DAY, "align": "left"})
        self.figures = {
            holds: book.add_format({**top, "num_format": pattern})
            for holds, (pattern, _places) in _FORMATS.items()
        }

    def write(self, name: str, table: Table) -> None:
        """Title, heads (frozen), rows, and the note below them."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, _fitting(table.title), self.title)
        for column, head in enumerate(table.heads):
            sheet.write_string(1, column, _fitting(head.text), self.head)
            texts = [shown(row[column].value, head.holds, self.language) for row in table.rows]
            sheet.set_column(column, column, _width([head.text, *texts]))
        for number, row in enumerate(table.rows, start=2):
            for column, (cell, head) in enumerate(zip(row, table.heads, strict=True)):
                self._cell(sheet, number, column, cell.value, head.holds)
        if table.note:
            sheet.write_string(len(table.rows) + 3, 0, _fitting(table.note), self.note)
        sheet.freeze_panes(2, 1)
        if table.rows:
            sheet.autofilter(1, 0, len(table.rows) + 1, len(table.heads) - 1)

    def _cell(self, sheet: Any, row: int, column: int, value: Value, holds: str) -> None:
        if isinstance(value, str) or value is None:
            text = _fitting(shown(value, holds, self.language))
            sheet.write_string(row, column, text, self.text)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, self.figures.get(holds, self.figures["whole"]))
        else:
            sheet.write_datetime(row, column, datetime.combine(value, time()), self.day)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"


def _width(texts: list[str]) -> int:
    """Wide enough for most of what stands in the column; longer texts wrap."""
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _names(tables: list[tuple[Part, Table]]) -> list[str]:
    """A name for each sheet: the part's number, then the title as far as it fits, each once."""
    taken: set[str] = set()
    names = []
    for part, table in tables:
        plain = " ".join(_NO_NAME.sub(" ", table.title).split())
        name = f"{part.number} {plain}"[:_LONGEST_NAME].rstrip()
        for number in count(2):
            if name.casefold() not in taken:
                break
            ending = f" ({number})"
            name = f"{part.number} {plain}"[: _LONGEST_NAME - len(ending)].rstrip() + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _about(report: Report, tables: list[tuple[Part, Table]], names: list[str]) -> Table:
    """What the report was made on, and which sheet has which table."""
    language = report.language
    day = show_date(report.on, language)
    rows = [
        (say(language, "Report"), report.title),
        (say(language, "For"), report.organisation),
        (say(language, "As of"), day),
        *report.versions,
        *(
            (name, f"{part.title}: {table.title}")
            for (part, table), name in zip(tables, names, strict=True)
        ),
    ]
    return Table(
        "versions-sheet",
        say(language, "What these tables were made on, and where they are"),
        (Head(say(language, "What")), Head(say(language, "Version"))),
        tuple((Cell(what), Cell(value)) for what, value in rows),
    )


def csv_zip(report: Report) -> bytes:
    """Every table as a CSV file of its own, and one with the versions, in a zip."""
    written = io.BytesIO()
    stamp = (*report.on.timetuple()[:3], 0, 0, 0)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in _csv_files(report):
            packed.writestr(zipfile.ZipInfo(name, stamp), text.encode())
    return written.getvalue()


def _csv_files(report: Report) -> Iterator[tuple[str, str]]:
    tables = list(report.tables)
    yield (
        "00-versions.csv",
        _csv(_about(report, tables, [_csv_name(*one) for one in tables]), report),
    )
    for part, table in tables:
        yield _csv_name(part, table), _csv(table, report)


def _csv_name(part: Part, table: Table) -> str:
    return f"{part.number:02}-{table.name}.csv"


def _csv(table: Table, report: Report) -> str:
    """It begins with a byte-order mark, so that spreadsheets read it as UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([harmless(head.text) for head in table.heads])
    for row in table.rows:
        writer.writerow(
            [
                _plain(cell.value, head.holds, report.language)
                for cell, head in zip(row, table.heads, strict=True)
            ]
        )
    return BOM + written.getvalue()


def _plain(value: Value, holds: str, language: str) -> str | int:
    """A figure with a decimal point and no signs, a day as ISO, a text that nothing runs."""
    if value is None or isinstance(value, str):
        return harmless(shown(value, holds, language))
    if isinstance(value, int | Decimal):
        return str(rounded(Decimal(value), _FORMATS.get(holds, ("", 0))[1]))
    return value.isoformat()
