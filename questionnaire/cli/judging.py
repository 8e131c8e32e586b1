"""`questionnaire judge`: the verdicts on a whole case, without application or database."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from question_bank.loader import load_bank
from questionnaire.core.case_reading import OPTIONAL, InvalidDocument, read_case
from questionnaire.core.inhouse import reach_own_team
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of

#: Columns of the table, each with the figure of a vendor's verdict that stands in it.
_PLAIN = {"Tier": "tier", "Mandatory": "mandatory_gaps", "Major": "major_gaps"}
_SCORES = {
    "Sections": "section_quality", "Trial": "trial_score",
    "Quality": "quality_score", "Value": "value",
}  # fmt: skip
_AMOUNTS = {"Hour": "hour", "Resolved": "resolved", "Adjusted": "adjusted"}


#: What `judge --help` says below the arguments.
HELP = "\n".join(
    (
        'A case is {"evaluation_date", "buyer", "vendors": {CODE: {"country", "city",',
        '"answers", "trial"}}} in UTF-8. An answer that is null is "don\'t know", all evidence',
        "counts as reviewed. Faults are printed by their path, with status 2. A case may leave",
        "out, and then is taken:",
        "",
        *(f"  {place:32} {taken}" for place, taken in OPTIONAL.items()),
    )
)


class Refused(ValueError):
    """The file holds no JSON that can be read; the message says why."""


def judge(asked: Namespace) -> int:
    """Print the verdicts; 2 with every fault by its path when the case cannot be taken."""
    try:
        case = read_case(_document(asked.case), load_bank())
    except (Refused, InvalidDocument) as fault:
        print(fault, file=sys.stderr)
        return 2
    own = reach_own_team(case.basis, case.own_team) if case.own_team else None
    result = document_of(case.basis, reach_all(case.basis, case.offers), own)
    if asked.table:
        text = "\n".join(_told(result))
    else:
        text = json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)
    try:
        # JSON is UTF-8 wherever it goes, whatever the terminal is set to.
        sys.stdout.buffer.write(f"{text}\n".encode())
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough; the interpreter must not try again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _document(name: str) -> object:
    """The JSON of a file, or of standard input for "-"."""
    try:
        if name == "-":
            text = sys.stdin.buffer.read().decode("utf-8")
        else:
            text = Path(name).read_text(encoding="utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as fault:
        raise Refused(f"{name}: cannot be read: {fault.strerror}.") from fault
    except (ValueError, RecursionError) as fault:
        raise Refused(f"{name}: is no JSON that can be read: {fault}.") from fault


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twin!r} stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _told(result: Mapping[str, Any]) -> Iterator[str]:
    """The result for people: a table, then what stands behind each tier."""
    vendors: Mapping[str, Mapping[str, Any]] = result["vendors"]
    order = [code for codes in result["order"].values() for code in codes]
    codes = [*order, *(code for code in vendors if code not in order)]
    rows = [["", *_PLAIN, *_SCORES, *_AMOUNTS]]
    rows += [[code, *_figures(vendors[code])] for code in codes]
    rows.append(["in-house", *_own_figures(result["inhouse"])])
    yield from _aligned(rows)
    yield f"Amounts in {result['currency']}, judged on {result['evaluation_date']}."
    if result["close_call"]:
        yield f"Close call: {' or '.join(result['close_call'])}."
    if result["inhouse"].get("must_fix"):
        yield "\nin-house  Your own team: the status quo, with gaps to fix"
        yield from (f"  - {text}" for text in result["inhouse"]["must_fix"])
    for code in codes:
        one = vendors[code]
        yield f"\n{code}  {one['name']}: {one['tier'].replace('_', ' ')}"
        for text in (*one["reasons"], *one["conditions"]):
            yield f"  - {text}"
        for text in one["contract_conditions"]:
            yield f"  - in the contract: {text}"


def _figures(verdict: Mapping[str, Any]) -> Iterator[str]:
    for name in _PLAIN.values():
        yield str(verdict[name]).replace("_", " ")
    for name in _SCORES.values():
        yield _shown(verdict[name], 1)
    yield from _amounts(verdict["cost"])


def _own_figures(own: Mapping[str, Any]) -> Iterator[str]:
    """The own team has no tier, no value and no rank; the rest only where it answered."""
    for name in _PLAIN.values():
        yield str(own.get(name, ""))
    for name in _SCORES.values():
        yield _shown(own[name], 1) if name in own else ""
    yield from _amounts(own["cost"])


def _amounts(cost: Mapping[str, Any]) -> Iterator[str]:
    for name in _AMOUNTS.values():
        yield _shown(cost[name], 2)


def _shown(figure: float | None, places: int) -> str:
    return "-" if figure is None else f"{figure:.{places}f}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (
            one.ljust(width) if n < 2 else one.rjust(width)
            for n, (one, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
