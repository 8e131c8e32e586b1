"""Calibrating raters: how far they agree, on the calls that everybody rates and on all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from question_bank.model import Scorecard
from questionnaire.core.plans import LEAST_RATERS
from questionnaire.core.ratings import Agreement, agreement
from questionnaire.services.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Calibration:
    """How raters agree over all trials of an RFI; `common` counts calibration calls that several
    of them have finished, of `chosen`.
    """

    chosen: int
    common: int
    agreement: Agreement


def calibration(gathered: Collection[Gathered], scorecard: Scorecard) -> Calibration:
    """From the trials of one RFI."""
    rated = Counter(one.call for trial in gathered for one in trial.finished)
    chosen = [one.code for trial in gathered for one in trial.calls if one.calibration]
    return Calibration(
        len(chosen),
        sum(rated[one] >= LEAST_RATERS for one in chosen),
        agreement_of(gathered, scorecard),
    )


def agreement_of(trials: Iterable[Gathered], scorecard: Scorecard) -> Agreement:
    """How far the raters of these trials agree, over every call that several have finished."""
    finished = [one.rated for trial in trials for one in trial.finished]
    return agreement(finished, [one.id for one in scorecard.criteria])
