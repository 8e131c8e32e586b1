"""What the trial of a provider came to: its figures held against the scorecard (brief 4.4).

Unknown is never a pass: a figure that was not measured makes the trial soft, never passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from question_bank.model import Scorecard
from question_bank.scorecard import HIGHEST_MARK, LOWEST_MARK, TrialLimits
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import quoted, say
from questionnaire.core.rounding import rounded

RESULTS = ("hard_fail", "soft", "passed", "not_held")
#: 95 % of a normal distribution lie within so many standard deviations.
_SIGMAS = Decimal("1.96")
#: The spread of marks on one criterion, where it was not computed from them (brief 4.1.2).
USUAL_SPREAD = Decimal(1)
#: A drill without hours was refused, was not done, or nobody has said what became of it.
NO_DRILL = ("refused", "not_done", "unknown")


@dataclass(frozen=True, slots=True)
class Trial:
    """The figures of one trial; None is not measured, and never 0.

    `means` holds the mean mark of each criterion over `calls` calls, unless `observations` says
    how many of them gave occasion to mark it. Shares are in percent, handling time in seconds.
    """

    means: Mapping[str, Decimal]
    calls: int | None
    observations: Mapping[str, int] = field(default_factory=dict)
    agents: int | None = None
    fcr: Decimal | None = None
    csat: Decimal | None = None
    aht: Decimal | None = None
    #: Seconds that callers waited for an agent, on average.
    waiting: Decimal | None = None
    critical_errors: int | None = None
    #: Hours until 80 % of capacity was back in the drill.
    drill_hours: Decimal | None = None
    #: Why there are no hours: one of `NO_DRILL`, or None where that is not told apart.
    no_drill: str | None = None
    spread: Decimal = USUAL_SPREAD


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a trial, with its mean, its score from 0 to 100, and why, in sentences.

    `hard` are the first reasons, which fail it; the rest keep nobody out (brief 4.4). `interval`
    is half the width of the 95 % interval around a criterion's mean.
    """

    result: str
    mean: Decimal | None = None
    score: Decimal | None = None
    interval: Decimal | None = None
    reasons: tuple[str, ...] = ()
    #: Whether the calls were enough to use what was measured instead of what was claimed.
    enough: bool = False
    hard: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        return self.result != "not_held"


def judge_trial(
    trial: Trial | None,
    scorecard: Scorecard | None,
    profile: str,
    *,
    inhouse_csat: Decimal | None,
    rto_hours: Decimal | None,
    language: str = "en",
) -> Outcome:
    """The result for a base profile. Hard faults go before soft ones; both are told."""
    if trial is None:
        return Outcome("not_held", reasons=(say(language, "The trial has not been held."),))
    limits = scorecard.limits_of(profile) if scorecard else None
    if scorecard is None or limits is None:
        why = say(language, "This edition of the bank has no scorecard to hold a trial against.")
        return Outcome("not_held", reasons=(why,))
    judged = _Judged(trial, scorecard, limits, language)
    mean, hard = judged.mean(), tuple(judged.hard())
    soft = tuple(judged.soft(inhouse_csat, rto_hours))
    return Outcome(
        result="hard_fail" if hard else "soft" if soft else "passed",
        mean=mean,
        score=None if mean is None else score_of(mean),
        interval=interval_of(trial),
        reasons=hard + soft,
        enough=judged.enough,
        hard=hard,
    )


def counting(tried: Iterable[Trial | None], scorecard: Scorecard) -> Trial | None:
    """Which of a vendor's trials counts, the repeat before the one that was failed.

    A repeat that is too short to tell anything yet does not: else a failure would stop closing the
    gate with the first call of its repeat (brief 4.4).
    """
    held = [one for one in tried if one is not None]
    whole = (one for one in held if is_whole(one, scorecard))
    return next(whole, held[-1] if held else None)


def is_whole(trial: Trial, scorecard: Scorecard) -> bool:
    """Whether there were calls enough, and marks enough on every criterion."""
    calls = trial.calls or 0
    return calls >= scorecard.least_calls and all(
        one.id in trial.means
        and trial.observations.get(one.id, calls) >= scorecard.least_observations
        for one in scorecard.criteria
    )


def score_of(mean: Decimal) -> Decimal:
    """Marks from 1 to 5 as a score from 0 to 100."""
    return (mean - LOWEST_MARK) / (HIGHEST_MARK - LOWEST_MARK) * 100


def interval_of(trial: Trial) -> Decimal | None:
    """Half of the 95 % interval: 0.36 for 30 calls with a spread of 1 (brief 4.1.2)."""
    if not trial.calls:
        return None
    return _SIGMAS * trial.spread / Decimal(trial.calls).sqrt()


