"""Counting what judging found, so that a board need not look at judgements and answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.core.assurance import level_of
from questionnaire.core.case import Case
from questionnaire.core.evidence import REVIEWED, SUPPLIED
from questionnaire.core.gaps import Judgement
from questionnaire.db import run
from questionnaire.models import Assessment

_TABLE: Final = cast("sa.Table", Assessment.__table__)
# Built once: every judging runs it.
_TELL: Final = (
    sa.update(_TABLE)
    .where(_TABLE.c.id == sa.bindparam("this"))
    .values(tally=sa.bindparam("new_tally"), rules=sa.bindparam("new_rules"))
)

STATUSES = ("met", "not_met", "unknown", "not_applicable")


class SectionCounts(NamedTuple):
    """How many requirements of one section came out in which way."""

    met: int
    not_met: int
    unknown: int
    not_applicable: int


class Understanding(NamedTuple):
    """How much of what was asked is known, has a document that counts, and was proven to us.

    Tallies from before there were reviews have nothing to say of the last.
    """

    asked: int
    answered: int
    evidenced: int
    reviewed: int = 0


def tell(
    session: Session,
    assessment_id: UUID,
    bank: Bank,
    judgements: Iterable[Judgement],
    case: Case,
    rules: int,
) -> None:
    """Keep on the assessment what judging by `rules` found in `case`, without sealed questions.

    Judging calls it when its judgements are stored: one statement.
    """
    tally = {
        "sections": _sections(bank, judgements),
        "understanding": _understanding(bank, case),
    }
    run(session, _TELL, {"this": assessment_id, "new_tally": tally, "new_rules": rules})


def sections_in(tally: Mapping[str, Any] | None) -> dict[str, SectionCounts]:
    """Section id -> its counts, as a tally keeps them."""
    kept = (tally or {}).get("sections") or {}
    return {name: SectionCounts(*counts) for name, counts in kept.items()}


def understanding_in(tally: Mapping[str, Any] | None) -> Understanding | None:
    """What a tally says about how much is known, None before anything was judged."""
    kept = (tally or {}).get("understanding")
    return Understanding(*kept) if kept else None


def _sections(bank: Bank, judgements: Iterable[Judgement]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(STATUSES))
    for one in judgements:
        section = bank.questions[one.requirement.question].section
        found[section][STATUSES.index(one.status)] += 1
    return dict(found)


def _understanding(bank: Bank, case: Case) -> Understanding:
    shown = [one for one in bank.questions if case.shown(one)]
    heard = [case.answers[one] for one in shown if one in case.answers]
    levels = [level_of(one, case) for one in heard]
    return Understanding(
        len(shown),
        sum(one.state == "answered" for one in heard),
        sum(level >= SUPPLIED for level in levels),
        sum(level >= REVIEWED for level in levels),
    )
