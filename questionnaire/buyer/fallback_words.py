"""The fallback in the words of its page: each gap with its remedy, and the amounts of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from question_bank.model import Bank
from questionnaire.buyer.verdict_words import amount
from questionnaire.core import curing
from questionnaire.core.basis import Basis
from questionnaire.core.fallback import Fallback
from questionnaire.core.missing_out import Gap, Miss
from questionnaire.core.overspend import Overspend
from questionnaire.core.truth import Unsure

RUNGS = {
    "onshore": _l("A dearer onshore provider"),
    "in_house": _l("In-house"),
    "hybrid": _l("A part of the service"),
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap as a row of the page. `state` is that of its remedy."""

    about: str
    texts: tuple[str, ...]
    state: str
    curable: str
    how: str
    evidence: str
    by_when: str
    pays: str
    question_id: str
    section_id: str


@dataclass(frozen=True, slots=True)
class MissTold:
    """One vendor with its rows, and how many of them cannot be closed in time, or ever."""

    code: str
    name: str
    lines: tuple[GapLine, ...]
    never: int
    late: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one option costs beyond the budget and beyond the own team; empty: not known."""

    name: str
    hour: str
    over_hour: str
    over_month: str
    beyond_own: str
    #: Whether the option costs less than the own team.
    saves: bool
    why: tuple[str, ...]


def gap_line(gap: Gap, bank: Bank, start: date | None, language: str) -> GapLine:
    question = bank.questions.get(gap.question_id)
    remedy = gap.remedy
    return GapLine(
        gap.about,
        gap.texts,
        remedy.state,
        curing.answer(remedy, language),
        curing.how(remedy, language),
        curing.evidence(remedy, language),
        curing.by_when(remedy, start, language),
        curing.payer(remedy, language),
        gap.question_id,
        question.section if question else "",
    )


def missed(found: Fallback, basis: Basis, language: str) -> list[MissTold]:
    """The vendors of the table, in its order."""
    return [_miss(one, basis, language) for one in found.missed]


def _miss(one: Miss, basis: Basis, language: str) -> MissTold:
    lines = tuple(gap_line(gap, basis.bank, basis.contract_start, language) for gap in one.gaps)
    states = [line.state for line in lines]
    return MissTold(one.code, one.name, lines, states.count("never"), states.count("too_late"))


def amounts(over: tuple[Overspend, ...], language: str) -> list[Amounts]:
    return [_amounts(one, language) for one in over]


def _amounts(one: Overspend, language: str) -> Amounts:
    figures = (one.hour, one.over_hour, one.over_month, one.beyond_own)
    why = dict.fromkeys(each.why for each in figures if isinstance(each, Unsure) and each.why)
    saves = not isinstance(one.beyond_own, Unsure) and one.beyond_own < 0
    beyond = one.beyond_own if isinstance(one.beyond_own, Unsure) else abs(one.beyond_own)
    return Amounts(
        one.name,
        amount(one.hour, language),
        amount(one.over_hour, language),
        amount(one.over_month, language),
        amount(beyond, language),
        saves,
        tuple(why),
    )


def summed(one: MissTold) -> str:
    """What the folded table of one vendor holds."""
    parts = [
        _("%(n)s to close", n=len(one.lines)),
        _("%(n)s that cannot be cured", n=one.never) if one.never else "",
        _("%(n)s not in time", n=one.late) if one.late else "",
    ]
    return ", ".join(part for part in parts if part)
