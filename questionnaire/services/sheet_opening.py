"""Opening a stranger's spreadsheet: in a process of its own, with little memory and little time.

That process gets the file and nothing else: no settings, no secrets, no folder. What it says is
read as if the stranger had written it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

import questionnaire
from questionnaire.core.phrases import english, say
from questionnaire.core.sheet.grid import Grid, grids
from questionnaire.services.faults import Invalid

MOST_MEGABYTES: Final = 8
MOST_BYTES: Final = MOST_MEGABYTES * 1024 * 1024
#: From the start of the process to its last word.
SECONDS: Final = 3.5
MOST_TOLD: Final = 24 * 1024 * 1024
#: So many files are opened at once; who comes while all are busy waits so many seconds.
AT_ONCE: Final = 2
SECONDS_TO_WAIT: Final = 1

#: Why a file is not read, by the word of the process for it; anything else is damaged.
_SENTENCES: Final = {
    "old": english(
        "This is a file of the old Excel format (.xls). Open it, save it as an "
        "Excel workbook (.xlsx), and upload that."
    ),
    "encrypted": english(
        "The file is locked with a password. Save it without one, and upload that."
    ),
    "macros": english(
        "The file has macros, which are not taken. Save it as an Excel workbook"
        " without macros (.xlsx), and upload that."
    ),
    "links": english(
        "The file takes values from other files or sources. Break these links "
        "(in Excel: Data, Edit Links), save it, upload it."
    ),
    "embedded": english(
        "Other files are embedded in this one. Take them out, and attach them "
        "to their questions on the web page instead."
    ),
    "binary": english(
        "This is a binary Excel file (.xlsb). Save it as an Excel workbook "
        "(.xlsx), and upload that."
    ),
    "open document": english(
        "This is an OpenDocument file. Save it as an Excel workbook (.xlsx), and upload that."
    ),
    "no workbook": english(
        "This is not a spreadsheet. Upload the Excel workbook (.xlsx) that you "
        "downloaded here and filled in."
    ),
    "bomb": english(
        "The file is built in a way that no spreadsheet program builds one, so "
        "it was not read. Download the questionnaire again, and copy your "
        "answers into it."
    ),
    "strange xml": english(
        "The file is built in a way that no spreadsheet program builds one, so "
        "it was not read. Download the questionnaire again, and copy your "
        "answers into it."
    ),
    "too large": english(
        "There is more in the file than a questionnaire holds, or it takes too "
        "long to read. Delete what does not belong to it, such as rows far "
        "below the answers and sheets of your own."
    ),
}
_DAMAGED: Final = english(
    "The file is damaged and cannot be read. Save it again as an Excel workbook"
    " (.xlsx), and upload that."
)

_turns = threading.BoundedSemaphore(AT_ONCE)
_ROOT = str(Path(questionnaire.__file__).resolve().parents[1])
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from questionnaire.unpacking.child import main"


def open_sheets(content: bytes, language: str = "en") -> tuple[Grid, ...]:
    """The cells of every sheet; Invalid with a sentence when the file is not read."""
    if not content:
        raise _invalid(say(language, "Choose the spreadsheet that you filled in."))
    if len(content) > MOST_BYTES:
        raise _invalid(
            say(language, "The file is larger than {most} MB. Take out pictures and other sheets, "
                "or download the questionnaire again and copy your answers into it.",
                most=MOST_MEGABYTES)
        )  # fmt: skip
    if not _turns.acquire(timeout=SECONDS_TO_WAIT):
        raise _invalid(say(language, "Many files are being read at the moment. Try again soon."))
    try:
        told = _told(content)
    finally:
        _turns.release()
    return _read(told, language)


def _invalid(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


def _told(content: bytes) -> bytes:
    """What the process says in time; nothing when it ends otherwise."""
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program; the file is its input alone
            [sys.executable, "-I", "-c", f"{_RUN}; main()", _ROOT],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    try:
        return _listen(process, time.monotonic() + SECONDS)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _listen(process: subprocess.Popen[bytes], until: float) -> bytes:
    if process.stdout is None:
        return b""
    pipe, told = process.stdout.fileno(), bytearray()
    while (left := until - time.monotonic()) > 0 and len(told) <= MOST_TOLD:
        if not select.select([pipe], [], [], left)[0]:
            break
        piece = os.read(pipe, 1 << 16)
        if not piece:
            return bytes(told)
        told += piece
    return b""


def _read(told: bytes, language: str) -> tuple[Grid, ...]:
    try:
        document: Any = json.loads(told)
    except (ValueError, RecursionError):
        # Killed by its limits, or cut off: too much was asked of it.
        raise _invalid(_sentence("too large", language)) from None
    if isinstance(document, dict) and isinstance(document.get("refused"), str):
        raise _invalid(_sentence(document["refused"], language))
    found = grids(document)
    if found is None:
        raise _invalid(_sentence("damaged", language))
    return found


def _sentence(word: str, language: str) -> str:
    return say(language, _SENTENCES.get(word, _DAMAGED))
