"""The archive that a workbook is, looked at before anything in it is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from questionnaire.unpacking.refusals import Refusal

MOST_PARTS = 1_000
#: Unpacked, in bytes: all parts together.
MOST_UNPACKED = 48 * 1024 * 1024
#: A workbook's own XML shrinks to a thirtieth; what shrinks much more is made to fill a memory.
MOST_RATIO = 150
_WORTH_A_LOOK = 4 * 1024 * 1024
_PIECE = 64 * 1024

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
#: Part of a name -> what is refused for it.
_REFUSED = (
    ("vbaproject", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/externallinks/", "links"),
    ("xl/connections.xml", "links"),
    ("xl/querytables/", "links"),
    ("xl/embeddings/", "embedded"),
    ("xl/activex/", "embedded"),
    ("xl/workbook.bin", "binary"),
)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive of a workbook; Refusal for everything else."""
    if content.startswith(_OLD):
        raise Refusal("encrypted" if _LOCKED in content else "old")
    if not content.startswith(b"PK"):
        raise Refusal("no workbook")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise Refusal("damaged") from fault
    _look(archive)
    return archive


def _look(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [one.filename.casefold() for one in parts]
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Refusal("too large")
    if len(set(names)) != len(names):
        raise Refusal("damaged")
    for one in parts:
        if one.flag_bits & 1:
            raise Refusal("encrypted")
        if one.file_size > _WORTH_A_LOOK and one.file_size > MOST_RATIO * one.compress_size:
            raise Refusal("bomb", one.filename)
        for sign, word in _REFUSED:
            if sign in one.filename.casefold():
                raise Refusal(word, one.filename)
    if "xl/workbook.xml" not in names:
        open_document = "mimetype" in names and "content.xml" in names
        raise Refusal("open document" if open_document else "no workbook")


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One part in pieces; Refusal when it holds more than it says, or cannot be unpacked."""
    try:
        left = archive.getinfo(name).file_size
        with archive.open(name) as part:
            while piece := part.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise Refusal("bomb", name)
                yield piece
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
            RuntimeError) as fault:  # fmt: skip
        raise Refusal("damaged", name) from fault


def has(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether there is such a part."""
    return name in archive.NameToInfo
