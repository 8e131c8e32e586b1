"""Holding what was handed in against what the same vendor handed in the last time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from question_bank.model import Requirement
from questionnaire.core.answers import Answer
from questionnaire.core.case import Case
from questionnaire.core.conditions import open_case, triggers
from questionnaire.core.reuse import fit, offered_again
from questionnaire.core.worsening import became_worse
from questionnaire.services.assessing import Judged
from questionnaire.services.editions import bank_of
from questionnaire.services.recollecting import Earlier, recollect


def worsened(
    session: Session,
    now: datetime,
    judged: Judged,
    requirements: Sequence[Requirement],
    case: Case,
) -> dict[str, dict[str, Any]]:
    """Requirement id -> what was said then, when, to which RFI, and what it came to.

    It is kept beside the judgement as JSON: `since` (a moment), `rfi` (its title), `assessment`
    (its id), `was` (a status), `state` and `value`. Nothing is read where there is nothing else.
    """
    bank = judged.ground.bank
    asked = {one.question for one in requirements}
    wanted = {id for id in asked if offered_again(bank, bank.questions[id])}
    if not wanted or not judged.elsewhere:
        return {}
    found = recollect(session, judged.id, wanted, now, triggers(bank).keys())
    before = {id: _answer(session, judged, id, one) for id, one in found.items()}
    worse: dict[str, dict[str, Any]] = {}
    for at in sorted({one.at for one in found.values()}):
        of_then = {id: before[id] for id, one in found.items() if one.at == at}
        then = open_case(
            bank,
            judged.ground.brief,
            {**case.answers, **before},
            on=at.date(),
            selection=judged.question_ids,
        )
        for id, status in became_worse(requirements, case, then, of_then).items():
            question = next(one.question for one in requirements if one.id == id)
            worse[id] = _told(found[question], status)
    return worse


def _answer(session: Session, judged: Judged, question_id: str, earlier: Earlier) -> Answer:
    """As today's question reads it; what does not fit any more is not known."""
    said = earlier.said
    if said.state not in ("answered", "not_applicable"):
        return Answer(said.state)
    then = bank_of(session, earlier.of.edition).questions.get(question_id)
    return fit(judged.ground.bank.questions[question_id], then, said).answer or Answer("blank")


def _told(earlier: Earlier, status: str) -> dict[str, Any]:
    return {
        "since": earlier.at.isoformat(timespec="seconds"),
        "rfi": earlier.of.title,
        "assessment": str(earlier.of.assessment_id),
        "was": status,
        "state": earlier.said.state,
        "value": earlier.said.value,
    }
