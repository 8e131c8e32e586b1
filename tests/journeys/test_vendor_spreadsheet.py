"""A vendor takes its questionnaire home as a spreadsheet and brings it back, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.services.sheet_opening import open_sheets
from tests.harness.looking import faults_of, on
from tests.harness.workbook import place, written
from tests.journeys.vera import a, office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)


def _filled(content, number, text, wrong):
    """As Vera saves it: two answers, one that is wrong, one formula."""
    for question, value in ((number, 7), (text, "Amber Call SIA"), (wrong, "often")):
        grids = open_sheets(content)
        name = next(
            one.name
            for one in grids
            if any(at[1] == 0 and cell.text == question.id for at, cell in one.cells.items())
        )
        content = written(content, name, {place(grids, name, question.id): value})
    return content


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_the_spreadsheet_goes_home_and_comes_back(browser, vera, tmp_path, width, scripts):
    page = browser.new_page(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, accept_downloads=True
    )
    vera.enter(page)
    looked = [_look(page, scripts)]
    on(page.get_by_role("link", name="Download or upload the spreadsheet"))
    looked.append(_look(page, scripts))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the questionnaire (XLSX)").click()
    path = Path(taken.value.path())
    number, text, wrong = a("number"), a("text"), a("percentage")
    home = tmp_path / "filled.xlsx"
    home.write_bytes(_filled(path.read_bytes(), number, text, wrong))

    page.get_by_label("The filled spreadsheet").set_input_files(str(home))
    on(page.get_by_role("button", name="Upload and see what would change"))
    assert "2 answers are new or changed" in page.content()
    assert "Write a number in digits only" in page.content()
    assert vera.stored(number) is None
    looked.append(_look(page, scripts))

    page.get_by_role("checkbox", name="Save this").first.uncheck()
    on(page.get_by_role("button", name="Save the ticked answers"))
    assert "1 answer was saved" in page.content()
    looked.append(_look(page, scripts))
    assert {vera.stored(number) is None, vera.stored(text) is None} == {True, False}

    on(page.get_by_role("link", name="Look at these again"))
    on(page.get_by_role("button", name="Save all new and changed answers"))
    assert "2 answers were saved" in page.content()
    assert vera.stored(number).value == 7
    assert [one for one in looked if one] == []


def _look(page, scripts):
    """What axe finds; it needs scripts, so without them only the page itself is held."""
    return faults_of(page) if scripts else []
