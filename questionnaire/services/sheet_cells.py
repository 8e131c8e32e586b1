"""The cells of a spreadsheet that are filled in: how they look, and what they take."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_range_abs

from questionnaire.core.dates import FIRST_YEAR, LAST_YEAR
from questionnaire.core.numbers import DIGITS
from questionnaire.core.phrases import say
from questionnaire.core.sheet import Book, Box, keys

_LINE = {"border": 1, "border_color": "#9AA7A7"}
_TOP = {"valign": "top", "text_wrap": True}
_FREE = {**_TOP, **_LINE, "locked": False}
_SHADED = {**_TOP, **_LINE, "bg_color": "#EEF2F2"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "valign": "top", "text_wrap": False},
    "strong": {"bold": True, "valign": "top"},
    "prose": _TOP,
    "count": {"valign": "top", "align": "right"},
    "link": {"font_color": "#0B5A66", "underline": 1},
    "head": {**_SHADED, "bold": True, "bg_color": "#D5E3E3"},
    "note": {**_SHADED, "italic": True, "font_size": 9},
    "question": {**_SHADED, "bold": True},
    "part": {**_SHADED, "indent": 1},
    "beside": {**_SHADED, "font_size": 10},
    "closed": {**_SHADED, "italic": True},
    "key": {"font_color": "#808080"},
    # A text cell keeps what is typed: no phone number becomes a sum, and no "=" a formula.
    "text": {**_FREE, "num_format": "@"},
    "long": {**_FREE, "num_format": "@"},
    "list": {**_FREE, "num_format": "@"},
    "number": {**_FREE, "align": "left"},
    "year": {**_FREE, "num_format": "0", "align": "left"},
    "date": {**_FREE, "num_format": "yyyy-mm-dd", "align": "left"},
    "time": {**_FREE, "num_format": "hh:mm", "align": "left"},
}
#: The most that spreadsheet programs show of a cell's message.
_LONGEST_HINT, _LONGEST_HEADING = 255, 32
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class Cells:
    """Writes cells of one workbook, with the formats and lists that they share."""

    def __init__(self, file: Any, book: Book) -> None:
        self.language = book.language
        self.looks = {name: file.add_format(look) for name, look in _LOOKS.items()}
        self._ranges = {
            name: f"={keys.LISTS_SHEET}!"
            + xl_range_abs(1, 2 * place + 1, len(offered.codes), 2 * place + 1)
            for place, (name, offered) in enumerate(book.lists.items())
        }

    def box(self, sheet: Any, row: int, column: int, box: Box, content: Any) -> None:
        """One cell with what it takes."""
        self.put(sheet, row, column, box, content)
        self.demand(sheet, (row, column, row, column), box, "")

    def text(self, sheet: Any, row: int, column: int, content: str) -> None:
        """A cell for any text."""
        self.put(sheet, row, column, Box("long"), content or None)

    def chosen(self, sheet: Any, row: int, column: int, choices: str, content: str) -> None:
        """A cell to choose from a list."""
        self.box(sheet, row, column, Box("list", choices), content or None)

    def put(self, sheet: Any, row: int, column: int, box: Box, content: Any) -> None:
        """What stands in a cell, as what it is."""
        look = self.looks[box.kind]
        if content is None:
            sheet.write_blank(row, column, None, look)
        elif isinstance(content, str):
            sheet.write_string(row, column, content, look)
        elif isinstance(content, int | Decimal):
            sheet.write_number(row, column, float(content), look)
        elif isinstance(content, time):
            sheet.write_datetime(row, column, content, look)
        else:
            sheet.write_datetime(row, column, datetime.combine(content, time()), look)

    def demand(self, sheet: Any, area: tuple[int, int, int, int], box: Box, heading: str) -> None:
        """What the cells of an area take, and what is said to whoever enters one."""
        if (taken := self._taken(box)) is None:
            return
        message = box.hint if len(box.hint) <= _LONGEST_HINT else box.hint[:254] + "…"
        shown = {"input_title": heading[:_LONGEST_HEADING], "input_message": message}
        rule = {**taken, **(shown if message else {}), "ignore_blank": True}
        sheet.data_validation(*area, rule)

    def _taken(self, box: Box) -> dict[str, Any] | None:
        match box.kind:
            case "list":
                sentence = say(self.language, "Choose one from the list.")
                return {
                    "validate": "list",
                    "source": self._ranges[box.choices],
                    "error_message": sentence,
                }
            case "number" | "year":
                return self._number(box)
            case "date":
                days = {"minimum": _FIRST_DAY, "maximum": _LAST_DAY}
                sentence = say(
                    self.language, "Write a date as year-month-day, for example {example}.",
                    example="2026-11-23",
                )  # fmt: skip
                return {
                    "validate": "date",
                    "criteria": "between",
                    **days,
                    "error_message": sentence,
                }
            case "time":
                sentence = say(self.language, "Hours and minutes, for example {example}.",
                               example="08:30")  # fmt: skip
                return _between("time", time(0, 0), time(23, 59), sentence)
            case "text" | "long" if box.hint:
                return {"validate": "any"}
        return None

    def _number(self, box: Box) -> dict[str, Any]:
        low = box.minimum if box.minimum is not None else -(10**DIGITS)
        high = box.maximum if box.maximum is not None else 10**DIGITS
        sentence = say(self.language, "Write a number in digits only.")
        if box.minimum is not None and box.maximum is not None:
            sentence = box.hint or sentence
        sort = "integer" if box.kind == "year" else "decimal"
        return _between(sort, float(low), float(high), sentence[:_LONGEST_HINT])


def _between(sort: str, least: Any, most: Any, sentence: str) -> dict[str, Any]:
    return {
        "validate": sort,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_message": sentence,
    }
