"""Setting a report in type: PDF/UA-1, by typst, with the fonts that typst brings along.

The template reads one JSON file; nothing of the report's text is ever part of the program. The
standard demands a sign for every character: what the fonts do not have (a name in Chinese, a
smiley) stands as a mark of its own, and the first page says so.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from typing import Any

import typst

from questionnaire import paths
from questionnaire.core.phrases import say
from questionnaire.core.report import Report
from questionnaire.core.report.documents import document_of
from questionnaire.services.drawing import for_print

#: The standard for documents that everybody can read; typst refuses a picture without its words.
STANDARD = "ua-1"
#: Stands for a character that the fonts have no sign for.
UNKNOWN_SIGN = "\ufffd"
_NO_SIGN = "could not be displayed"
#: Latin letters up to here are in every font.
_LAST_LATIN = "\u024f"
_PROBE = b'#set document(title: "x")\n#set text(font: "Libertinus Serif")\n#json("report.json")'


def pdf(report: Report, *, title: str = "", dated: bool = True) -> bytes:
    """The report as a tagged PDF; the same report gives the same bytes.

    `title` stands instead of the report's usual one; not `dated`, it does not say of which day
    it is.
    """
    document = document_of(report, for_print, title)
    if not dated:
        document["as_of"] = ""
    made_at = datetime.combine(report.on, time(), UTC)
    try:
        return _compiled(files(document), made_at)
    except typst.TypstError as fault:
        if _NO_SIGN not in str(fault):
            raise
    return _compiled(files(_with_signs(document, report.language)), made_at)


def files(document: dict[str, Any]) -> dict[str, bytes]:
    """What is compiled: the template, and the report as the JSON that it reads."""
    template = paths.templates() / "report" / "report.typ"
    told = json.dumps(document, ensure_ascii=False)
    return {"main": template.read_bytes(), "report.json": told.encode()}


def _compiled(sources: dict[str, bytes], made_at: datetime) -> bytes:
    # Its stubs know no files that are handed over in memory.
    compiled: Callable[..., bytes] = typst.compile
    return compiled(
        sources,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=made_at,
    )


@cache
def _fonts() -> typst.Fonts:
    """Only the embedded ones: a report looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _with_signs(document: dict[str, Any], language: str) -> dict[str, Any]:
    """The same document, without characters that cannot be shown, and with a word about them."""
    told = json.dumps(document, ensure_ascii=False)
    rare = {one for one in told if one > _LAST_LATIN}
    # Escaped, since the sign instead may be a quotation mark.
    signs = {ord(one): json.dumps(_sign_for(one))[1:-1] for one in rare}
    shown: dict[str, Any] = json.loads(told.translate(signs))
    missing = say(
        language,
        "Characters that this file has no sign for stand as {sign}; the page of the report shows "
        "them.",
        sign=UNKNOWN_SIGN,
    )
    return shown | {"missing": missing}


@lru_cache(maxsize=4096)
def _sign_for(character: str) -> str:
    """The character itself, its plain form, or the mark for what cannot be shown."""
    for form in (character, unicodedata.normalize("NFKC", character)):
        try:
            _compiled({"main": _PROBE, "report.json": json.dumps(form).encode()}, _DAWN)
        except typst.TypstError:
            continue
        return form
    return UNKNOWN_SIGN


_DAWN = datetime(2000, 1, 1, tzinfo=UTC)
