"""The rows of a table, and the countries of a list: as many as were said, and one empty one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from question_bank.model import Column, Question
from questionnaire.controls.boxes import CHECKED, SELECTED, day_box, esc, time_box
from questionnaire.controls.pieces import Piece
from questionnaire.core import codes
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say

#: Stands for the row's number in the empty row that a script copies.
NUMBER_TO_COME = "__n__"


def table_values(
    question: Question,
    row: Piece,
    raw: Any,
    none: bool,
    fault: AnswerFault | None,
    names: Mapping[str, Sequence[str]],
    speech: str,
) -> dict[str, str]:
    """The gaps of a table; `names` are the choices that another table's rows give."""
    faults: dict[int, dict[str, str]] = {}
    for one in fault.faults if fault else ():
        if one.path is not None:
            faults.setdefault(one.path.row, {})[one.path.column] = one.sentence
    rows = list(raw or ({},))
    if none or raw == []:
        rows = rows if raw else []
    return {
        "rows": "".join(
            row.fill(_cells(question, number, cells, faults.get(number, {}), names, speech))
            for number, cells in enumerate(rows)
        ),
        "blank-row": row.fill(_cells(question, NUMBER_TO_COME, {}, {}, names, speech)),
        "none": CHECKED if none or raw == [] else "",
    }


def _cells(
    question: Question,
    number: int | str,
    cells: Mapping[str, Any],
    faults: Mapping[str, str],
    names: Mapping[str, Sequence[str]],
    speech: str,
) -> dict[str, str]:
    values = {
        "n": str(number),
        "count": str(number + 1) if isinstance(number, int) else NUMBER_TO_COME,
    }
    for column in question.columns:
        cell = cells.get(column.name)
        values |= _cell(column, cell, f"{question.id}:row:{number}:{column.name}", speech)
        if column.choices_from:
            values[f"elsewhere:{column.name}"] = _known(names.get(column.choices_from), speech)
        if column.name in faults:
            id = f"q-{question.id}-row-{number}-{column.name}-wrong"
            values[f"class:{column.name}"] = " cell-wrong"
            values[f"wrong:{column.name}"] = f' aria-invalid="true" aria-describedby="{id}"'
            values[f"fault:{column.name}"] = (
                f'<p class="wrong small" id="{id}">{esc(faults[column.name])}</p>'
            )
    return values


def _cell(column: Column, cell: Any, box: str, speech: str) -> dict[str, str]:
    """The gaps of one cell; what a picker cannot hold is put where it can be seen."""
    name, kind = column.name, column.kind
    if column.choices_from:
        text = cell if isinstance(cell, str) else "; ".join(cell or ())
        return {f"value:{name}": esc(text)}
    if kind == "multi_choice":
        return _several(column, cell, box)
    if kind in ("choice", "yes_no"):
        return _one(column, cell)
    if kind in ("country", "language") and cell:
        cell = _place(kind, cell, speech)
    values = {f"value:{name}": esc(cell if cell is not None else "")}
    if kind in ("date", "time"):
        values[f"type:{name}"] = (day_box if kind == "date" else time_box)(cell)
    return values


def _one(column: Column, cell: Any) -> dict[str, str]:
    if not cell:
        return {}
    if cell in ("yes", "no") or column.choice(cell):
        return {f"checked:{column.name}:{cell}": SELECTED}
    return {f"others:{column.name}": f'<option value="{esc(cell)}" selected>{esc(cell)}</option>'}


def _several(column: Column, cell: Any, box: str) -> dict[str, str]:
    ticked = [cell] if isinstance(cell, str) else list(cell or ())
    values = {f"checked:{column.name}:{one}": CHECKED for one in ticked if column.choice(one)}
    strange = [one for one in ticked if not column.choice(one)]
    if strange:
        values[f"others:{column.name}"] = "".join(
            f'<label class="tick"><input type="checkbox" name="{box}" value="{esc(one)}" checked> '
            f"{esc(one)}</label>"
            for one in strange
        )
    return values


def _known(names: Sequence[str] | None, speech: str) -> str:
    if not names:
        return ""
    listed = "; ".join(names)
    return f'<span class="hint small">{esc(say(speech, "You named: {names}", names=listed))}</span>'


def _place(kind: str, cell: Any, speech: str) -> Any:
    """Names are easier to read and to type than codes; both are understood."""
    known = codes.COUNTRIES if kind == "country" else codes.LANGUAGES
    if cell not in known:
        return cell
    named = codes.country_name if kind == "country" else codes.language_name
    return named(cell, speech)


def countries_values(row: Piece, raw: Any, none: bool, speech: str) -> dict[str, str]:
    """The gaps of a question that asks for countries: one box each, and two empty ones."""
    said = [_place("country", one, speech) for one in raw or ()]
    if not (none or raw == []):
        said += ["", ""]
    return {
        "rows": "".join(row.fill({"n": str(n), "value": esc(one)}) for n, one in enumerate(said)),
        "blank-row": row.fill({"n": NUMBER_TO_COME, "value": ""}),
        "none": CHECKED if none or raw == [] else "",
    }
