"""A file whose sheets, rows, columns or keys were moved or changed: found again, or left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from question_bank.model import Section, Wording
from questionnaire.core.sheet import Held, keys, lay_out
from questionnaire.core.sheet.finding import WrongFile, marked
from questionnaire.core.sheet.grid import Found, Grid
from questionnaire.core.sheet.reading import MOST_REFUSED, read
from questionnaire.services.sheet_opening import open_sheets
from questionnaire.services.sheet_writing import xlsx
from tests.harness.every_kind import NUMBER, SITES, TEXT

WANTED = {"assessment": "a", "edition": "e"}
SECTIONS = (Section("a", Wording("First"), Wording("Some"), (NUMBER, TEXT, SITES)),)
ROW = dict.fromkeys((one.name for one in SITES.columns), None) | {"site": "Riga"}
HELD = {
    NUMBER.id: Held("answered", 7, version=3),
    TEXT.id: Held("answered", "Amber", version=2),
    SITES.id: Held("answered", (ROW,), version=1),
}


@cache
def grids():
    book = lay_out(
        SECTIONS, HELD, language="en", currency="EUR", title="Round", organisation="Ada",
        facts=(), about=WANTED,
    )  # fmt: skip
    return open_sheets(xlsx(book, datetime(2026, 11, 23, tzinfo=UTC)))


def section():
    return next(one for one in grids() if one.text(0, 0) == keys.section_mark("a"))


def table():
    return next(one for one in grids() if one.text(0, 0) == keys.table_mark(SITES.id))


def reading(*changed, without=()):
    held = {one.name: one for one in grids()} | {one.name: one for one in changed}
    found = tuple(one for name, one in held.items() if name not in without)
    done = read(found, SECTIONS, WANTED, "en")
    return {one.question: one for one in done.filled}, [one.sentence for one in done.refused]


def moved(grid, place):
    return Grid(grid.name, {place(*at): one for at, one in grid.cells.items()})


def row_of(key):
    return next(at[0] for at, one in section().cells.items() if at[1] == 0 and one.text == key)


def test_as_it_is_everything_is_read():
    found, refused = reading()
    assert refused == []
    assert (found[NUMBER.id].raw, found[NUMBER.id].version) == ("7", 3)
    assert found[SITES.id].raw[0]["site"] == "Riga"


@pytest.mark.parametrize(
    "place",
    [
        lambda row, column: (row + 3, column),
        lambda row, column: (row, column + 2),
        lambda row, column: (row + (row > 4), column + (column > 5)),
    ],
)
def test_inserted_rows_and_columns_do_no_harm(place):
    found, refused = reading(moved(section(), place), moved(table(), place))
    assert refused == []
    assert (found[NUMBER.id].raw, found[TEXT.id].raw) == ("7", "Amber")
    assert found[SITES.id].raw[0]["site"] == "Riga"


def test_rows_that_change_places_take_their_answers_along():
    one, other = row_of(NUMBER.id), row_of(TEXT.id)
    turned = {one: other, other: one}
    found, refused = reading(moved(section(), lambda row, column: (turned.get(row, row), column)))
    assert refused == []
    assert (found[NUMBER.id].raw, found[TEXT.id].raw) == ("7", "Amber")


def test_a_sheet_with_another_name_is_found():
    found, refused = reading(Grid("Mine", section().cells), without=(section().name,))
    assert refused == []
    assert found.keys() == HELD.keys()


def test_what_is_on_a_missing_sheet_stays_as_it_is():
    found, refused = reading(without=(table().name,))
    assert SITES.id not in found
    assert "is not in the file" in refused[0]
    found, refused = reading(without=(section().name,))
    assert found == {}
    assert "is not in the file" in refused[0]


def test_a_sheet_that_was_copied_is_not_guessed_between():
    found, refused = reading(Grid("Copy", section().cells))
    assert found == {}
    assert "more than once" in refused[0]


def test_a_row_that_is_there_twice_is_not_guessed_between():
    cells = dict(section().cells)
    cells |= {(90, at[1]): one for at, one in cells.items() if at[0] == row_of(NUMBER.id)}
    found, refused = reading(Grid(section().name, cells))
    assert NUMBER.id not in found
    assert TEXT.id in found
    assert "has a row twice" in refused[0]


def test_a_changed_key_leaves_its_answer_alone():
    cells = section().cells | {(row_of(NUMBER.id), 0): Found("text", "a.nothing")}
    found, refused = reading(Grid(section().name, cells))
    assert NUMBER.id not in found
    assert any("belongs to no question" in one for one in refused)
    assert any("its answer stays as it is" in one for one in refused)


def test_a_changed_version_leaves_its_answer_alone():
    cells = section().cells | {(row_of(NUMBER.id), 1): Found("text", "new")}
    found, refused = reading(Grid(section().name, cells))
    assert NUMBER.id not in found
    assert "hidden version" in refused[0]


def test_changed_names_of_columns_leave_a_table_alone():
    grid = table()
    found, refused = reading(
        Grid(grid.name, {at: one for at, one in grid.cells.items() if at != (0, 1)})
    )
    assert SITES.id not in found
    assert "hidden keys" in refused[0]


def test_a_formula_in_a_table_is_told_with_its_cell():
    cells = table().cells | {(5, 4): Found("formula", "")}
    found, refused = reading(Grid(table().name, cells))
    assert SITES.id not in found
    assert refused == ["A formula stands here. Write its result instead."]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"assessment": "b", "edition": "e"}, "another questionnaire"),
        ({"assessment": "a", "edition": "f"}, "questions have changed"),
    ],
)
def test_a_file_for_something_else_is_refused_whole(wanted, words):
    with pytest.raises(WrongFile) as fault:
        read(grids(), SECTIONS, wanted, "en")
    assert words in fault.value.sentence


def test_a_file_without_its_keys_is_refused_whole():
    with pytest.raises(WrongFile) as fault:
        read((section(),), SECTIONS, WANTED, "en")
    assert "hidden sheet is gone" in fault.value.sentence


class Counted(dict):
    """Cells that count how often somebody goes through all of them."""

    times = 0

    def items(self):
        self.times += 1
        return super().items()


def test_marks_without_end_are_looked_for_without_going_round_for_each():
    cells = Counted({(row, 0): Found("text", f"{keys.MARK}:{row}") for row in range(500)})
    assert len(marked((Grid("Marks", cells),))) == 500
    assert cells.times == 2


def test_rows_without_end_that_belong_to_nothing_are_told_up_to_a_number():
    sheet = section()
    answer = next(at[1] for at, one in sheet.cells.items() if one.text == "answer")
    strange = {(row, answer): Found("text", "More") for row in range(100, 100 + MOST_REFUSED + 20)}
    _filled, refused = reading(Grid(sheet.name, dict(sheet.cells) | strange))
    assert len(refused) == MOST_REFUSED + 1
    assert refused[-1] == "20 more places could not be read. Correct the ones above first."
