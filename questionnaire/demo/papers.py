"""Small documents to put beside answers: valid PDF and CSV files, each plainly fictional."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping
from typing import Any

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 64


def paper(vendor: str, title: str, document: Mapping[str, Any]) -> bytes:
    """The bytes of one document of `vendors.yaml`, of the sort that its name ends in."""
    if document["name"].endswith(".csv"):
        return ("\r\n".join([*document["says"], "Fictional, made for a demo"]) + "\r\n").encode()
    return _pdf([vendor, title, f"Date: {document['issued']}"], document["says"])


def _pdf(head: list[str], lines: list[str]) -> bytes:
    """One A4 page of text, by the rules of ISO 32000 and no more of them than it needs."""
    content = _page(head, lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 6 0 R "
        b"/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>" % (_WIDTH, _HEIGHT),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    written += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(written)


def _page(head: list[str], lines: list[str]) -> bytes:
    placed = [("F2", 18, _HEIGHT - 90, head[1]), ("F1", 12, _HEIGHT - 64, head[0])]
    placed.append(("F1", 11, _HEIGHT - 112, head[2]))
    height = _HEIGHT - 150
    for line in lines:
        for part in textwrap.wrap(line, 78):
            placed.append(("F1", 11, height, part))
            height -= 17
        height -= 6
    placed.append(("F1", 9, 56, "Fictional document, made for a demo. Nothing in it is true."))
    return b"\n".join(
        b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (font.encode(), size, _MARGIN, y, _text(text))
        for font, size, y, text in placed
    )


def _text(text: str) -> bytes:
    """As the standard fonts can write it: letters that they lack lose their marks."""
    try:
        known = text.encode("cp1252")
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", text)
        known = bare.encode("ascii", "ignore")
    return known.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
