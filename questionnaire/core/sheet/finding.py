"""Finding the sheets, rows and columns of a questionnaire again, by what stands in hidden cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.sheet import keys
from questionnaire.core.sheet.grid import Grid
from questionnaire.core.sheet.lists import TICK
from questionnaire.core.texts import same_text


@dataclass(frozen=True, slots=True)
class Marked:
    """A sheet that was found by its mark: the row with the names of its columns."""

    grid: Grid
    row: int
    key_column: int
    columns: Mapping[str, int]


class WrongFile(ValueError):
    """The whole file is not for here; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def about(grids: tuple[Grid, ...]) -> dict[str, str]:
    """For what the file was made; nothing when it does not say."""
    for grid in grids:
        for (row, column), found in grid.cells.items():
            if found.kind == "text" and found.text == keys.MARK:
                rows = sorted(at[0] for at in grid.cells if at[1] == column and at[0] > row)
                return {grid.text(one, column): grid.text(one, column + 1) for one in rows}
    return {}


def check(told: Mapping[str, str], wanted: Mapping[str, str], language: str) -> None:
    """WrongFile unless the file was made for this questionnaire as it is."""
    if "assessment" not in told:
        raise WrongFile(
            say(language, "This is not the questionnaire that was downloaded here, or its hidden "
                "sheet is gone. Download it again, and copy your answers into it.")
        )  # fmt: skip
    if told["assessment"] != wanted["assessment"]:
        raise WrongFile(
            say(language, "This file was made for another questionnaire. Upload the one that you "
                "downloaded on this page.")
        )  # fmt: skip
    if told.get("edition") != wanted["edition"] or told.get("format") != keys.FORMAT:
        raise WrongFile(
            say(language, "The questions have changed since this file was downloaded. Download it "
                "again, and copy your answers into it.")
        )  # fmt: skip


def marked(grids: tuple[Grid, ...]) -> dict[str, list[Marked]]:
    """Every sheet with a mark in it, by its mark; more than one where a sheet was copied.

    The first mark of a row counts, so that each cell is looked at twice at most, whatever
    somebody has written into them.
    """
    found: dict[str, list[Marked]] = {}
    for grid in grids:
        first: dict[int, int] = {}
        for (row, column), cell in grid.cells.items():
            if cell.kind == "text" and cell.text.startswith(f"{keys.MARK}:"):
                first[row] = min(column, first.get(row, column))
        names: dict[int, dict[str, int]] = {row: {} for row in first}
        for (row, column), cell in grid.cells.items():
            if cell.kind == "text" and row in first and column > first[row]:
                names[row][cell.text] = column
        for row, column in first.items():
            mark = grid.text(row, column)
            found.setdefault(mark, []).append(Marked(grid, row, column, names[row]))
    return found


def offered(grids: tuple[Grid, ...]) -> dict[str, dict[str, str]]:
    """The lists of the file: name -> label -> code. A code is believed once a kind has read it."""
    found: dict[str, dict[str, str]] = {}
    grid = next((one for one in grids if one.name == keys.LISTS_SHEET), None)
    if grid is None:
        return found
    heads = {at[1]: one.text for at, one in grid.cells.items() if at[0] == 0}
    for (row, column), cell in grid.cells.items():
        if row > 0 and column in heads:
            label = same_text(grid.text(row, column + 1))
            found.setdefault(heads[column], {}).setdefault(label, cell.text.strip())
    return found


def ticked(text: str, labels: Mapping[str, str], language: str) -> bool:
    """Whether a tick stands in a cell; AnswerFault where that cannot be said."""
    said = same_text(text)
    if said in ("x", "✓", "✔") or labels.get(said) in ("yes", TICK):
        return True
    if not said or labels.get(said) == "no":
        return False
    raise AnswerFault(say(language, "Choose yes, or leave the cell empty."))
