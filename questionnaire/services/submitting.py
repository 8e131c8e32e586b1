"""Handing in: what is still missing, the attestation of a named person, receipt and judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from question_bank.model import Question, Section
from questionnaire.core.answers import BLANK, Answers, incomplete
from questionnaire.services import judging
from questionnaire.services.attesting import Attestation, attested, keep, statement
from questionnaire.services.clock import Clock
from questionnaire.services.ending import end
from questionnaire.services.notifying import post_receipt, tell_buyer
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed, owners_only
from questionnaire.services.resuming import Kept, draft

__all__ = ["Attestation", "Changed", "Incomplete", "Lacking", "lacking", "statement", "submit"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """One question that keeps the answers from being handed in, and why."""

    section: Section
    question: Question
    sentence: str


class Incomplete(Exception):
    """Something must still be answered."""

    def __init__(self, lacking: tuple[Lacking, ...]) -> None:
        super().__init__(len(lacking))
        self.lacking = lacking


class Changed(Exception):
    """An answer, or what is asked, is another than the attesting person was shown."""


def lacking(
    questionnaire: Questionnaire, answers: Answers, hidden: frozenset[str], speech: str = "en"
) -> tuple[Lacking, ...]:
    """Every shown question that must be answered and is not; "don't know" is an answer."""
    found = []
    for section in questionnaire.sections:
        for question in section.questions:
            if question.id not in hidden:
                why = incomplete(question, answers.get(question.id, BLANK), speech)
                if why is not None:
                    found.append(Lacking(section, question, why))
    return tuple(found)


def next_lacking(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], section_id: str, speech: str = "en"
) -> Lacking | None:
    """The next question that keeps the answers from being handed in: from the beginning of this
    section on, then from the first one; None when nothing is missing.
    """
    found = lacking(questionnaire, questionnaire.typed(kept), questionnaire.hidden(kept), speech)
    order = [one.id for one in questionnaire.sections]
    here = order.index(section_id) if section_id in order else 0
    later = (one for one in found if order.index(one.section.id) >= here)
    return next(later, next(iter(found), None))


def submit(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    attestation: Attestation,
    *,
    seen: datetime | None,
    asked: int | None = None,
    link: str,
    board_link: str,
    speech: str = "en",
) -> bool:
    """Hand the answers in as they stand; False when they had been handed in before.

    `seen` is the last change that the attesting person was shown, `asked` the version of the RFI
    whose questions and notices were (None: the present one); Changed when there was another.
    Incomplete when something must still be answered, Invalid without a name, a role and the tick.
    """
    owners_only(reached)
    if reached.state == "submitted":
        return False
    if not reached.answering:
        raise closed(reached)
    name, role = attested(attestation, speech)
    kept = draft(session, reached.assessment_id)
    answers = questionnaire.typed(kept)
    hidden = questionnaire.hidden_by(answers)
    if missing := lacking(questionnaire, answers, hidden, speech):
        raise Incomplete(missing)
    if seen != reached.changed_at or asked not in (None, reached.rfi_version):
        raise Changed
    now = clock()
    late = now > reached.deadline
    facts = {"attested_name": name, "attested_role": role, "submitted_at": now, "late": late}
    counted = {
        "asked": len(questionnaire.questions) - len(hidden),
        "answered": _answered(questionnaire, kept, hidden),
    }
    said = {"attested_text": statement(reached, speech)}
    keep(session, now, reached, (name, role), said["attested_text"])
    audited = {"late": late, "attested_by": name}
    end(session, reached, now, "submitted", audited=audited, **facts, **counted, **said)
    judging.judge(session, clock, reached.assessment_id)
    post_receipt(session, clock, reached, questionnaire, answers, facts | {"link": link})
    told = {"title": reached.title, "vendor": reached.vendor, "late": late, "link": board_link}
    tell_buyer(session, clock, reached, "submitted_notice", told)
    return True


def _answered(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], hidden: frozenset[str]
) -> int:
    return sum(
        one.state != "blank"
        for id, one in kept.items()
        if id in questionnaire.questions and id not in hidden
    )
