"""The report as PDF, spreadsheet and CSV: the same words, and nothing in them is ever run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

from questionnaire.core.report import Report, compose
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Charts,
    Head,
    Line,
    Listing,
    Notice,
    Paragraph,
    Part,
    Table,
)
from questionnaire.core.report.documents import document_of
from questionnaire.services import printing, tabulating
from questionnaire.services.drawing import for_print
from tests.unit.report import kit

pytestmark = pytest.mark.sqlite_only

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: What typst, spreadsheets and browsers would run if it were not a text.
EVIL = (
    '#import "@preview/x": *', "#panic()", "]", "*bold* _it_ `raw` $x$", "// gone", "<label> @ref",
    "\\u{41}", "=1+1", '=HYPERLINK("http://x.example")', "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
    "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "http://x.example", "  =1+1", "1e5", "'=1",
)  # fmt: skip


@cache
def demo() -> Report:
    return compose(kit.matter())


def evil(*texts: str) -> Report:
    """A report in which everything that somebody wrote is one of these texts."""
    rows = tuple((Cell(text), Cell(text)) for text in texts)
    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in texts),
        *(Notice(text, "warning") for text in texts),
        Listing(tuple(Line(text) for text in texts)),
        Table("evil", texts[0], (Head(texts[0]), Head(texts[-1])), rows, texts[0]),
    )
    return replace(
        demo(), title=texts[0], organisation=texts[0], parts=(Part(1, texts[0], blocks),)
    )


# -- PDF ---------------------------------------------------------------------------------------


def test_the_report_is_set_as_a_tagged_pdf_for_everybody() -> None:
    made = printing.pdf(demo())
    assert made.startswith(b"%PDF-1.7")
    for named in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/Marked true"):
        assert named in made or b"/ObjStm" in made
    assert b"pdfuaid" in made, "it says by itself that it is PDF/UA"


def test_the_same_report_is_the_same_file() -> None:
    assert printing.pdf(demo()) == printing.pdf(demo())


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_read_as_a_program_by_the_typesetter(text: str) -> None:
    assert printing.pdf(evil(text)).startswith(b"%PDF")


def test_the_typesetter_is_given_every_text_as_it_stands() -> None:
    told = json.loads(printing.files(document_of(evil(*EVIL), for_print))["report.json"])
    assert [one["text"] for one in told["parts"][0]["blocks"][: len(EVIL)]] == list(EVIL)
    assert printing.pdf(evil(*EVIL)).startswith(b"%PDF")


def test_what_the_fonts_have_no_sign_for_is_marked_and_said_and_stops_nothing() -> None:
    strange = evil("漢字 Contact 🙂", "Ω Ж №")
    assert printing.pdf(strange).startswith(b"%PDF")
    shown = printing._with_signs(document_of(strange, for_print), "en")
    first, second = (one["text"] for one in shown["parts"][0]["blocks"][:2])
    assert first == "\ufffd\ufffd Contact \ufffd"
    assert second == "Ω Ж №"
    assert "Characters that this file has no sign for" in shown["missing"]
    assert printing._sign_for("＝") == "="
    assert json.dumps(printing._with_signs({"a": "＂x漢"}, "en"))


def test_every_picture_has_its_words_and_one_without_them_is_refused() -> None:
    told = document_of(demo(), for_print)
    pictures = [
        chart
        for part in told["parts"]
        for block in part["blocks"]
        if block["kind"] == "charts"
        for chart in block["charts"]
    ]
    assert len(pictures) > 10
    assert all(one["alt"] and one["svg"].startswith("<svg") for one in pictures)
    pictures[0]["alt"] = None
    with pytest.raises(RuntimeError, match="alt"):
        printing._compiled(printing.files(told), printing._DAWN)


def test_no_picture_is_larger_than_its_share_of_the_page_not_even_one_that_stands_alone() -> None:
    told = document_of(demo(), for_print)
    alone = [
        len(block["charts"])
        for part in told["parts"]
        for block in part["blocks"]
        if block["kind"] == "charts"
    ]
    assert 1 in alone, "quality against cost has nothing beside it"
    draw: Any = typst.compile
    pages = draw(printing.files(told), font_paths=printing._fonts(), format="svg")
    heights = []
    for page in (one.decode() for one in pages):
        (whole,) = re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', page)[:1]
        for picture in re.findall(r"<image[^>]*>", page):
            (height,) = re.findall(r' height="([\d.]+)"', picture)
            heights.append(float(height) / float(whole))
    assert len(heights) == sum(alone)
    assert max(heights) < 0.7, "a taller one is cut at both ends"


def test_the_language_of_the_report_is_that_of_the_document() -> None:
    told = document_of(replace(demo(), language="lv"), for_print)
    assert told["language"] == "lv"
    assert printing.pdf(replace(demo(), language="lv")) != printing.pdf(demo())


def test_page_and_pdf_say_the_same() -> None:
    told = json.dumps(document_of(demo(), for_print), ensure_ascii=False)
    for text in kit.texts(without_figures(demo())):
        assert json.dumps(text, ensure_ascii=False)[1:-1] in told


def without_figures(report: Report) -> Report:
    """The figures of a chart are its own: the PDF draws them."""
    return replace(
        report,
        parts=tuple(
            replace(part, blocks=tuple(at for at in part.blocks if not isinstance(at, Charts)))
            for part in report.parts
        ),
    )


# -- XLSX --------------------------------------------------------------------------------------


def sheets(content: bytes) -> dict[str, ElementTree.Element]:
    """Every sheet by its name."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    names = [one.attrib["name"] for one in book.iter(f"{SHEET}sheet")]
    return {
        name: ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{n}.xml"))
        for n, name in enumerate(names, start=1)
    }


