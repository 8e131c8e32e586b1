"""What a buyer takes into a spreadsheet: counts by section, planned calls; never a price."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from question_bank.model import Scorecard
from questionnaire.core.codes import language_name
from questionnaire.core.plans import band_name
from questionnaire.services.boarding import Board
from questionnaire.services.gathering import Planned
from questionnaire.services.vendor_rows import VendorRow

#: What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CALL_COLUMNS = (
    "Code", "Situation", "What it tries", "Language", "Time of day", "For",
    "Voice alteration and AI",
)  # fmt: skip
#: Makes spreadsheets read a CSV file as UTF-8.
BOM = "\ufeff"


def counts_csv(board: Board, language: str = "en") -> str:
    """Vendors by sections with met, gap and unknown; the same as the board shows.

    It begins with a byte-order mark, so that spreadsheets read it as UTF-8.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for line in _lines(board, language):
        writer.writerow([harmless(cell) for cell in line])
    return BOM + written.getvalue()


def calls_csv(calls: Sequence[Planned], scorecard: Scorecard, language: str = "en") -> str:
    """The plan of one trial for whoever makes the calls."""
    scenarios = {one.id: one for one in scorecard.scenarios}
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(
        [
            "Code",
            "Situation",
            "What it tries",
            "Language",
            "Time of day",
            "For",
            "Voice alteration and AI",
        ]
    )
    for one in calls:
        scenario = scenarios.get(one.scenario)
        cells = [
            one.code,
            scenario.title.text(language) if scenario else one.scenario,
            scenario.tests.text(language) if scenario else "",
            language_name(one.language, language),
            band_name(one.band, language),
            "calibration" if one.calibration else "score",
            "off" if one.unaltered else "as usual",
        ]
        writer.writerow([harmless(cell) for cell in cells])
    return BOM + written.getvalue()


def harmless(cell: str | int) -> str | int:
    """The cell so that no spreadsheet runs it: what begins like a formula gets an apostrophe."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell


def file_name(board: Board) -> str:
    """The name of the counts as a file."""
    return f"{plain_name(board.rfi.title)}-counts.csv"


def plain_name(title: str) -> str:
    """A title as a name that every file system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().encode("ascii", "ignore").decode())
    return plain.strip("-")[:60] or "rfi"


def _lines(board: Board, language: str) -> Iterator[list[str | int]]:
    named = {one.id: one for one in board.bank.sections}
    open_sections = [one for one in board.sections if not named[one].sealed]
    head: list[str | int] = ["Vendor", "State", "Late", "Submitted (UTC)", "Asked", "Answered"]
    head += ["Open mandatory flags", "Open major flags", "Open minor flags"]
    for one in open_sections:
        title = named[one].title.text(language)
        head += [f"{title}: met", f"{title}: gap", f"{title}: unknown"]
    yield head
    for row in board.vendors:
        yield [*_facts(row), *_counts(row, open_sections)]


def _facts(row: VendorRow) -> list[str | int]:
    submitted = f"{row.submitted_at:%Y-%m-%d %H:%M}" if row.submitted_at else ""
    late = "yes" if row.late else "no"
    facts: list[str | int] = [row.vendor, row.state.replace("_", " "), late, submitted]
    return [*facts, row.asked, row.answered, *row.open_flags]


def _counts(row: VendorRow, sections: list[str]) -> Iterator[str | int]:
    """Nothing where nothing was judged: unknown is not zero."""
    counts = dict(row.sections)
    for one in sections:
        yield from counts.get(one, ("", "", "")) if row.state == "submitted" else ("", "", "")
