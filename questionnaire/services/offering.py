"""What each vendor of an RFI brought, as the core takes it: answers, proof, trial, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.core.answers import Answer
from questionnaire.core.assurance import level_of
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.conditions import open_case
from questionnaire.core.evidence import REVIEWED
from questionnaire.core.trial import Trial
from questionnaire.models import Flag
from questionnaire.models import Trial as TrialRow
from questionnaire.services import gathering, measuring, reading, weighing
from questionnaire.services.surveying import submitted_answers


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that stands: it is printed with the verdict (brief 5.3.3)."""

    vendor: str
    question_id: str
    until: date


@dataclass
class _Settled:
    """What reviewers decided about one vendor's gaps."""

    waived: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    not_applicable: set[str] = field(default_factory=set)


def offers(
    session: Session,
    basis: Basis,
    rfi_id: UUID,
    names: Mapping[UUID, str],
    covered: Collection[str],
) -> tuple[list[Offer], tuple[Waived, ...]]:
    """By assessment, in the order of the names; and the waivers that stand.

    Sealed answers are handed on of the `covered` only: those whose prices are open.
    """
    kept = submitted_answers(session, list(names))
    settled, waivers = _decided(session, names, basis.on)
    tried = _trials(session, rfi_id, basis.bank)
    sealed = basis.bank.sealed_questions
    found = []
    for one, name in names.items():
        open_to_read = {
            id: answer
            for id, answer in kept[one].items()
            if str(one) in covered or id not in sealed
        }
        answers, decided = reading.typed(basis.bank, open_to_read), settled[one]
        found.append(
            Offer(
                code=str(one),
                name=name,
                answers=answers,
                trial=tried.get(one),
                waived=frozenset(decided.waived),
                accepted=frozenset(decided.accepted),
                accepted_not_applicable=frozenset(decided.not_applicable),
                evidenced=_evidenced(basis, answers),
            )
        )
    return found, waivers


def _evidenced(basis: Basis, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The questions behind whose answer a reviewed document stands."""
    case = open_case(basis.bank, basis.brief, answers, on=basis.on, language=basis.language)
    return frozenset(id for id, one in answers.items() if level_of(one, case) >= REVIEWED)


def _trials(session: Session, rfi_id: UUID, bank: Bank) -> dict[UUID, Trial | None]:
    """By assessment; None for a trial of which nothing was rated: it was not held."""
    if bank.scorecard is None:
        return {}
    gathered = gathering.of_rfi(session, rfi_id)
    query = sa.select(TrialRow.id, TrialRow.assessment_id).where(
        TrialRow.rfi_id == rfi_id, TrialRow.assessment_id.is_not(None)
    )
    return {
        assessment_id: weighing.trial_of(gathered[id], bank.scorecard)
        for id, assessment_id in session.execute(query)
        if assessment_id is not None
    }


def measured_csat(session: Session, rfi_id: UUID) -> Decimal | None:
    """How satisfied customers of the own team were in the same test; None where it took none."""
    own = sa.select(TrialRow.id).where(TrialRow.rfi_id == rfi_id, TrialRow.assessment_id.is_(None))
    for measured in measuring.newest(session, own).values():
        return measured.figures.get("csat")
    return None


def _decided(
    session: Session, names: Mapping[UUID, str], today: date
) -> tuple[Mapping[UUID, _Settled], tuple[Waived, ...]]:
    settled: defaultdict[UUID, _Settled] = defaultdict(_Settled)
    waivers: list[Waived] = []
    query = (
        sa.select(
            Flag.assessment_id,
            Flag.requirement_id,
            Flag.question_id,
            Flag.state,
            Flag.decision,
            Flag.waived_until,
        )
        .where(Flag.assessment_id.in_(list(names)), Flag.state.in_(("accepted", "waived")))
        .order_by(Flag.id)
    )
    for assessment_id, requirement_id, question_id, state, decision, until in session.execute(
        query
    ):
        mine = settled[assessment_id]
        if state == "accepted" and decision == "not_applicable":
            mine.not_applicable.add(question_id)
        elif state == "accepted":
            mine.accepted.add(requirement_id)
        elif until is not None and until >= today:
            mine.waived.add(requirement_id)
            waivers.append(Waived(names[assessment_id], question_id, until))
    return settled, tuple(waivers)
