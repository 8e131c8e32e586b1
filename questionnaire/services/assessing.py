"""Reading one assessment with everything that judging it looks at: a few narrow selects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from question_bank.findings.given import Trial
from question_bank.model import Bank
from questionnaire.core.answers import Answers
from questionnaire.db import run
from questionnaire.models import Assessment, Rfi, Vendor
from questionnaire.models import Trial as TrialRow
from questionnaire.services import finding
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing
from questionnaire.services.frozen_sets import RequirementSet, frozen_set
from questionnaire.services.questionnaires import asked_of
from questionnaire.services.reading import HeldAnswer, before_asking, held, reviewed, typed
from questionnaire.services.resting import Ground


@dataclass(frozen=True, slots=True)
class Judged:
    """The assessment that is judged, and where it stands."""

    id: UUID
    organisation_id: UUID
    rfi_id: UUID
    vendor: str
    profiles: tuple[str, ...]
    in_house: bool
    question_ids: frozenset[str]
    ground: Ground
    answers: Answers
    #: What its trial measured; None before one was held.
    trial: Trial | None
    #: The rules that it was last judged by.
    rules: int
    #: Questions that wait for the vendor's reply.
    asked: frozenset[str]
    #: Whether this vendor has handed in another questionnaire, too.
    elsewhere: bool


def _its_trial() -> sa.ColumnElement[bool]:
    """The trial of an assessment; that of the own team names none."""
    of_own_team = sa.and_(
        Assessment.in_house,
        TrialRow.rfi_id == Assessment.rfi_id,
        TrialRow.assessment_id.is_(None),
    )
    return sa.or_(TrialRow.assessment_id == Assessment.id, of_own_team)


_another = aliased(Assessment)
_ELSEWHERE: Final = (
    sa.select(_another.id)
    .where(
        _another.vendor_id == Assessment.vendor_id,
        _another.id != Assessment.id,
        _another.submitted_at.is_not(None),
    )
    .exists()
)

# Built once: every judging asks it.
_ASSESSED: Final = (
    sa.select(
        Assessment.organisation_id,
        Assessment.rfi_id,
        Assessment.in_house,
        Assessment.rules,
        Vendor.name,
        Rfi.profiles,
        Rfi.question_ids,
        Rfi.brief,
        Rfi.edition_digest,
        _ELSEWHERE,
        TrialRow.id,
    )
    .join(Rfi, Rfi.id == Assessment.rfi_id)
    .join(Vendor, Vendor.id == Assessment.vendor_id)
    .outerjoin(TrialRow, _its_trial())
    .where(Assessment.id == sa.bindparam("this"))
    .order_by(TrialRow.repeat_of.is_(None))
)


def read(
    session: Session, assessment_id: UUID, now: datetime, demanded: RequirementSet | None = None
) -> Judged:
    """The assessment as it stands; Missing for an unknown one.

    `demanded` is what it is held against, where that is not the newest frozen set of its RFI.
    """
    rows: Any = run(session, _ASSESSED, {"this": assessment_id}).all()
    if not rows:
        raise Missing(assessment_id)
    organisation_id, rfi_id, in_house, rules, vendor, profiles, question_ids, *rest = rows[0]
    brief, digest, elsewhere, _trial_id = rest
    bank = bank_of(session, digest)
    waiting = before_asking(session, assessment_id)
    answers = reviewed(session, assessment_id, held(session, assessment_id) | waiting)
    if demanded is None:
        demanded = frozen_set(session, rfi_id, bank)
    trial = finding.measured(session, bank, [row[-1] for row in rows])
    kept = _unsealed(bank, answers)
    return Judged(
        id=assessment_id,
        organisation_id=organisation_id,
        rfi_id=rfi_id,
        vendor=vendor,
        profiles=tuple(profiles),
        in_house=in_house,
        question_ids=asked_of(bank, question_ids, in_house=in_house) - bank.sealed_questions,
        ground=Ground(bank, demanded, brief, kept, now.date(), finding.told(trial)),
        answers=typed(bank, kept),
        trial=trial,
        rules=rules,
        asked=frozenset(waiting),
        elsewhere=elsewhere,
    )


def _unsealed(bank: Bank, answers: Mapping[str, HeldAnswer]) -> dict[str, HeldAnswer]:
    return {id_: one for id_, one in answers.items() if id_ not in bank.sealed_questions}
