"""Whether a gap can be closed before the contract starts, and by when that has to begin.

The days are those of the bank's cures; the day to begin is counted back from the contract start.
What is not known is told first. Nothing here changes a tier: a gap counts until it is judged again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from question_bank.model import Cure, Cures
from questionnaire.core.dates import show_date
from questionnaire.core.phrases import say

#: `if_met`: only if what is not known yet turns out to be met. `unsaid`: edition or brief say
#: too little to tell.
STATES = ("in_time", "if_met", "too_late", "never", "unsaid")


@dataclass(frozen=True, slots=True)
class Remedy:
    """How one gap is closed. `days` count from its beginning until the evidence is there.

    `first` is what comes before the cure, where it is not known yet whether there is a gap at all;
    `begin_by` the last day on which beginning is early enough.
    """

    state: str
    cure: Cure | None = None
    first: Cure | None = None
    days: int | None = None
    begin_by: date | None = None


def remedy_of(
    cure: Cure | None, cures: Cures | None, *, unknown: bool, start: date | None, today: date
) -> Remedy:
    """The remedy as of `today` for a contract that begins on `start`; None: not stated."""
    if cures is None or cure is None:
        return Remedy("unsaid")
    if not unknown:
        return _remedy(cure, None, start, today)
    tell = cures.cures[cures.unknown]
    whole = _remedy(cure, tell, start, today)
    if whole.state in ("in_time", "unsaid"):
        return whole
    telling = _remedy(tell, None, start, today)
    if telling.state == "too_late":
        return telling
    state = "unsaid" if telling.state == "unsaid" else "if_met"
    return Remedy(state, cure, tell, telling.days, telling.begin_by)


def _remedy(cure: Cure, first: Cure | None, start: date | None, today: date) -> Remedy:
    if not cure.curable:
        return Remedy("never", cure, first)
    days = cure.days + (first.days if first else 0)
    if start is None:
        return Remedy("unsaid", cure, first, days)
    begin_by = start - timedelta(days=days)
    state = "in_time" if today <= begin_by else "too_late"
    return Remedy(state, cure, first, days, begin_by)


def answer(remedy: Remedy, language: str = "en") -> str:
    """Whether it can be cured before the start, in a few words."""
    match remedy.state:
        case "in_time":
            return say(language, "Yes")
        case "if_met":
            return say(language, "Only if it turns out to be met")
        case "too_late":
            return say(language, "Not in time")
        case "never":
            return say(language, "No, never")
    return say(language, "Cannot be said")


def how(remedy: Remedy, language: str = "en") -> str:
    """What has to be done, or why nothing can."""
    if remedy.cure is None:
        return say(
            language,
            "The questionnaire of this RFI is from before cures were written down. Ask the vendor "
            "how it would close the gap.",
        )
    steps = [one.how.text(language) for one in (remedy.first, remedy.cure) if one]
    if len(steps) < 2:
        return steps[0]
    return say(
        language, "{first} If it is not met after all: {then}", first=steps[0], then=steps[1]
    )


def evidence(remedy: Remedy, language: str = "en") -> str:
    """What must be on the table; empty where nothing can be."""
    shown = remedy.first if remedy.state == "if_met" else remedy.cure
    if shown is None or shown.evidence is None:
        return ""
    return shown.evidence.text(language)


def by_when(remedy: Remedy, start: date | None, language: str = "en") -> str:
    """The last day to begin, as it was counted; empty where there is nothing to begin."""
    if remedy.state == "never" or remedy.days is None:
        return ""
    if remedy.begin_by is None or start is None:
        return say(
            language, "takes about {n} days; your brief states no contract start", n=remedy.days
        )
    figures = {
        "day": show_date(remedy.begin_by, language),
        "n": remedy.days,
        "start": show_date(start, language),
    }
    if remedy.state == "too_late":
        return say(
            language,
            "had to begin by {day}: it takes about {n} days, and the contract starts on {start}",
            **figures,
        )
    return say(language, "begins by {day}: it takes about {n} days", **figures)


def payer(remedy: Remedy, language: str = "en") -> str:
    """Who bears the cost; empty where there is nothing to pay for."""
    shown = remedy.first if remedy.state == "if_met" else remedy.cure
    if remedy.state == "never" or shown is None:
        return ""
    match shown.pays:
        case "vendor":
            return say(language, "the vendor")
        case "buyer":
            return say(language, "you")
        case "shared":
            return say(language, "each its own part")
    return say(language, "costs nothing but work")
