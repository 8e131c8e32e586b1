"""What strangers send as a spreadsheet: in 5 seconds read, or refused with a sentence."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaire.services import sheet_opening
from questionnaire.services.faults import Invalid
from questionnaire.services.sheet_opening import open_sheets
from tests.harness.workbook import changed, packed, parts


def _book(**cells: object) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("One")
    for place, value in ({"A1": "Text"} | cells).items():
        sheet.write(place, value)
    book.close()
    return written.getvalue()


GOOD = _book()
SHEET = "xl/worksheets/sheet1.xml"


def _sheet(inside: bytes, before: bytes = b"") -> bytes:
    told = (
        b'<?xml version="1.0"?>' + before + b'<worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><sheetData>' + inside + b"</sheetData></worksheet>"
    )
    return packed(parts(GOOD) | {SHEET: told})


def _laughs() -> bytes:
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    )
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>'
    return _sheet(cell, b"<!DOCTYPE x [" + entities + b"]>")


def _shared_laughs() -> bytes:
    told = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><sst><si><t>&a;</t></si></sst>'
    return packed(parts(GOOD) | {"xl/sharedStrings.xml": told})


def _million_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 10**6))
    return _sheet(rows)


def _with(name: str, content: bytes = b"<x/>") -> bytes:
    return packed(parts(GOOD) | {name: content})


def _outside() -> bytes:
    relation = (
        b'<Relationships><Relationship Id="rId1" Type="http://x/externalLinkPath" '
        b'Target="file:///c:/secret.xlsx" TargetMode="External"/></Relationships>'
    )
    return _with("xl/worksheets/_rels/sheet1.xml.rels", relation)


def _open_document() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                   "content.xml": b"<x/>"})  # fmt: skip


HOSTILE = {
    "a bomb": (lambda: _with("xl/media/a.xml", b"0" * 40_000_000), "no spreadsheet program"),
    "more than fits": (lambda: _with("xl/media/a.xml", b"0" * 60_000_000), "more in the file"),
    "a bomb in a sheet": (lambda: _sheet(b" " * 40_000_000), "no spreadsheet program"),
    "a million rows": (_million_rows, "more in the file"),
    "a cell far out": (
        lambda: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "more in the file",
    ),
    "billion laughs": (_laughs, "no spreadsheet program"),
    "an entity among the texts": (_shared_laughs, "no spreadsheet program"),
    "deep XML": (lambda: _sheet(b"<a>" * 200_000 + b"</a>" * 200_000), "no spreadsheet program"),
    "broken XML": (lambda: _sheet(b"<row><c></row>"), "damaged"),
    "a truncated archive": (lambda: GOOD[:-200], "damaged"),
    "only the beginning": (lambda: GOOD[:100], "damaged"),
    "macros": (lambda: _with("xl/vbaProject.bin"), "has macros"),
    "macros by its kind": (
        lambda: changed(
            GOOD, "[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        ),
        "has macros",
    ),
    "an external link": (lambda: _with("xl/externalLinks/externalLink1.xml"), "other files"),
    "a relation to outside": (_outside, "other files"),
    "a connection": (lambda: _with("xl/connections.xml"), "other files"),
    "an embedded object": (lambda: _with("xl/embeddings/oleObject1.bin"), "embedded"),
    "a binary workbook": (lambda: _with("xl/workbook.bin"), "xlsb"),
    "the old format": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), "(.xls)"),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "an OpenDocument file": (_open_document, "OpenDocument"),
    "a text": (lambda: b"question;answer\n1;yes\n", "not a spreadsheet"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not a spreadsheet"),
    "another archive": (lambda: packed({"a.txt": b"a"}), "not a spreadsheet"),
    "nothing": (lambda: b"", "Choose the spreadsheet"),
    "nine megabytes": (lambda: b"PK" + bytes(9 * 1024 * 1024), "larger than 8 MB"),
}  # fmt: skip


@pytest.mark.parametrize("named", HOSTILE)
def test_a_hostile_file_is_refused_in_words_within_five_seconds(named):
    make, words = HOSTILE[named]
    content = make()
    begun = time.monotonic()
    with pytest.raises(Invalid) as refused:
        open_sheets(content)
    assert time.monotonic() - begun < 5
    assert words in refused.value.faults["file"]


def test_a_good_file_is_read_with_the_kind_of_every_cell():
    content = _book(A2=12.5, A3=True, A4="=1+1", B1='ā;\n"x"')
    (grid,) = open_sheets(content)
    assert grid.name == "One"
    found = {at: (one.kind, one.text) for at, one in grid.cells.items()}
    assert found == {
        (0, 0): ("text", "Text"),
        (0, 1): ("text", 'ā;\n"x"'),
        (1, 0): ("number", "12.5"),
        (2, 0): ("truth", "yes"),
        (3, 0): ("formula", ""),
    }


def test_a_link_to_click_on_is_no_link_to_another_file():
    assert open_sheets(_book(A2="https://amber.example"))[0].text(1, 0) == "https://amber.example"


def test_what_is_shown_as_a_percentage_is_read_as_one():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.add_worksheet("One").write_number(0, 0, 0.82, book.add_format({"num_format": "0 %"}))
    book.close()
    assert open_sheets(written.getvalue())[0].text(0, 0) == "82%"


def test_a_process_that_does_not_come_to_an_end_is_ended(monkeypatch):
    begun = []

    def begin(*told, **how):
        begun.append(Popen(*told, **how))
        return begun[-1]

    monkeypatch.setattr(sheet_opening, "_RUN", "import time; time.sleep(600)")
    monkeypatch.setattr(sheet_opening, "SECONDS", 0.05)
    monkeypatch.setattr("questionnaire.services.sheet_opening.subprocess.Popen", begin)
    with pytest.raises(Invalid, match="takes too long"):
        open_sheets(GOOD)
    assert [one.poll() for one in begun] == [-SIGKILL]


def test_the_process_knows_no_secret_and_can_write_no_file(monkeypatch):
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", "never-to-be-seen")
    spy = (
        "import sys, os, json; sys.path.insert(0, sys.argv[1]); "
        "from questionnaire.unpacking import child; child.limit()\n"
        "told = {'environment': sorted(os.environ), 'files': ''}\n"
        "try:\n"
        "    os.write(os.open(sys.argv[1] + '/spy', os.O_CREAT | os.O_WRONLY), b'x')\n"
        "except Exception as fault:\n"
        "    told['files'] = type(fault).__name__\n"
        "sys.stdout.write(json.dumps({'refused': json.dumps(told)}))\n"
        "def main(): pass"
    )
    monkeypatch.setattr(sheet_opening, "_RUN", spy)
    told = sheet_opening._told(GOOD).decode()
    Path(sheet_opening._ROOT, "spy").unlink(missing_ok=True)
    assert "OSError" in told
    assert "never-to-be-seen" not in told
    assert "SECRET" not in told


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data):
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        said = open_sheets(bytes(broken)) and "read"
    except Invalid as refused:
        said = refused.faults["file"]
    assert said


def test_a_name_twice_in_the_archive_is_refused():
    written = io.BytesIO(GOOD)
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<x/>")
    with pytest.raises(Invalid, match="damaged"):
        open_sheets(written.getvalue())
