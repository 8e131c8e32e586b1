"""How sure a quality score is: an interval around it, and what each side of it is made of.

Two things are left open. Test calls are a sample: 95 % of samples so large lie within the interval
of the trial's mean (brief 4.1.2), which is taken for the weighted mean as well, since marks on one
call go up and down together. And what nobody knows counts as not met: it may turn out to be met,
so it widens the interval upwards only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from question_bank.scorecard import HIGHEST_MARK, LOWEST_MARK
from questionnaire.core.gaps import Judgement
from questionnaire.core.scoring import TRIAL_SHARE, Quality
from questionnaire.core.trial import Outcome

_LEAST, _MOST = Decimal(0), Decimal(100)
#: Points of a score from 0 to 100 that one mark is worth.
_POINTS_PER_MARK = _MOST / (HIGHEST_MARK - LOWEST_MARK)


@dataclass(frozen=True, slots=True)
class Certainty:
    """The quality score lies between `low` and `high`, from 0 to 100.

    `sampling` is what the number of test calls leaves open on either side, None before a trial
    with a score: what callers would hear is then not in the score at all. `unknown` is what would
    be added if everything that is not known turned out to be met.
    """

    low: Decimal
    high: Decimal
    sampling: Decimal | None
    unknown: Decimal


def certainty_of(
    quality: Quality,
    trial: Outcome,
    judgements: Sequence[Judgement],
    rescored: Callable[[Sequence[Judgement]], Quality],
) -> Certainty | None:
    """The interval; None where there is no score. `rescored` scores other judgements alike."""
    if quality.quality is None:
        return None
    hopeful = [replace(one, status="met") if one.status == "unknown" else one for one in judgements]
    best = rescored(hopeful).quality
    unknown = _LEAST if best is None else max(best - quality.quality, _LEAST)
    sampling = sampling_of(trial)
    around = sampling or _LEAST
    return Certainty(
        low=max(quality.quality - around, _LEAST),
        high=min(quality.quality + unknown + around, _MOST),
        sampling=sampling,
        unknown=unknown,
    )


def sampling_of(trial: Outcome) -> Decimal | None:
    """Points of the quality score that the trial's sample leaves open on either side."""
    if trial.score is None or trial.interval is None:
        return None
    return TRIAL_SHARE * trial.interval * _POINTS_PER_MARK


def trial_points(trial: Outcome) -> Decimal | None:
    """Points of the trial's own score that its sample leaves open on either side."""
    if trial.score is None or trial.interval is None:
        return None
    return trial.interval * _POINTS_PER_MARK
