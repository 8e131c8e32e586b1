"""Writing a laid-out questionnaire as an XLSX file.

A text stays a text: nothing that stands in it is ever a formula or a link. What is read again is
hidden and locked; the cells for answers are not. The protection has no password: it keeps from
mistakes, and reading trusts nothing that it says.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from questionnaire.core.kinds import MOST_ROWS
from questionnaire.core.phrases import say
from questionnaire.core.sheet import Book, Section, Table, keys
from questionnaire.core.sheet.lists import STATE
from questionnaire.services.sheet_cells import Cells

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Widths of a section's columns, by name; the first two are hidden.
_WIDTHS = {
    "number": 6, "question": 42, "help": 36, "limits": 24, "answer": 34, "state": 18, "reason": 24,
    "comment": 34,
}  # fmt: skip
_COLUMN_WIDTHS = {"text": 26, "long": 40, "number": 14, "year": 10, "date": 14, "time": 12}
#: What whoever fills it in may still do on a locked sheet.
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": False, "autofilter": False}
#: So many empty rows are drawn below those of a table that are filled in.
_FREE_ROWS = 10
_FEWEST_ROWS = 25
_ANSWER = keys.COLUMNS.index("answer")


def xlsx(book: Book, made_at: datetime) -> bytes:
    """The file; the same book gives the same bytes."""
    written = io.BytesIO()
    file = xlsxwriter.Workbook(written, _OPTIONS)
    file.set_properties(
        {"title": book.title, "author": book.author, "created": made_at.replace(tzinfo=None)}
    )
    _Writing(file, book).write()
    file.close()
    return written.getvalue()


class _Writing:
    """One workbook being written."""

    def __init__(self, file: Any, book: Book) -> None:
        self.file, self.book = file, book
        self.cells = Cells(file, book)

    def write(self) -> None:
        """The sheets in the order in which they are worked through, then the hidden ones."""
        self._how_to()
        for section in self.book.sections:
            self._section(section)
        for table in self.book.tables:
            self._table(table)
        self._lists()
        self._keys()

    def _sheet(self, name: str, *, wide: bool) -> Any:
        sheet = self.file.add_worksheet(name)
        sheet.protect("", _ALLOWED | {"insert_rows": wide, "delete_rows": wide})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.hide_gridlines(1)
        return sheet

    def _how_to(self) -> None:
        sheet = self._sheet(self.book.how_name, wide=False)
        look = self.cells.looks
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, self.book.title, look["title"])
        row = 2
        for what, fact in self.book.facts:
            sheet.write_string(row, 0, what, look["strong"])
            sheet.write_string(row, 1, fact, look["prose"])
            row += 1
        for number, line in enumerate(self.book.how, 1):
            row += 1
            sheet.write_string(row, 0, f"{number}.", look["count"])
            sheet.write_string(row, 1, line, look["prose"])
        row += 2
        sheets: list[Section | Table] = [*self.book.sections, *self.book.tables]
        for one in sheets:
            target = one.name.replace("'", "''")
            sheet.write_url(row, 1, f"internal:'{target}'!A1", look["link"], string=one.name)
            row += 1

    def _section(self, section: Section) -> None:
        sheet = self._sheet(section.name, wide=False)
        look = self.cells.looks
        for place, name in enumerate(keys.COLUMNS):
            hidden = {"hidden": True} if place < 2 else {}
            sheet.set_column(place, place, _WIDTHS.get(name, 3), None, hidden)
        for place, name in enumerate((section.mark, *keys.COLUMNS[1:])):
            sheet.write_string(0, place, name, look["key"])
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(1, 2, section.title, look["title"])
        for row, told in enumerate(section.notes, 2):
            sheet.merge_range(row, 2, row, _ANSWER + 3, told, look["prose"])
            sheet.set_row(row, 15 * (1 + len(told) // 180))
        top = 2 + len(section.notes)
        for place, heading in enumerate(self.book.headings, 2):
            sheet.write_string(top, place, heading, look["head"])
        for row, line in enumerate(section.lines, top + 1):
            self._line(sheet, row, line)
        sheet.freeze_panes(top + 1, 4)
        sheet.repeat_rows(top)
        sheet.set_selection(top + 1, _ANSWER, top + 1, _ANSWER)

    def _line(self, sheet: Any, row: int, line: Any) -> None:
        look = self.cells.looks
        first = line.version is not None
        sheet.write_string(row, 0, line.key, look["key"])
        if first:
            sheet.write_number(row, 1, line.version, look["key"])
        prose = look["question"] if first else look["part"]
        for place, text in enumerate((line.number, line.text, line.help, line.limits), 2):
            sheet.write_string(row, place, text, prose if place == 3 else look["beside"])
        self.cells.box(sheet, row, _ANSWER, line.box, line.content)
        if first:
            self.cells.chosen(sheet, row, _ANSWER + 1, STATE, line.state)
            self.cells.text(sheet, row, _ANSWER + 2, line.reason)
            self.cells.text(sheet, row, _ANSWER + 3, line.comment)
        else:
            for place in range(_ANSWER + 1, _ANSWER + 4):
                sheet.write_blank(row, place, None, look["beside"])

    def _table(self, table: Table) -> None:
        sheet = self._sheet(table.name, wide=True)
        look = self.cells.looks
        sheet.set_column(0, 0, 3, None, {"hidden": True})
        for place, head in enumerate(table.heads, 1):
            width = _COLUMN_WIDTHS.get(head.box.kind, 22)
            sheet.set_column(place, place, max(width, min(30, len(head.label) + 2)), look["text"])
            sheet.write_string(0, place, head.key, look["key"])
            sheet.write_string(3, place, head.label, look["head"])
            sheet.write_string(4, place, head.note, look["note"])
        for row, mark in enumerate((table.mark, "", "", "", keys.ROWS_BELOW)):
            sheet.write_string(row, 0, mark, look["key"])
        sheet.set_row(0, None, None, {"hidden": True})
        last = max(len(table.heads), 2)
        for row, told, style in ((1, table.title, "title"), (2, " ".join(table.notes), "prose")):
            sheet.merge_range(row, 1, row, last, told, look[style])
        sheet.set_row(1, 34)
        drawn = max(len(table.rows) + _FREE_ROWS, _FEWEST_ROWS)
        for number in range(drawn):
            cells = table.rows[number] if number < len(table.rows) else (None,) * len(table.heads)
            for place, (head, cell) in enumerate(zip(table.heads, cells, strict=True), 1):
                self.cells.put(sheet, 5 + number, place, head.box, cell)
        for place, head in enumerate(table.heads, 1):
            self.cells.demand(sheet, (5, place, 4 + MOST_ROWS, place), head.box, head.label)
        sheet.freeze_panes(5, 2)
        sheet.repeat_rows(3)
        sheet.set_selection(5, 1, 5, 1)

    def _lists(self) -> None:
        """Every list: its name, then the codes, and beside them the labels."""
        sheet = self.file.add_worksheet(keys.LISTS_SHEET)
        for place, (name, offered) in enumerate(self.book.lists.items()):
            sheet.write_string(0, 2 * place, name)
            for row, (code, label) in enumerate(zip(offered.codes, offered.labels, strict=True), 1):
                sheet.write_string(row, 2 * place, code)
                sheet.write_string(row, 2 * place + 1, label)
        sheet.protect()
        sheet.hide()

    def _keys(self) -> None:
        sheet = self.file.add_worksheet(keys.KEYS_SHEET)
        sheet.write_string(0, 0, keys.MARK)
        for row, (name, value) in enumerate(self.book.about.items(), 1):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        warning = say(self.book.language, "Needed to read the file again: please leave as it is.")
        sheet.write_string(len(self.book.about) + 2, 0, warning)
        sheet.protect()
        sheet.hide()
