"""One vendor's column of the comparison, as ready markup that is kept until the vendor changes.

A column depends on nothing but the RFI, the language and the vendor's stamp: together they are its
key, so what is shown again is what would be made again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final
from uuid import UUID

from flask import url_for
from markupsafe import escape

from question_bank.model import SEVERITIES
from questionnaire import controls
from questionnaire.controls import Pieces, rendered
from questionnaire.controls.pieces import Piece
from questionnaire.core.kinds import KINDS
from questionnaire.edge import database
from questionnaire.services import aligning
from questionnaire.services.aligning import Aligned
from questionnaire.services.comparing import Compared, Held
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.stamping import Stamp

#: So many columns are kept ready; one is some 60 kB of markup.
MOST_KEPT: Final = 200
#: The rank of a cell without a gap: behind every severity.
NO_GAP: Final = len(SEVERITIES)

#: RFI and its version, language, stamp.
Key = tuple[UUID, int, str, Stamp]

_pieces = Pieces(500)
_heads = Pieces(5_000)
_kept: OrderedDict[Key, Column] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer: its markup, how severe its worst gap is, and what makes it differ from others."""

    html: str
    rank: int
    alike: str


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one vendor by question; a question without one was not asked, or is sealed."""

    stamp: Stamp
    cells: Mapping[str, Cell]
    sealed: Cell
    unasked: Cell

    def at(self, question_id: str, sealed: frozenset[str]) -> Cell:
        found = self.cells.get(question_id)
        if found is not None:
            return found
        if question_id in sealed and not (self.stamp.opened or self.stamp.in_house):
            return self.sealed
        return self.unasked


def columns(questionnaire: Questionnaire, stamps: Sequence[Stamp], language: str) -> list[Column]:
    """The columns of these vendors, in their order; what is not kept is read and made at once."""
    keys = [(questionnaire.rfi_id, questionnaire.version, language, one) for one in stamps]
    with _lock:
        ready = {key: _kept[key] for key in keys if key in _kept}
        for key in ready:
            _kept.move_to_end(key)
    missing = [key[-1] for key in keys if key not in ready]
    for one in aligning.align(database.session, questionnaire, missing):
        key = (questionnaire.rfi_id, questionnaire.version, language, one.stamp)
        ready[key] = _column(questionnaire, one, language)
    with _lock:
        _kept.update(ready)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return [ready[key] for key in keys]


def _column(questionnaire: Questionnaire, aligned: Aligned, language: str) -> Column:
    stamp = aligned.stamp
    vendor = str(escape(stamp.vendor))
    at = url_for(
        "buyer.answers",
        rfi_id=questionnaire.rfi_id,
        assessment_id=stamp.assessment_id,
        section_id="~",
    ).partition("~")[0]
    frame = _piece("cell", language)

    def bare(kind: str) -> Cell:
        said = _piece(kind, language).fill({})
        values = {"vendor": vendor, "class": f"c-{kind}", "answer": said}
        return Cell(frame.fill(values), NO_GAP, kind)

    return Column(
        stamp,
        {id: _cell(frame, one, vendor, at, language) for id, one in aligned.said.items()},
        bare("sealed"),
        bare("unasked"),
    )


def _cell(frame: Piece, one: Compared, vendor: str, at: str, language: str) -> Cell:
    answer, gaps = one.answer, [held for held in one.judgements if held.is_gap]
    rank = min((SEVERITIES.index(held.severity) for held in gaps), default=NO_GAP)
    known = answer.state == "answered"
    values = {
        "vendor": vendor,
        "class": _class(one, gaps),
        "answer": _answer(one, language),
        "marks": "".join(_marks(one.judgements, language)),
        "behind": _piece("assurance", language, one.level).fill({}) if known else "",
    }
    if one.files:
        address = f"{at}{one.question.section}#q-{one.question.id}"
        values["more"] = _piece("more", language).fill(
            {"address": address, "n": str(len(one.files)), "vendor": vendor}
        )
    return Cell(frame.fill(values), rank, f"{answer.state} {rank} {_said(one)}")


def _said(one: Compared) -> str:
    """What was said, written alike for equal answers whatever the order of what was ticked."""
    if one.answer.value is None:
        return ""
    value = KINDS[one.question.kind].to_json(one.answer.value)
    if isinstance(value, list):
        return repr(sorted(map(repr, value)))
    return repr(value)


def _class(one: Compared, gaps: Sequence[Held]) -> str:
    """Never that of a pass where something is missing, nor where nothing was held against it."""
    if any(held.status == "not_met" for held in gaps):
        return "c-gap"
    if gaps or one.answer.state != "answered":
        return "c-unknown"
    return "c-met" if any(held.status == "met" for held in one.judgements) else ""


def _answer(one: Compared, language: str) -> str:
    shown = controls.answer_html(one.question, one.answer, language)
    if one.question.kind == "table" and one.answer.value:
        n = str(len(one.answer.value))
        return _piece("rows", language).fill({"rows": shown, "n": n})
    return str(shown)


def _marks(judgements: Sequence[Held], language: str) -> list[str]:
    """The statuses in sign and word; what is met without its sentence, and all of it as one."""
    met = [one for one in judgements if one.status == "met"]
    found = []
    for one in judgements:
        if one.status == "met":
            continue
        why = str(escape(one.explanation))
        key = (one.status, one.severity, one.decided)
        found.append(_piece("status", language, *key).fill({"why": why}))
    if met:
        many = f" ({len(met)})" if len(met) > 1 else ""
        found.append(_piece("status", language, "met", "", "").fill({"why": many}))
    return found


def _piece(part: str, language: str, *of: object) -> Piece:
    return _pieces.get((part, language, of), lambda: _rendered(part, language, of))


def _rendered(part: str, language: str, of: tuple[object, ...]) -> Piece:
    """Without the line breaks of the template: a page has some thousand of these."""
    piece = rendered("buyer/compare_parts.html", language, part=part, of=of)
    return piece.stripped()


def head_html(questionnaire: Questionnaire, question_id: str, language: str) -> str:
    """What stands before a row: the question's section, and what it asks."""
    question = questionnaire.questions[question_id]
    section = questionnaire.bank.sections_by_id[question.section]
    key = ("head", language, questionnaire.digest, question_id)
    made = _heads.get(
        key,
        lambda: rendered("buyer/compare_parts.html", language, part="head", of=(question, section)),
    )
    return made.fill({})
