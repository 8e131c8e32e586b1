"""Completing a trial: what it still lacks before its result says much, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.model import Scorecard
from questionnaire.core.phrases import say
from questionnaire.core.plans import LEAST_AGENTS, LEAST_RATERS, off_for_half, shortfalls
from questionnaire.services.gathering import Gathered


def lacking(
    gathered: Gathered, brief: Mapping[str, Any], scorecard: Scorecard, language: str = "en"
) -> list[str]:
    """Everything in which the trial is below a fair one (brief 4.1), the calls first."""
    return [
        *([] if gathered.summary.stands else _of_calls(gathered, brief, scorecard, language)),
        *_of_figures(gathered, language),
    ]


def _of_calls(
    gathered: Gathered, brief: Mapping[str, Any], scorecard: Scorecard, language: str
) -> Iterator[str]:
    rated = Counter(one.call for one in gathered.finished)
    yield from shortfalls(
        [one.slot for one in gathered.scored if rated[one.code]], brief, scorecard, language
    )
    if gathered.scored:
        yield from off_for_half([one.unaltered for one in gathered.scored], language)
    few = [one for one in gathered.calls if rated[one.code] < LEAST_RATERS]
    if few:
        yield say(
            language,
            "{n} of {m} planned calls were rated by fewer than {least} people.",
            n=len(few),
            m=len(gathered.calls),
            least=LEAST_RATERS,
        )


def _of_figures(gathered: Gathered, language: str) -> Iterator[str]:
    agents = gathered.figures.whole("agents")
    if agents is None:
        yield say(
            language,
            "It is not known how many agents took the calls; at least {least} are needed.",
            least=LEAST_AGENTS,
        )
    elif agents < LEAST_AGENTS:
        yield say(
            language,
            "{n} agents took the calls; at least {least} are needed.",
            n=agents,
            least=LEAST_AGENTS,
        )
    if gathered.figures.drill is None:
        yield say(language, "It is not known what became of the failover drill.")
