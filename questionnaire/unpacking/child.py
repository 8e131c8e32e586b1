"""The process itself: limits, one file from standard input, JSON to standard output."""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from questionnaire.unpacking.refusals import Refusal
from questionnaire.unpacking.scanning import Marks, Scan, check_kinds, sheets, walk
from questionnaire.unpacking.zipped import has, open_archive

MEMORY = 768 * 1024 * 1024
SECONDS = 4
#: Characters of all cells together, and of one.
MOST_TEXT, LONGEST_TEXT = 4_000_000, 32_767
_LIMITS = (
    ("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_FSIZE", 0), ("RLIMIT_NOFILE", 16),
    ("RLIMIT_NPROC", 0), ("RLIMIT_CORE", 0),
)  # fmt: skip


def limit() -> None:
    """Take from this process what it does not need; for good."""
    for name, most in _LIMITS:
        if hasattr(resource, name):
            resource.setrlimit(getattr(resource, name), (most, most))


def main() -> None:
    """Read one file; whatever happens, what is written is JSON or nothing."""
    limit()
    try:
        told: dict[str, Any] = {"sheets": unpack(sys.stdin.buffer.read())}
    except Refusal as refusal:
        told = {"refused": refusal.word, "place": refusal.place}
    except MemoryError:
        told = {"refused": "too large", "place": ""}
    except Exception:  # Whatever a stranger's file brings about, it is not read.
        told = {"refused": "damaged", "place": ""}
    sys.stdout.write(json.dumps(told, separators=(",", ":")))
    sys.stdout.flush()


def unpack(content: bytes) -> list[dict[str, Any]]:
    """Every sheet with its cells `[row, column, kind, text]`, counted from 0; or a Refusal.

    Kinds: text, number, percent (already in hundredths), truth, date, time, formula, error.
    """
    archive = open_archive(content)
    check_kinds(archive)
    scan = Scan(archive)
    marks = [(name, scan.marks(part)) for name, part in sheets(archive) if part]
    if has(archive, "xl/sharedStrings.xml"):
        walk(archive, "xl/sharedStrings.xml", lambda _tag, _attributes: None)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [{"name": name, "cells": _cells(book, name, one)} for name, one in _told(marks)]
    except CalamineError as fault:
        raise Refusal("damaged") from fault


def _told(marks: list[tuple[str, Marks]]) -> list[tuple[str, Marks]]:
    if len({name for name, _marks in marks}) != len(marks):
        raise Refusal("damaged")
    return marks


def _cells(book: Any, name: str, marks: Marks) -> list[list[Any]]:
    cells: list[list[Any]] = []
    special = dict.fromkeys(marks.errors, "error") | dict.fromkeys(marks.formulas, "formula")
    length = 0
    for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if (row, column) in special or value == "":
                continue
            kind, text = _told_value(value, (row, column) in marks.percents)
            length += len(text)
            if length > MOST_TEXT or len(text) > LONGEST_TEXT:
                raise Refusal("too large")
            cells.append([row, column, kind, text])
    return cells + [[*place, kind, ""] for place, kind in special.items()]


def _told_value(value: Any, percent: bool) -> tuple[str, str]:
    """The kind of a value, and the value as text that means the same in every language."""
    if isinstance(value, bool):
        return "truth", "yes" if value else "no"
    if isinstance(value, int | float):
        # What spreadsheet programs keep: fifteen digits.
        number = float(value) * 100 if percent else float(value)
        return ("percent" if percent else "number"), f"{number:.15g}"
    if isinstance(value, datetime) and value.year > 1900 and value.time() != time():
        return "date", value.isoformat(" ", "minutes")
    if isinstance(value, date) and value.year > 1900:
        return "date", value.strftime("%Y-%m-%d")
    if isinstance(value, timedelta):
        return "time", _clock(int(value.total_seconds()))
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, date):
        return "time", "00:00"
    if isinstance(value, time):
        return "time", _clock(value.hour * 3600 + value.minute * 60 + value.second)
    return "text", str(value)


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