@dataclass(frozen=True, slots=True)
class _Judged:
    """One trial in front of the limits of one profile."""

    trial: Trial
    scorecard: Scorecard
    limits: TrialLimits
    language: str

    @property
    def enough(self) -> bool:
        return (self.trial.calls or 0) >= self.scorecard.least_calls

    def determined(self, criterion: str) -> Decimal | None:
        """The mean of a criterion; None with fewer observations than make one."""
        seen = self.trial.observations.get(criterion, self.trial.calls or 0)
        mean = self.trial.means.get(criterion)
        return mean if seen >= self.scorecard.least_observations else None

    def mean(self, missing: int | None = None) -> Decimal | None:
        """The weighted mean of all criteria; with `missing` that mark stands in for unknown ones.

        Weights are not spread over the rest: what nobody saw is not as good as what was seen.
        """
        total = Decimal(0)
        for one in self.scorecard.criteria:
            mark = self.determined(one.id)
            if mark is None and missing is None:
                return None
            total += one.weight * (mark if mark is not None else Decimal(missing or 0))
        return total / 100

    def hard(self) -> Iterator[str]:
        best = self.mean(missing=HIGHEST_MARK)
        if best is not None and best < self.limits.least_mean:
            yield say(
                self.language,
                "The trial's mean comes to {mean}; at least {least} is needed.",
                mean=show_number(rounded(best, 3), self.language),
                least=show_number(self.limits.least_mean, self.language),
            )
        for one in self.scorecard.criteria:
            least = self.limits.least_criterion
            if one.id in self.scorecard.strict:
                least = max(least, self.limits.least_strict)
            mark = self.determined(one.id)
            if mark is not None and mark < least:
                yield say(
                    self.language,
                    "{criterion} was marked {mark}; at least {least} is needed.",
                    criterion=quoted(one.title.text(self.language)),
                    mark=show_number(mark, self.language),
                    least=show_number(least, self.language),
                )
        errors = self.trial.critical_errors
        if errors is not None and errors > self.limits.most_critical_errors:
            yield say(self.language, "Compliance-critical errors in the trial: {n}.", n=errors)

    def soft(self, inhouse_csat: Decimal | None, rto_hours: Decimal | None) -> Iterator[str]:
        if not self.enough:
            yield say(
                self.language,
                "Too few test calls: {n} of at least {least}.",
                n=self.trial.calls or 0,
                least=self.scorecard.least_calls,
            )
        for one in self.scorecard.criteria:
            if self.determined(one.id) is None:
                yield say(
                    self.language,
                    "{criterion} was marked too seldom to tell: {least} marks are needed.",
                    criterion=quoted(one.title.text(self.language)),
                    least=self.scorecard.least_observations,
                )
        if self.trial.critical_errors is None:
            yield say(self.language, "Nobody counted the compliance-critical errors of the trial.")
        yield from self.satisfaction(inhouse_csat)
        yield from self.drill(rto_hours)

    def satisfaction(self, inhouse: Decimal | None) -> Iterator[str]:
        measured = self.trial.csat
        if measured is None or inhouse is None:
            yield say(
                self.language,
                "Customers' satisfaction in the trial cannot be compared with that in-house.",
            )
        elif measured < inhouse - self.limits.most_csat_below:
            yield say(
                self.language,
                "Customers' satisfaction in the trial was {csat} %; in-house it is {inhouse} %, "
                "and at most {n} points less are acceptable.",
                csat=show_number(measured, self.language),
                inhouse=show_number(inhouse, self.language),
                n=show_number(self.limits.most_csat_below, self.language),
            )

    def drill(self, rto_hours: Decimal | None) -> Iterator[str]:
        hours = self.trial.drill_hours
        if hours is None:
            yield self.without_drill()
        elif rto_hours is None:
            yield say(
                self.language,
                "The failover drill cannot be compared: your brief sets no time for it.",
            )
        elif hours > rto_hours:
            yield say(
                self.language,
                "The failover drill took {hours} hours; you need at most {rto}.",
                hours=show_number(hours, self.language),
                rto=show_number(rto_hours, self.language),
            )

    def without_drill(self) -> str:
        match self.trial.no_drill:
            case "refused":
                return say(self.language, "The vendor refused the failover drill.")
            case "not_done":
                return say(self.language, "The failover drill was not done.")
            case "unknown":
                return say(self.language, "It is not known what became of the failover drill.")
        return say(self.language, "The failover drill was refused or not done.")
