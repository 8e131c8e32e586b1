"""The names by which a filled spreadsheet is read again, whatever language it is written in.

They stand in hidden rows and columns. A sheet is found by its mark and not by its name, a row and
a column by their key and not by their place: so that renaming, moving and inserting do no harm.
"""

from __future__ import annotations

from typing import Final

#: Changed when a file of before could be misread.
FORMAT: Final = "1"
MARK: Final = "questionnaire-sheet"
#: The sheet with what the file was made for, and the one with the choices of all lists.
KEYS_SHEET: Final = "keys"
LISTS_SHEET: Final = "lists"
#: Stands in the key column of a table's last row above the answers.
ROWS_BELOW: Final = "rows-below"
#: The columns of a section's sheet, from the left; the first two are hidden.
COLUMNS: Final = (
    "key", "version", "number", "question", "help", "limits", "answer", "state", "reason",
    "comment",
)  # fmt: skip
STATES: Final = ("answered", "dont_know", "not_applicable")


def section_mark(section_id: str) -> str:
    """Stands in the key column of a section's sheet, in the row with the columns' names."""
    return f"{MARK}:section:{section_id}"


def table_mark(question_id: str) -> str:
    """The same on the sheet of a table."""
    return f"{MARK}:table:{question_id}"


def tick(question_id: str, code: str) -> str:
    """The row in which one of several choices is ticked."""
    return f"{question_id}#choice:{code}"


def none(question_id: str) -> str:
    """The row in which "none" is ticked."""
    return f"{question_id}#none"


def currency(name: str) -> str:
    """The row (of a question) or the column (of a table) with the currency of an amount."""
    return f"{name}#currency"


def country(question_id: str) -> str:
    """A row for one of several countries; there are many with this key."""
    return f"{question_id}#country"
