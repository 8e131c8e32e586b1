"""Vendors side by side, question by question: gaps first, or in the bank's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from question_bank.model import Question
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.compare_cells import NO_GAP, Cell, Column, columns, head_html
from questionnaire.buyer.gate import blueprint
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, stamping
from questionnaire.services.aligning import MOST
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.stamping import Candidate

Page = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for: which vendors, which section, in which order."""

    vendors: tuple[Candidate, ...]
    section: str
    bank_order: bool
    differences: bool
    #: Whether anything was chosen at all, or this is what is shown at first.
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the cell of each vendor."""

    question: Question
    place: int
    cells: Sequence[Cell]

    @property
    def rank(self) -> int:
        return min(one.rank for one in self.cells)

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """The worst severity first, then by how many vendors miss it, then the bank's order."""
        ranks = [one.rank for one in self.cells]
        worst = min(ranks)
        missed = len(ranks) - ranks.count(NO_GAP)
        return worst, -ranks.count(worst), -missed, self.place


@blueprint.get("/<uuid:rfi_id>/compare")
def compare(rfi_id: UUID) -> Page:
    """Of a draft there is nothing to compare, as of a stranger's RFI."""
    session, member = database.session, current()
    rfi = boarding.head(session, member.organisation_id, rfi_id)
    if rfi.sent_at is None:
        raise Missing(rfi_id)
    questionnaire = questionnaire_of(session, rfi.id, rfi.version)
    everybody = stamping.candidates(session, member.organisation_id, rfi_id)
    wish = wished(request.args, everybody, questionnaire)
    context = {"rfi": rfi, "wish": wish, "candidates": everybody, "most": MOST}
    context["sections"] = questionnaire.sections
    if len(wish.vendors) > MOST:
        context["faults"] = {"vendors": _too_many(wish)}
        return render_template("buyer/compare.html", **context), 422
    if len(wish.vendors) > 1:
        context |= _answers(member.organisation_id, questionnaire, wish)
    return render_template("buyer/compare.html", **context)


def _answers(organisation_id: UUID, questionnaire: Questionnaire, wish: Wish) -> dict[str, object]:
    """The rows as markup, how many there are, in how many somebody has a gap, what is sealed."""
    where = (database.session, organisation_id, questionnaire.rfi_id)
    stamps = stamping.stamps(*where, wish.vendors, edge.now().date())
    found = columns(questionnaire, stamps, language())
    rows = rows_of(questionnaire, found, wish)
    return {
        "rows": Markup("".join(_html(questionnaire, rows))),  # noqa: S704 - made of ready markup
        "shown": len(rows),
        "gaps": sum(row.rank < NO_GAP for row in rows),
        "sealed": _sealed(questionnaire, found, wish),
    }


def wished(
    asked: MultiDict[str, str], all_of_them: Sequence[Candidate], questionnaire: Questionnaire
) -> Wish:
    """What is asked for; who is no vendor of the RFI, and what is no section, is left out."""
    named = asked.getlist("vendor")
    vendors = tuple(one for one in all_of_them if str(one.assessment_id) in named)
    section = asked.get("section", "")
    return Wish(
        vendors=vendors if named else tuple(all_of_them[:MOST]),
        section=section if section in questionnaire.sections_by_id else "",
        bank_order=asked.get("order") == "bank",
        differences=bool(asked.get("differences")),
        chosen=bool(named),
    )


def rows_of(questionnaire: Questionnaire, found: Sequence[Column], wish: Wish) -> list[Row]:
    """The rows in the order that is asked for; what nobody may read yet is no row."""
    sealed = questionnaire.bank.sealed_questions
    opened = any(one.stamp.opened for one in found)
    rows = []
    for place, question in enumerate(_questions(questionnaire, wish.section)):
        if question.id in sealed and not opened:
            continue
        row = Row(question, place, [one.at(question.id, sealed) for one in found])
        asked_of = any(question.id in one.cells for one in found)
        if asked_of and not (wish.differences and len({one.alike for one in row.cells}) == 1):
            rows.append(row)
    return rows if wish.bank_order else sorted(rows, key=lambda one: one.urgency)


def _questions(questionnaire: Questionnaire, section: str) -> Iterator[Question]:
    for one in questionnaire.sections:
        if section in ("", one.id):
            yield from one.questions


def _html(questionnaire: Questionnaire, rows: Sequence[Row]) -> Iterator[str]:
    spoken = language()
    for row in rows:
        yield "<tr>"
        yield head_html(questionnaire, row.question.id, spoken)
        for one in row.cells:
            yield one.html
        yield "</tr>"


def _sealed(questionnaire: Questionnaire, found: Sequence[Column], wish: Wish) -> list[str]:
    """The titles of the sections that stay sealed for all of these vendors."""
    if any(one.stamp.opened for one in found):
        return []
    return [
        one.title.text(language())
        for one in questionnaire.sections
        if one.sealed and wish.section in ("", one.id)
    ]


def _too_many(wish: Wish) -> str:
    return str(
        _(
            "%(n)s vendors are chosen; at most %(most)s fit side by side. Take some out.",
            n=len(wish.vendors),
            most=MOST,
        )
    )
