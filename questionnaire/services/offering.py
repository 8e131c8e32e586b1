"""What each vendor of an RFI brought, as the core takes it: answers, proof, trial, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from questionnaire.core.trial import Trial, is_whole
from questionnaire.models import Flag
from questionnaire.models import Trial as TrialRow
from questionnaire.services import gathering, reading, weighing
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.surveying import submitted_answers


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that stands: it is printed with the verdict (brief 5.3.3).

    `finding_id` is None where a requirement on the question was waived.
    """

    vendor: str
    question_id: str
    until: date
    finding_id: str | None = None


@dataclass
class _Settled:
    """What reviewers decided about one vendor's gaps and findings."""

    waived: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    not_applicable: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the trials of an RFI came to.

    `by_assessment` holds None for a trial of which nothing was rated: it was not held. `own_csat`
    is how satisfied customers of the own team were in the same test; None where it took none.
    `own_team` is that test whole.
    """

    by_assessment: Mapping[UUID, Trial | None]
    own_csat: Decimal | None
    own_team: Trial | None = None
    #: Repeats of trials that were failed, once they were held as a whole.
    repeats: Mapping[UUID, Trial] = field(default_factory=dict)


def trials(session: Session, rfi_id: UUID, bank: Bank) -> Tried:
    """Read once for the vendors and the own team alike."""
    gathered = gathering.of_rfi(session, rfi_id)
    columns = (TrialRow.assessment_id, TrialRow.id, TrialRow.repeat_of)
    rows = session.execute(sa.select(*columns).where(TrialRow.rfi_id == rfi_id)).all()
    held = {row.assessment_id: gathered[row.id] for row in rows if row.repeat_of is None}
    again = {row.assessment_id: gathered[row.id] for row in rows if row.repeat_of is not None}
    own = held.pop(None, None)
    card = bank.scorecard
    repeats = {
        one: found
        for one, trial in again.items()
        if one and card and (found := weighing.trial_of(trial, card)) and is_whole(found, card)
    }
    return Tried(
        {one: weighing.trial_of(trial, card) for one, trial in held.items() if one and card},
        own.figures.figures.get("csat") if own else None,
        weighing.trial_of(own, card) if own and card else None,
        repeats,
    )


def offers(
    session: Session,
    basis: Basis,
    names: Mapping[UUID, str],
    tried: Tried,
    covered: Collection[str],
    own_team: UUID | None = None,
) -> tuple[list[Offer], tuple[Waived, ...]]:
    """By assessment, in the order of the names; and the waivers that stand.

    Sealed answers are handed on of the `covered` only: those whose prices are open. `own_team` is
    the assessment of the buyer's own team, if that is among the names.
    """
    kept = submitted_answers(session, list(names))
    decisions, waivers = _decided(session, names, basis.on)
    sealed = basis.bank.sealed_questions
    found = []
    for one, name in names.items():
        open_to_read = {
            id: answer
            for id, answer in kept[one].items()
            if str(one) in covered or id not in sealed
        }
        answers, decided = reading.typed(basis.bank, open_to_read), decisions[one]
        found.append(
            Offer(
                code=str(one),
                name=name,
                answers=answers,
                trial=tried.own_team if one == own_team else _counting(tried, one),
                first_trial=tried.by_assessment.get(one) if one in tried.repeats else None,
                waived=frozenset(decided.waived),
                accepted=frozenset(decided.accepted),
                accepted_not_applicable=frozenset(decided.not_applicable),
                evidenced=_evidenced(basis, answers),
                in_house=one == own_team,
            )
        )
    return found, waivers


def _counting(tried: Tried, one: UUID) -> Trial | None:
    """The repeat once it was held as a whole, before that the trial that was failed."""
    return tried.repeats.get(one) or tried.by_assessment.get(one)


def _evidenced(basis: Basis, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The questions behind whose answer a reviewed document stands."""
    case = open_case(basis.bank, basis.brief, answers, on=basis.on, language=basis.language)
    return frozenset(id for id, one in answers.items() if level_of(one, case) >= REVIEWED)


def _decided(
    session: Session, names: Mapping[UUID, str], today: date
) -> tuple[Mapping[UUID, _Settled], tuple[Waived, ...]]:
    by_assessment: defaultdict[UUID, _Settled] = defaultdict(_Settled)
    waivers: list[Waived] = []
    query = (
        sa.select(
            Flag.assessment_id,
            Flag.requirement_id,
            Flag.finding_id,
            Flag.question_id,
            Flag.state,
            Flag.decision,
            Flag.waived_until,
        )
        .where(Flag.assessment_id.in_(list(names)), Flag.state.in_(("accepted", "waived")))
        .order_by(Flag.id)
    )
    for assessment_id, *about, question_id, state, decision, until in session.execute(query):
        requirement_id, finding_id = about
        told = (str(requirement_id or finding_id), question_id, state, decision, until)
        if _settle(by_assessment[assessment_id], *told, today) and until:
            waivers.append(Waived(names[assessment_id], question_id, until, finding_id))
    return by_assessment, tuple(waivers)


def _settle(
    mine: _Settled,
    about: str,
    question_id: str,
    state: str,
    decision: str | None,
    until: date | None,
    today: date,
) -> bool:
    """Put one decided flag where it belongs; whether it is a waiver that stands."""
    if state == "accepted" and decision == "not_applicable":
        mine.not_applicable.add(question_id)
    elif state == "accepted":
        mine.accepted.add(about)
    elif state == "waived" and until is not None and until >= today:
        mine.waived.add(about)
        return True
    return False


def settled(offer: Offer, flags: Iterable[FlagRow], today: date) -> Offer:
    """The same offer with what these flags say that reviewers decided, and nothing else."""
    mine = _Settled()
    for one in flags:
        _settle(mine, one.about, one.question_id, one.state, one.decision, one.waived_until, today)
    return replace(
        offer,
        waived=frozenset(mine.waived),
        accepted=frozenset(mine.accepted),
        accepted_not_applicable=frozenset(mine.not_applicable),
    )