def strings(content: bytes) -> list[str]:
    packed = zipfile.ZipFile(io.BytesIO(content))
    root = ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))
    return ["".join(one.itertext()) for one in root.iter(f"{SHEET}si")]


def test_every_table_has_a_sheet_after_the_one_with_the_versions() -> None:
    found = sheets(tabulating.xlsx(demo()))
    assert next(iter(found)) == "Versions"
    assert len(found) == 1 + len(list(demo().tables))
    assert max(map(len, found)) <= 31
    assert len({one.casefold() for one in found}) == len(found)
    for root in found.values():
        (pane,) = root.iter(f"{SHEET}pane")
        assert pane.attrib["state"] == "frozen"


def test_figures_are_numbers_and_what_is_not_known_is_a_text() -> None:
    made = tabulating.xlsx(demo())
    said = strings(made)
    (sheet,) = (root for name, root in sheets(made).items() if name.startswith("10 Cost of"))
    quetzal = next(row for row in sheet.iter(f"{SHEET}row") if int(row.attrib["r"]) > 3)
    kinds = {one.attrib["r"]: one.attrib.get("t", "n") for one in quetzal.iter(f"{SHEET}c")}
    assert kinds["A4"] == "s"
    assert kinds["C4"] == "n"
    assert "Quetzal Bridge CX, S.R.L." in said


def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link() -> None:
    for report in (demo(), evil(*EVIL)):
        made = tabulating.xlsx(report)
        for root in sheets(made).values():
            assert not list(root.iter(f"{SHEET}f"))
            assert not list(root.iter(f"{SHEET}hyperlink"))
    texts = [text.replace("\r", "_x000D_") for text in EVIL]
    said = [text.replace("\r", "_x000D_") for text in strings(tabulating.xlsx(evil(*EVIL)))]
    assert set(texts) <= set(said)


def test_a_text_longer_than_a_cell_is_cut_and_never_lost() -> None:
    said = strings(tabulating.xlsx(evil("x" * 40_000)))
    assert max(map(len, said)) < 32_767
    assert any(one.endswith(" …") for one in said)


# -- CSV ---------------------------------------------------------------------------------------


def files(report: Report) -> dict[str, str]:
    packed = zipfile.ZipFile(io.BytesIO(tabulating.csv_zip(report)))
    return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_every_table_is_a_file_that_says_what_the_table_says() -> None:
    found = files(demo())
    assert len(found) == 1 + len(list(demo().tables))
    rows = list(csv.reader(io.StringIO(found["10-costs.csv"])))
    assert rows[2][0] == "Quetzal Bridge CX, S.R.L."
    assert rows[2][2:7] == ["19.80", "2.63", "3.41", "0.60", "4.01"]


def test_no_cell_of_a_csv_file_begins_like_a_formula() -> None:
    """But for a number, which is one."""
    for report in (demo(), evil(*EVIL)):
        for text in files(report).values():
            for row in csv.reader(io.StringIO(text)):
                for cell in row:
                    number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
                    begins = cell.lstrip(" ")[:1]
                    assert number or begins not in tuple("=+-@\t\r\n＝＋－＠") or not begins, cell
