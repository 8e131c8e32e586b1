"""Finding what one vendor's answers show together, as far as people must decide about it.

Without prices and without the other vendors: both are sealed off from a review. What a trial
measured is part of it as soon as there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.findings.given import Given, Trial
from question_bank.model import Bank, Requirement
from questionnaire.core.case import Case
from questionnaire.core.findings import find_in
from questionnaire.core.numbers import json_number
from questionnaire.core.raised import Raised, raised
from questionnaire.core.trial import counting
from questionnaire.services import gathering, weighing
from questionnaire.services.resting import Ground


class Answering(Protocol):
    """The vendor whose answers are looked at."""

    @property
    def vendor(self) -> str: ...
    @property
    def profiles(self) -> tuple[str, ...]: ...
    @property
    def in_house(self) -> bool: ...
    @property
    def ground(self) -> Ground: ...
    @property
    def trial(self) -> Trial | None: ...


def find(judged: Answering, demanded: Sequence[Requirement], case: Case) -> tuple[Raised, ...]:
    """The findings to decide about; none in an edition that has none, or without a profile."""
    if not judged.profiles or not case.bank.findings or case.on is None:
        return ()
    given = Given(vendor=judged.vendor, requirements=tuple(demanded), trial=judged.trial)
    # What looks at answers that only vendors give is no matter of the own team.
    strange = case.bank.vendors_only if judged.in_house else frozenset()
    counted = {
        one.id
        for one in case.bank.findings
        if one.kind == "counted" and strange.isdisjoint(one.questions)
    }
    found = find_in(case, on=case.on, extra=given, profiles=judged.profiles, only=counted)
    return raised(found, case)


def measured(session: Session, bank: Bank, trial_ids: Iterable[UUID | None]) -> Trial | None:
    """What the trial measured; None while there is none, and while too few calls were rated.

    `trial_ids` names a repeat before the trial that was failed: it counts once it was held whole.
    """
    if bank.scorecard is None:
        return None
    found = (
        weighing.trial_of(gathering.of_trial(session, one), bank.scorecard)
        for one in trial_ids
        if one is not None
    )
    tried = counting(found, bank.scorecard)
    if tried is None or (tried.calls or 0) < bank.scorecard.least_calls:
        return None
    return Trial(True, tried.fcr, tried.csat, tried.aht)


def told(trial: Trial | None) -> dict[str, Any]:
    """The measured figures as JSON, for what a decision rests on."""
    if trial is None:
        return {}
    figures = {"fcr": trial.fcr, "csat": trial.csat, "aht": trial.aht}
    return {name: None if one is None else json_number(one) for name, one in figures.items()}
