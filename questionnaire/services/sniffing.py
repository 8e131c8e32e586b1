"""Looking at what a file is, whatever its name says: only kinds of the allow-list are taken."""

from __future__ import annotations

import io
import zipfile

import filetype

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import quoted, say
from questionnaire.core.texts import FILE_NAME_LIMIT, clean

MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
#: What a name may end in -> the media type that the content must be.
ALLOWED = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
ENDINGS = tuple(ALLOWED)
_NAMED = "PDF, PNG, JPG, DOCX, XLSX, ODT, ODS, TXT, CSV"
#: Where an office document keeps its text, for archives whose parts come in an unusual order.
_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}


def clean_name(raw: str, speech: str = "en") -> str:
    """A file's name without folders; AnswerFault when it cannot be kept."""
    name = raw.replace("\\", "/").rpartition("/")[2]
    found = clean(name, FILE_NAME_LIMIT, speech, lines=False)
    if not found.strip(". "):
        raise AnswerFault(say(speech, "A file without a name was sent. Name it and try again."))
    return found


def content_type(name: str, content: bytes, speech: str = "en") -> str:
    """The media type of a file that may be kept; AnswerFault with its name otherwise."""
    shown = quoted(name)
    if not content:
        raise AnswerFault(
            say(speech, "{name} is empty. Choose the right file and attach it again.", name=shown)
        )
    if len(content) > MOST_BYTES:
        raise AnswerFault(
            say(
                speech,
                "{name} is larger than {most} MB. Make it smaller or attach it in parts.",
                name=shown,
                most=MOST_MEGABYTES,
            )
        )
    ending = ending_of(name)
    wanted = ALLOWED.get(ending)
    if wanted is None:
        raise AnswerFault(
            say(
                speech,
                "{name} is of a kind that is not taken. Attach one of these: {kinds}.",
                name=shown,
                kinds=_NAMED,
            )
        )
    if _sniffed(content, ending) != wanted:
        raise AnswerFault(
            say(
                speech,
                "{name} is not what its name says: the content is no {kind} file. Save it again "
                "in the right format and attach that.",
                name=shown,
                kind=ending[1:].upper(),
            )
        )
    return wanted


def ending_of(name: str) -> str:
    """`.pdf` of `Report.PDF`."""
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def _sniffed(content: bytes, ending: str) -> str | None:
    found = filetype.guess_mime(content)
    if found == "application/zip" or found in (ALLOWED[".docx"], ALLOWED[".xlsx"]):
        return _office(content)
    if found is None and ending in (".txt", ".csv") and _is_text(content):
        return ALLOWED[ending]
    return str(found) if found else None


def _office(content: bytes) -> str | None:
    """Which office document an archive is; None for any other, or for a broken one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    return next((ALLOWED[kind] for part, kind in _PARTS.items() if part in names), None)


def _is_text(content: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or a one-byte code page: no NUL, nothing binary."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return "\x00" not in content.decode("utf-16")
        except UnicodeDecodeError:
            return False
    strange = sum(byte < 9 or 13 < byte < 32 for byte in content)
    return strange == 0
