"""Vendors as people type or paste them: name, contact, address, language; faults by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from question_bank.model import LANGUAGES
from questionnaire.core import codes
from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import english, reader, say, worded
from questionnaire.core.texts import clean, same_text
from questionnaire.services import posting
from questionnaire.services.faults import Invalid

COLUMNS = ("vendor", "name", "email", "language")
NAME_LIMIT = 120
MOST_ROWS = 200
PASTE_LIMIT = 60_000

#: How a fault names the columns.
_TITLES = {
    "vendor": english("Vendor"),
    "name": english("Contact"),
    "email": english("E-mail"),
    "language": english("Language"),
}
#: What people call them when they paste; besides, as a fault names them in each language.
_CALLED = {
    "vendor": ("vendor", "company", "provider", "vendor name", "company name", "organisation"),
    "name": ("contact", "contact name", "contact person", "name", "person"),
    "email": ("e-mail", "email", "mail", "e-mail address", "email address", "address"),
    "language": ("language", "lang"),
}


@cache
def _named() -> dict[str, str]:
    called = {
        column: (*names, *(say(one, _TITLES[column]) for one in LANGUAGES))
        for column, names in _CALLED.items()
    }
    return {same_text(one): column for column, names in called.items() for one in names}


class Contact(NamedTuple):
    """A vendor and the person who is asked there, checked."""

    vendor: str
    name: str
    email: str
    language: str


class RowFault(NamedTuple):
    """One thing wrong in what was pasted; `row` counts lines from 1 as they were pasted."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if not self.column:
            return worded("Row {row}: {sentence}", row=self.row, sentence=self.sentence)
        called = worded(_TITLES[self.column])
        return worded(
            "Row {row}, {column}: {sentence}",
            row=self.row,
            column=called,
            sentence=self.sentence,
        )


class Place(NamedTuple):
    """A pasted row, by its number."""

    number: int

    def fault(self, column: str, sentence: str) -> RowFault:
        return RowFault(self.number, column, sentence)


class WrongRows(Invalid):
    """Nothing was added, because some pasted rows are wrong; `rows` says which and why."""

    def __init__(self, rows: Sequence[RowFault]) -> None:
        super().__init__({"pasted": " ".join(str(one) for one in rows)})
        self.rows = tuple(rows)


def read(typed: Mapping[str, str]) -> Contact:
    """The contact that was typed in; Invalid with a sentence per column."""
    faults: dict[str, str] = {}
    vendor = _text(typed, "vendor", worded("Give the vendor's name."), faults)
    name = _text(typed, "name", None, faults)
    email = ""
    try:
        email = posting.address(str(typed.get("email") or ""), "email")
    except Invalid as fault:
        faults |= fault.faults
    language = _language(str(typed.get("language") or ""), faults)
    if faults:
        raise Invalid(faults)
    return Contact(vendor, name, email, language)


def _text(typed: Mapping[str, str], column: str, empty: str | None, faults: dict[str, str]) -> str:
    try:
        text = clean(str(typed.get(column) or ""), NAME_LIMIT, reader(), lines=False)
    except AnswerFault as fault:
        faults[column] = fault.sentence
        return ""
    if not text and empty:
        faults[column] = empty
    return text


def _language(text: str, faults: dict[str, str]) -> str:
    """English where nothing is said; a code or a name of one of our languages otherwise."""
    if not text.strip():
        return "en"
    code = next(
        (one for one in (codes.language_code(text, as_in) for as_in in LANGUAGES) if one), ""
    )
    if code not in LANGUAGES:
        offered = ", ".join(f"{codes.language_name(one, reader())} ({one})" for one in LANGUAGES)
        faults["language"] = worded(
            "We write in {languages}. Choose one of these.", languages=offered
        )
        return ""
    return code


def read_rows(text: str) -> tuple[list[tuple[Place, Contact]], list[RowFault]]:
    """The contacts that were pasted from a spreadsheet, and what is wrong with the other rows.

    Cells are separated by tabs, semicolons or commas. A first row that names columns gives their
    order; without one it is vendor, contact, e-mail, language. WrongRows when nothing can be read.
    """
    lines = _lines(text)
    columns = _header(lines[0][1])
    faults = _missing_columns(lines[0][0], columns) if columns else []
    if faults:
        raise WrongRows(faults)
    if columns:
        lines = lines[1:]
    if not lines:
        raise WrongRows(
            [RowFault(1, "", worded("Only column names were pasted, no vendor below them."))]
        )
    if len(lines) > MOST_ROWS:
        sentence = worded(
            "{n} rows were pasted; at most {most} can be added at once.",
            n=len(lines),
            most=MOST_ROWS,
        )
        raise WrongRows([RowFault(lines[MOST_ROWS][0], "", sentence)])
    found = []
    for number, cells in lines:
        contact = _contact(number, cells, columns or COLUMNS, faults)
        if contact is not None:
            found.append((Place(number), contact))
    return found, faults


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Every line that holds something, with its number."""
    if len(text) > PASTE_LIMIT:
        most = show_number(Decimal(PASTE_LIMIT), reader())
        raise WrongRows([RowFault(1, "", worded("At most {n} characters can be pasted.", n=most))])
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise WrongRows([RowFault(1, "", worded("Nothing was pasted. Paste one vendor a line."))])
    first = text.lstrip("\n").split("\n", 1)[0]
    separator = "\t" if "\t" in first else max(";,", key=first.count)
    pasted = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, begun = [], 1
    try:
        for line in pasted:
            cells = [cell.strip() for cell in line]
            if any(cells):
                lines.append((begun, cells))
            begun = pasted.line_num + 1
    except csv.Error:
        sentence = worded("A quotation mark is opened here and not closed, or text follows it.")
        raise WrongRows([RowFault(begun, "", sentence)]) from None
    return lines


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns that a first row names, in its order; () when it is no header."""
    named = [_named().get(same_text(cell), "") for cell in cells]
    if any("@" in cell for cell in cells) or sum(map(bool, named)) * 2 < len(cells):
        return ()
    return tuple(named)


def _missing_columns(row: int, columns: Sequence[str]) -> list[RowFault]:
    return [
        RowFault(row, "", worded("No column is called {name}.", name=worded(_TITLES[needed])))
        for needed in ("vendor", "email")
        if needed not in columns
    ]


def _contact(
    number: int, cells: Sequence[str], columns: Sequence[str], faults: list[RowFault]
) -> Contact | None:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        sentence = worded(
            "It has {cells} cells, there are {columns} columns.",
            cells=len(cells),
            columns=len(columns),
        )
        faults.append(RowFault(number, "", sentence))
        return None
    typed = dict(zip(columns, cells, strict=False))
    try:
        return read(typed)
    except Invalid as fault:
        faults.extend(
            RowFault(number, column, sentence) for column, sentence in fault.faults.items()
        )
        return None
